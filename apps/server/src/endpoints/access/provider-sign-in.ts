import { startProviderSignIn as declaration } from '@guankou/contract/access/sign-in.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { visitProvider } from '#src/use-cases/access/sign-in-at-provider.ts'
import { signInPage } from '#src/use-cases/access/sign-in-page.ts'

export const accessProviderSignIn = implement(declaration, async ({ context }) => {
  const visit = await visitProvider(context)
  if (!visit.ok) return { ...visit, redirectTo: signInPage(visit.refusal.code) }
  return { ...done({}), redirectTo: visit.value.url, cookies: visit.value.cookies }
})
