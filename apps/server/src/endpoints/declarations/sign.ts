import { signDeclaration } from '@guankou/contract/declarations/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { signDeclaration as sign } from '#src/use-cases/declarations/sign-declaration.ts'

export const declarationsSign = implement(signDeclaration, ({ context, body }) => sign(context, body))
