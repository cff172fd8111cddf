import { readSignInWays as declaration } from '@guankou/contract/access/sign-in.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { passkeySite } from '#src/sign-in/passkeys.ts'

export const accessSignInWays = implement(declaration, async ({ context: { access }, client }) => {
  const { identityProvider } = access.settings
  return done({
    passkeys: passkeySite(access.settings, client) !== undefined,
    identityProvider: identityProvider === undefined ? null : { label: identityProvider.name },
  })
})
