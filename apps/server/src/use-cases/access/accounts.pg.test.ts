import type { AccountView } from '@guankou/contract/access/accounts.ts'
import type { ApiKeyView } from '@guankou/contract/access/api-keys.ts'
import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { makePerson, openBrowser } from '../../../tests-support/people.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'

const day = 86_400_000
const codeOf = ({ json }: { json: unknown }): unknown => (json as { code?: unknown }).code
const names = { zh: '新来的', en: 'New one' }

describe.each(inject('databaseServers').slice(0, 1))('accounts', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let city: TestSession
  let district: TestSession
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    city = await server.signIn('administrator', 440400)
    district = await server.signIn('administrator', 440402)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  beforeEach(() => {
    server.clock.now = testNowMs
  })
  const post = (who: TestSession, { path }: EndpointDeclaration, body: object) => who.send({ path, body })
  const list = async (who: TestSession, query = '') => {
    const answer = await who.send({ path: `${endpoints.listAccounts.path}${query}` })
    return answer.json as { accounts: AccountView[]; more: boolean }
  }
  let made = 0
  const create = (who: TestSession, more: object = {}) => {
    made += 1
    return post(who, endpoints.createAccount, {
      login: `new-${made}`,
      name: names,
      role: 'post-lead',
      area: 440402,
      ...more,
    })
  }
  const idOf = ({ json }: { json: unknown }): string => (json as { accountId: string }).accountId

  it('are made with a link, which opens a session of that account', async () => {
    const answer = await create(district)
    const { link } = answer.json as { link: { token: string; front: string } }
    expect(link.front).toBe('console')
    const session = await server.send({ path: endpoints.signIn.path, body: { token: link.token } })
    expect(session.json).toMatchObject({ role: 'post-lead', areaCode: 440402, name: names })
    const [listed] = (await list(district, `?text=new-${made}`)).accounts
    expect(listed).toMatchObject({ openSessions: 1, hasPassword: false, disabledAt: null })
  })

  it('are made once for a login, in the own area alone, with a role that an account can have', async () => {
    expect(codeOf(await create(district, { login: 'commander' }))).toBe('LOGIN_TAKEN')
    expect(codeOf(await create(district, { area: 440403 }))).toBe('OUTSIDE_AREA')
    expect(codeOf(await create(district, { area: 440400 }))).toBe('OUTSIDE_AREA')
    for (const role of ['applicant', 'device', 'root'])
      expect(codeOf(await create(city, { role }))).toBe('INVALID_INPUT')
    for (const login of ['Upper', 'a b', '-x', 'x'.repeat(65), '名字'])
      expect(codeOf(await create(city, { login }))).toBe('INVALID_INPUT')
  })

  it('are seen and touched in the own area alone', async () => {
    const { accounts } = await list(district)
    expect(new Set(accounts.map(({ areaCode }) => areaCode))).toEqual(new Set([440402]))
    expect((await list(city)).accounts.length).toBeGreaterThan(accounts.length)
    const { id } = await makePerson(server, 'post-lead', 440403)
    const target = { accountId: id }
    for (const endpoint of [
      endpoints.changeAccount,
      endpoints.disableAccount,
      endpoints.enableAccount,
      endpoints.issueLink,
      endpoints.unlockAccount,
      endpoints.resetFactors,
      endpoints.endAccountSessions,
    ])
      expect([endpoint.id, codeOf(await post(district, endpoint, target))]).toEqual([
        endpoint.id,
        'NO_SUCH_ACCOUNT',
      ])
    const sessions = `${endpoints.listAccountSessions.path}?account=${id}`
    expect(codeOf(await district.send({ path: sessions }))).toBe('NO_SUCH_ACCOUNT')
    expect((await city.send({ path: sessions })).status).toBe(200)
  })

  it('are listed by login, a page at a time, filtered by text, role and state', async () => {
    const { id, login } = await makePerson(server, 'enterprise-liaison', 440402)
    await post(city, endpoints.disableAccount, { accountId: id })
    const one = (query: string) =>
      list(city, query).then(({ accounts }) => accounts.map((account) => account.login))
    expect(await one('?role=enterprise-liaison')).toEqual([login])
    expect(await one('?role=enterprise-liaison&state=active')).toEqual([])
    expect(await one('?state=disabled')).toEqual([login])
    expect(await one(`?text=${encodeURIComponent('%')}`)).toEqual([])
    expect(await one(`?text=${encodeURIComponent('香洲查验员 01')}`)).toEqual(['inspector-xiangzhou-01'])
    const all = await one('')
    expect(all).toEqual(all.toSorted((a, b) => (a < b ? -1 : 1)))
    expect(await one(`?after=${all[3]}`)).toEqual(all.slice(4))
  })

  it('lose what they could do at once: sessions end with a change of role, a move and a disabling', async () => {
    for (const change of [
      { endpoint: endpoints.changeAccount, body: { role: 'inspector' } },
      { endpoint: endpoints.changeAccount, body: { area: 440403 } },
      { endpoint: endpoints.disableAccount, body: {} },
      { endpoint: endpoints.endAccountSessions, body: {} },
      { endpoint: endpoints.resetFactors, body: {} },
    ]) {
      const { id, login } = await makePerson(server, 'post-lead', 440402)
      const desk = openBrowser(server)
      await desk.signIn(login)
      expect((await desk.send({ path: endpoints.readSession.path })).status).toBe(200)
      const answer = await post(city, change.endpoint, { accountId: id, ...change.body })
      expect(answer.json).toEqual({ ended: 1 })
      expect(codeOf(await desk.send({ path: endpoints.readSession.path }))).toBe('NOT_SIGNED_IN')
    }
  })

  it('keep their sessions where only a name or a crew changes', async () => {
    const { id, login } = await makePerson(server, 'post-lead', 440402)
    const desk = openBrowser(server)
    await desk.signIn(login)
    await post(city, endpoints.changeAccount, { accountId: id, name: names, crew: names })
    expect((await desk.send({ path: endpoints.readSession.path })).json).toMatchObject({
      name: names,
      crew: names,
    })
  })

  it('give nobody powers over the own one', async () => {
    const own = { accountId: district.actor.accountId }
    for (const [endpoint, more] of [
      [endpoints.changeAccount, { role: 'auditor' }],
      [endpoints.changeAccount, { area: 440402 }],
      [endpoints.disableAccount, {}],
      [endpoints.enableAccount, {}],
      [endpoints.issueLink, {}],
      [endpoints.resetFactors, {}],
    ] as const)
      expect(codeOf(await post(district, endpoint, { ...own, ...more }))).toBe('NOT_ONESELF')
  })

  it('whose factors are reset get in by a link alone', async () => {
    const { id, login } = await makePerson(server, 'post-lead', 440402)
    await post(city, endpoints.resetFactors, { accountId: id })
    expect(codeOf(await openBrowser(server).signIn(login))).toBe('SIGN_IN_FAILED')
    const { token } = (await post(city, endpoints.issueLink, { accountId: id })).json as { token: string }
    expect((await server.send({ path: endpoints.signIn.path, body: { token } })).status).toBe(200)
  })

  it('are audited under whoever managed them', async () => {
    const target = idOf(await create(city))
    await post(city, endpoints.changeAccount, { accountId: target, role: 'inspector' })
    const { rows } = await server.db.pool.query<{ action: string; detail: string; account_id: string }>(
      'select action, detail, account_id from audit_entries where subject = $1',
      [target],
    )
    expect(rows.map(({ action, detail }) => `${action}: ${detail}`).toSorted()).toEqual([
      'access.change-account: post-lead, 440402 to inspector, 440402',
      'access.create-account: post-lead, 440402',
      'access.issue-link: null',
    ])
    expect(new Set(rows.map((row) => row.account_id))).toEqual(new Set([city.actor.accountId]))
  })

  describe('of services', () => {
    let serviceId: string
    beforeAll(async () => {
      serviceId = idOf(await create(city, { role: 'service-account', area: 440402 }))
    })
    const wish = (more: object = {}) => ({
      accountId: serviceId,
      label: 'counting bridge',
      scopes: ['sync.pack'],
      validDays: 30,
      ...more,
    })
    const newKey = async (more: object = {}) =>
      (await post(city, endpoints.createApiKey, wish(more))).json as { id: string; key: string }
    const call = (key: string, { path }: EndpointDeclaration, query = '') =>
      server.send({ path: path + query, token: key })
    const listed = async (): Promise<ApiKeyView[]> => {
      const answer = await city.send({ path: `${endpoints.listApiKeys.path}?account=${serviceId}` })
      return (answer.json as { keys: ApiKeyView[] }).keys
    }

    it('are called with keys, which open what they name and nothing else', async () => {
      const { key } = await newKey()
      expect((await call(key, endpoints.fetchPack)).status).toBe(200)
      for (const endpoint of [endpoints.readSession, endpoints.recordScreening, endpoints.signOut]) {
        const { method, path } = endpoint
        const answer = await server.send({ method, path, token: key, ...(method === 'POST' && { body: {} }) })
        expect([endpoint.id, codeOf(answer)]).toEqual([endpoint.id, 'SCOPE_NOT_ALLOWED'])
      }
      expect(codeOf(await call(key, endpoints.readOwnAccount))).toBe('ROLE_NOT_ALLOWED')
      expect(codeOf(await call(`${key.slice(0, -1)}A`, endpoints.fetchPack))).toBe('NOT_SIGNED_IN')
    })

    it('are given only what is open to services', async () => {
      for (const scope of ['access.create-account', 'situation.nothing', 'access.session'])
        expect((await post(city, endpoints.createApiKey, wish({ scopes: [scope] }))).json).toMatchObject({
          code: 'SCOPE_NOT_ALLOWED',
          path: '/scopes/0',
        })
      const { id } = await makePerson(server, 'post-lead', 440402)
      expect(codeOf(await post(city, endpoints.createApiKey, wish({ accountId: id })))).toBe(
        'NOT_A_SERVICE_ACCOUNT',
      )
    })

    it('are refused when a key is over, revoked, or its account disabled', async () => {
      const [short, revoked, kept] = [await newKey({ validDays: 1 }), await newKey(), await newKey()]
      for (const { key } of [short, revoked, kept])
        expect((await call(key, endpoints.fetchPack)).status).toBe(200)
      await post(city, endpoints.revokeApiKey, { accountId: serviceId, keyId: revoked.id })
      expect(codeOf(await call(revoked.key, endpoints.fetchPack))).toBe('NOT_SIGNED_IN')
      server.clock.now += day
      expect(codeOf(await call(short.key, endpoints.fetchPack))).toBe('NOT_SIGNED_IN')
      server.clock.now = testNowMs
      await post(city, endpoints.disableAccount, { accountId: serviceId })
      expect(codeOf(await call(kept.key, endpoints.fetchPack))).toBe('NOT_SIGNED_IN')
      await post(city, endpoints.enableAccount, { accountId: serviceId })
      expect((await call(kept.key, endpoints.fetchPack)).status).toBe(200)
    })

    it('keep of a key its digest and its last use, and show it once', async () => {
      const { id, key } = await newKey()
      await call(key, endpoints.fetchPack)
      expect(key).toMatch(/^gk_[\w-]{43}$/)
      const view = (await listed()).find((each) => each.id === id)
      expect(view).toMatchObject({ scopes: ['sync.pack'], lastUsedAt: new Date(testNowMs).toISOString() })
      const { rows } = await server.db.pool.query('select t::text as row from api_keys t')
      expect(JSON.stringify(rows) + JSON.stringify(await listed()) + server.logged.join('')).not.toContain(
        key,
      )
    })

    it('cannot be reached by a key of the next district’s administrator', async () => {
      const other = await server.signIn('administrator', 440403)
      expect(codeOf(await post(other, endpoints.createApiKey, wish()))).toBe('NO_SUCH_ACCOUNT')
    })
  })
})
