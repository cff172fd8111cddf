import { changeAccount as declaration } from '@guankou/contract/access/accounts.ts'
import { implement } from '#src/endpoint.ts'
import { changeAccount } from '#src/use-cases/access/write-account.ts'

export const accessChangeAccount = implement(declaration, ({ context, actor, body }) =>
  changeAccount(context, actor, body),
)
