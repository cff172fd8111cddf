import { disableAccount as declaration } from '@guankou/contract/access/accounts.ts'
import { implement } from '#src/endpoint.ts'
import { disableAccount } from '#src/use-cases/access/manage-account.ts'

export const accessDisableAccount = implement(declaration, ({ context, actor, body }) =>
  disableAccount(context, actor, body.accountId),
)
