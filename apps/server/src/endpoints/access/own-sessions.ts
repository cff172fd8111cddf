import { listOwnSessions as declaration } from '@guankou/contract/access/own-account.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { listOwnSessions } from '#src/use-cases/access/own-account.ts'

export const accessOwnSessions = implement(declaration, async ({ context, actor }) =>
  done({ sessions: await listOwnSessions(context, actor) }),
)
