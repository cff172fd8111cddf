import { endAccountSessions as declaration } from '@guankou/contract/access/accounts.ts'
import { implement } from '#src/endpoint.ts'
import { endAccountSessions } from '#src/use-cases/access/manage-account.ts'

export const accessEndAccountSessions = implement(declaration, ({ context, actor, body }) =>
  endAccountSessions(context, actor, { accountId: body.accountId, sessionId: body.sessionId }),
)
