import { signInWithPasskey as declaration } from '@guankou/contract/access/passkeys.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { signInWithPasskey } from '#src/use-cases/access/sign-in-with-passkey.ts'

export const accessPasskeySignIn = implement(declaration, async ({ context, body, client }) => {
  const result = await signInWithPasskey(context, body.assertion, client)
  if (!result.ok) return result
  const { token, expiresAtMs, view } = result.value
  return { ...done(view), session: { token, expiresAtMs } }
})
