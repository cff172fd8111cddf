import { signOut as declaration } from '@guankou/contract/access/session.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { signOut } from '#src/use-cases/access/sign-in.ts'

export const accessSignOut = implement(declaration, async ({ context, actor }) => {
  await signOut(context, actor)
  return { ...done({ signedOut: true as const }), session: 'ended' }
})
