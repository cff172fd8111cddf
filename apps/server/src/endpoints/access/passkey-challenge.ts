import { startPasskeySignIn as declaration } from '@guankou/contract/access/passkeys.ts'
import { implement } from '#src/endpoint.ts'
import { startPasskeySignIn } from '#src/use-cases/access/passkeys.ts'

export const accessPasskeyChallenge = implement(declaration, ({ context, client }) =>
  startPasskeySignIn(context, client),
)
