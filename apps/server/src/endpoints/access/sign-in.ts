import { signIn } from '@guankou/contract/access/session.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { signInWithLink } from '#src/use-cases/access/sign-in.ts'

export const accessSignIn = implement(signIn, async ({ context, body, client }) => {
  const result = await signInWithLink(context, body.token, body.device, client)
  if (!result.ok) return result
  const { token, expiresAtMs, view } = result.value
  return { ...done(view), session: { token, expiresAtMs } }
})
