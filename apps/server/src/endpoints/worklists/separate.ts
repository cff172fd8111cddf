import { separateRows as declared } from '@guankou/contract/worklists/follow-up.ts'
import { implement } from '#src/endpoint.ts'
import { separate } from '#src/use-cases/worklists/undo-list.ts'

export const worklistsSeparate = implement(declared, ({ context, actor, body }) =>
  separate(context, actor, body),
)
