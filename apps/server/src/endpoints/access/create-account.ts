import { createAccount as declaration } from '@guankou/contract/access/accounts.ts'
import { implement } from '#src/endpoint.ts'
import { createAccount } from '#src/use-cases/access/write-account.ts'

export const accessCreateAccount = implement(declaration, ({ context, actor, body }) =>
  createAccount(context, actor, body),
)
