import { enableAccount as declaration } from '@guankou/contract/access/accounts.ts'
import { implement } from '#src/endpoint.ts'
import { enableAccount } from '#src/use-cases/access/manage-account.ts'

export const accessEnableAccount = implement(declaration, ({ context, actor, body }) =>
  enableAccount(context, actor, body.accountId),
)
