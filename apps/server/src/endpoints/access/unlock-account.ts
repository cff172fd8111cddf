import { unlockAccount as declaration } from '@guankou/contract/access/accounts.ts'
import { implement } from '#src/endpoint.ts'
import { unlockAccount } from '#src/use-cases/access/manage-account.ts'

export const accessUnlockAccount = implement(declaration, ({ context, actor, body }) =>
  unlockAccount(context, actor, body.accountId),
)
