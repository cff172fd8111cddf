import { endpoints } from '@guankou/contract/endpoints.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type IdentityProvider, startIdentityProvider } from '../../../tests-support/identity-provider.ts'
import { type Browser, openBrowser } from '../../../tests-support/people.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'
import { resetFactors } from './manage-account.ts'

const origin = 'https://guankou.example'
const codeOf = ({ json }: { json: unknown }): unknown => (json as { code?: unknown }).code

describe.each(inject('databaseServers').slice(0, 1))("the city's identity provider", ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let provider: IdentityProvider
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    provider = await startIdentityProvider(`${origin}${endpoints.finishProviderSignIn.path}`)
    server = await startTestServer({
      databaseUrl: database.url,
      signInSettings: {
        publicOrigin: origin,
        secondFactorRoles: ['administrator'],
        identityProvider: {
          name: { zh: '市统一认证', en: 'City sign-in' },
          issuer: provider.issuer,
          clientId: provider.clientId,
          clientSecret: provider.clientSecret,
          secondFactor: 'here',
        },
      },
    })
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
    await database.drop()
  })
  let addresses = 0
  const browser = (): Browser => {
    addresses += 1
    return openBrowser(server, `10.50.0.${addresses}`)
  }

  /** Goes to the provider as a browser does and comes back. @returns where it was sent on to */
  const visit = async (desk: Browser, subject: string, login: string, change = (url: URL) => url) => {
    const away = await desk.send({ path: endpoints.startProviderSignIn.path })
    expect(away.status).toBe(302)
    const back = change(await provider.signIn(away.headers.get('location') ?? '', { subject, login }))
    const answer = await desk.send({ path: back.pathname + back.search })
    return { status: answer.status, to: answer.headers.get('location'), headers: answer.headers }
  }

  it('is offered on the sign-in page', async () => {
    const { json } = await browser().send({ path: endpoints.readSignInWays.path })
    expect(json).toEqual({
      passkeys: true,
      identityProvider: { label: { zh: '市统一认证', en: 'City sign-in' } },
    })
  })

  it('signs in whoever it confirms, and keeps none of its tokens', async () => {
    const desk = browser()
    expect(await visit(desk, 'sub-1', 'commander')).toMatchObject({ status: 302, to: '/console/' })
    const session = await desk.send({ path: endpoints.readSession.path })
    expect(session.json).toMatchObject({ role: 'commander' })
    const { rows } = await server.db.pool.query('select * from auth_credentials')
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      provider_id: 'identity-provider',
      subject: 'sub-1',
      access_token: null,
      refresh_token: null,
      id_token: null,
    })
  })

  it('ties a subject to an account for good: neither another subject with its login nor another login moves it', async () => {
    const stranger = browser()
    const refused = await visit(stranger, 'sub-2', 'commander')
    expect(refused.to).toBe('/console/sign-in#failed=IDENTITY_PROVIDER_FAILED')
    expect(codeOf(await stranger.send({ path: endpoints.readSession.path }))).toBe('NOT_SIGNED_IN')
    const renamed = browser()
    await visit(renamed, 'sub-1', 'auditor')
    expect((await renamed.send({ path: endpoints.readSession.path })).json).toMatchObject({
      role: 'commander',
    })
  })

  it('ties the account anew after its factors were reset', async () => {
    const { rows } = await server.db.pool.query<{ id: string }>(
      "select id from accounts where login = 'commander'",
    )
    const administrator = await server.signIn('administrator', 440400)
    const accountId = rows[0]?.id
    const path = endpoints.resetFactors.path
    const refused = await administrator.send({ path, body: { accountId } })
    expect(codeOf(refused)).toBe('SECOND_FACTOR_NOT_SET_UP')
    await resetFactors(server.context, administrator.actor, String(accountId))
    const successor = browser()
    await visit(successor, 'sub-2', 'commander')
    expect((await successor.send({ path: endpoints.readSession.path })).json).toMatchObject({
      role: 'commander',
    })
  })

  it('makes no accounts: whoever has none stays outside', async () => {
    expect((await visit(browser(), 'sub-3', 'nobody-here')).to).toContain('#failed=IDENTITY_PROVIDER_FAILED')
    expect((await visit(browser(), 'sub-4', 'demo-traffic')).to).toContain('#failed=')
    const { rows } = await server.db.pool.query("select 1 from accounts where login = 'nobody-here'")
    expect(rows).toEqual([])
  })

  it('lets no disabled account in', async () => {
    await server.db.pool.query("update accounts set disabled_at = now() where login = 'duty-planner'")
    expect((await visit(browser(), 'sub-5', 'duty-planner')).to).toBe(
      '/console/sign-in#failed=SIGN_IN_FAILED',
    )
  })

  it('does not stand for the second factor that a role needs', async () => {
    const desk = browser()
    await visit(desk, 'sub-6', 'administrator')
    expect((await desk.send({ path: endpoints.readSession.path })).json).toMatchObject({
      lacks: 'second-factor-set-up',
    })
  })

  it('brings back only the browser that went: a code in another one, another state, or twice is refused', async () => {
    const failed = '/console/sign-in#failed=IDENTITY_PROVIDER_FAILED'
    const other = browser()
    const away = await browser().send({ path: endpoints.startProviderSignIn.path })
    const back = await provider.signIn(away.headers.get('location') ?? '', {
      subject: 'sub-2',
      login: 'commander',
    })
    const stolen = await other.send({ path: back.pathname + back.search })
    expect(stolen.headers.get('location')).toBe(failed)
    const desk = browser()
    const swapped = await visit(desk, 'sub-2', 'commander', (url) => {
      url.searchParams.set('state', 'A'.repeat(32))
      return url
    })
    expect(swapped.to).toBe(failed)
    let again = ''
    const once = browser()
    await visit(once, 'sub-2', 'commander', (url) => {
      again = url.pathname + url.search
      return url
    })
    expect((await once.send({ path: again })).headers.get('location')).toBe(failed)
    expect(
      (await browser().send({ path: endpoints.finishProviderSignIn.path })).headers.get('location'),
    ).toBe(failed)
  })

  it('is audited, refusals with their reason', async () => {
    await server.context.access.denials.flush()
    const { rows } = await server.db.pool.query<{ outcome: string }>(
      "select distinct outcome from audit_entries where action = 'access.provider-return'",
    )
    expect(rows.map(({ outcome }) => outcome).toSorted()).toEqual([
      'IDENTITY_PROVIDER_FAILED',
      'SIGN_IN_FAILED',
      'done',
    ])
  })

  it('that is out of reach is said to be, and other ways stay open', async () => {
    await provider.close()
    const fresh = await startTestServer({
      databaseUrl: database.url,
      signInSettings: {
        publicOrigin: origin,
        identityProvider: {
          name: { zh: '市统一认证', en: 'City sign-in' },
          issuer: provider.issuer,
          clientId: 'x',
          clientSecret: 'y',
        },
      },
    })
    try {
      const answer = await fresh.send({ path: endpoints.startProviderSignIn.path })
      expect(answer.headers.get('location')).toBe('/console/sign-in#failed=IDENTITY_PROVIDER_FAILED')
    } finally {
      await fresh.close()
    }
  })
})
