import { finishProviderSignIn as declaration } from '@guankou/contract/access/sign-in.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { returnFromProvider } from '#src/use-cases/access/sign-in-at-provider.ts'
import { signInPage } from '#src/use-cases/access/sign-in-page.ts'

export const accessProviderReturn = implement(declaration, async ({ context, query, headers, client }) => {
  const result = await returnFromProvider(context, query, headers.cookie, client)
  if (!result.ok) return { ...result, redirectTo: signInPage(result.refusal.code) }
  const { token, expiresAtMs } = result.value
  return { ...done({}), session: { token, expiresAtMs }, redirectTo: signInPage() }
})
