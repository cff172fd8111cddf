import { endOwnSessions as declaration } from '@guankou/contract/access/own-account.ts'
import { implement } from '#src/endpoint.ts'
import { endOwnSessions } from '#src/use-cases/access/own-account.ts'

export const accessEndOwnSessions = implement(declaration, ({ context, actor, body }) =>
  endOwnSessions(context, actor, body.sessionId),
)
