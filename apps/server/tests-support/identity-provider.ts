import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export type IdentityProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Signs somebody in as a browser sent to `url` would. @returns the address that it is sent back to */
  readonly signIn: (url: string, who: { readonly subject: string; readonly login: string }) => Promise<URL>
  readonly close: () => Promise<void>
}

const clientId = 'guankou'
const clientSecret = 'a-secret-of-the-city-for-tests-only'

/** A real identity provider on a port of its own, whose sign-in page takes whoever is named. */
export const startIdentityProvider = async (redirectUri: string): Promise<IdentityProvider> => {
  const http = createServer()
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
  const issuer = `http://localhost:${(http.address() as AddressInfo).port}`
  let next = { subject: '', login: '' }
  const logins = new Map<string, string>()
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    cookies: { keys: ['for tests only'] },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: id, preferred_username: logins.get(id) ?? '' }),
    }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  })
  const callback = provider.callback()
  http.on('request', async (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return callback(request, response)
    const details = await provider.interactionDetails(request, response)
    const grant = new provider.Grant({ accountId: next.subject, clientId })
    grant.addOIDCScope('openid profile')
    const grantId = await grant.save()
    logins.set(next.subject, next.login)
    const result =
      details.prompt.name === 'login'
        ? { login: { accountId: next.subject }, consent: { grantId } }
        : { consent: { grantId } }
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true })
  })
  const signIn: IdentityProvider['signIn'] = async (url, who) => {
    next = { ...who }
    const cookies = new Map<string, string>()
    let at = new URL(url)
    for (let hops = 0; hops < 10; hops += 1) {
      if (at.origin !== issuer) return at
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
      for (const set of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
        cookies.set(name, value)
      }
      const location = answer.headers.get('location')
      if (location === null) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`)
      at = new URL(location, at)
    }
    throw new Error('the provider sent the browser round in circles')
  }
  return {
    issuer,
    clientId,
    clientSecret,
    signIn,
    close: () =>
      new Promise((closed) => {
        http.closeAllConnections()
        http.close(() => closed())
      }),
  }
}
