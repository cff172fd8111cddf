import { setPassword as declaration } from '@guankou/contract/access/own-account.ts'
import { implement } from '#src/endpoint.ts'
import { setPassword } from '#src/use-cases/access/set-password.ts'

export const accessSetPassword = implement(declaration, ({ context, actor, body }) =>
  setPassword(context, actor, body.password),
)
