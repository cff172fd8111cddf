import { resetFactors as declaration } from '@guankou/contract/access/accounts.ts'
import { implement } from '#src/endpoint.ts'
import { resetFactors } from '#src/use-cases/access/manage-account.ts'

export const accessResetFactors = implement(declaration, ({ context, actor, body }) =>
  resetFactors(context, actor, body.accountId),
)
