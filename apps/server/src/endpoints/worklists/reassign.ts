import { reassignCalls as declared } from '@guankou/contract/worklists/follow-up.ts'
import { implement } from '#src/endpoint.ts'
import { reassign } from '#src/use-cases/worklists/read-board.ts'

export const worklistsReassign = implement(declared, ({ context, actor, body }) =>
  reassign(context, actor, body),
)
