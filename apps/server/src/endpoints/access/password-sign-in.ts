import { signInWithPassword as declaration } from '@guankou/contract/access/sign-in.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { signInWithPassword } from '#src/use-cases/access/sign-in-with-password.ts'

export const accessPasswordSignIn = implement(declaration, async ({ context, body, client }) => {
  const result = await signInWithPassword(context, body, client)
  if (!result.ok) return result
  const { token, expiresAtMs, view } = result.value
  return { ...done(view), session: { token, expiresAtMs } }
})
