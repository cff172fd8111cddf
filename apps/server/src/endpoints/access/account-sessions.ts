import { listAccountSessions as declaration } from '@guankou/contract/access/accounts.ts'
import { implement } from '#src/endpoint.ts'
import { listAccountSessions } from '#src/use-cases/access/manage-account.ts'

export const accessAccountSessions = implement(declaration, ({ context, actor, query }) =>
  listAccountSessions(context, actor, query.account),
)
