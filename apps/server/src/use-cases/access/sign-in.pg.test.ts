import { readSession, signIn } from '@guankou/contract/access/session.ts'
import { findAccountByLogin } from '@guankou/db/queries/access/accounts.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../../tests-support/test-server.ts'
import { issueSignInLink } from './sign-in.ts'
import { tokenDigest } from './tokens.ts'

const day = 24 * 3_600_000

describe.each(inject('databaseServers'))('a sign-in link on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let address = 0
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  beforeEach(() => {
    server.clock.now = testNowMs
  })

  const link = async (login = 'inspector-xiangzhou-01'): Promise<string> => {
    const account = await findAccountByLogin(server.db.query, login)
    if (account === undefined) throw new Error(`no account ${login}`)
    return (await issueSignInLink(server.db, account, server.clock.now)).token
  }
  /** Each try comes from another address, so that the limit on tries does not matter. */
  const spend = (token: string, device?: object, headers: Record<string, string> = {}) => {
    address += 1
    const from = { 'x-forwarded-for': `10.1.${address >> 8}.${address & 255}`, 'x-guankou-client': 'field' }
    return server.send({
      path: signIn.path,
      body: { token, ...(device && { device }) },
      headers: { ...from, ...headers },
    })
  }
  const cookieOf = (headers: Headers): string => headers.getSetCookie().join('; ')

  it('opens one session however many spend it at the same moment', async () => {
    const token = await link()
    const answers = await Promise.all(Array.from({ length: 10 }, () => spend(token)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(9).fill(401)])
    const refused = answers.filter(({ status }) => status === 401)
    expect(new Set(refused.map(({ json }) => (json as { code: string }).code))).toEqual(
      new Set(['SIGN_IN_LINK_SPENT']),
    )
    expect(refused.flatMap(({ headers }) => headers.getSetCookie())).toEqual([])
    expect((await spend(token)).status).toBe(401)
  })

  it('gives the session in a cookie of the front alone, which scripts and other sites cannot use', async () => {
    const answer = await spend(await link())
    const cookie = cookieOf(answer.headers)
    expect(cookie).toMatch(/^guankou_field=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/)
    const secure = cookieOf((await spend(await link(), undefined, { 'x-forwarded-proto': 'https' })).headers)
    expect(secure).toMatch(/; Secure/)
    const value = cookie.split(';')[0] ?? ''
    const session = await server.send({
      path: readSession.path,
      headers: { cookie: value, 'x-guankou-client': 'field' },
    })
    expect(session.json).toEqual(answer.json)
    const other = await server.send({
      path: readSession.path,
      headers: { cookie: value, 'x-guankou-client': 'console' },
    })
    expect(other.json).toMatchObject({ code: 'NOT_SIGNED_IN' })
  })

  it('lives for a day and not a millisecond longer', async () => {
    const [late, just] = [await link(), await link()]
    server.clock.now = testNowMs + day - 1
    expect((await spend(just)).status).toBe(200)
    server.clock.now = testNowMs + day
    expect((await spend(late)).json).toMatchObject({ code: 'SIGN_IN_LINK_SPENT' })
  })

  it('stays unspent where the device is revoked', async () => {
    const device = { id: crypto.randomUUID(), label: '卡口 3 号机' }
    expect((await spend(await link(), device)).json).toMatchObject({ deviceId: device.id })
    await server.db.pool.query('update devices set revoked_at = now() where id = $1', [device.id])
    const token = await link()
    const refused = await spend(token, device)
    expect(refused.status).toBe(403)
    expect(refused.json).toMatchObject({ code: 'DEVICE_REVOKED' })
    expect((await spend(token)).status).toBe(200)
  })

  it('opens nothing for a disabled account, nor for a token that was never made', async () => {
    const token = await link('post-lead-doumen')
    await server.db.pool.query("update accounts set disabled_at = now() where login = 'post-lead-doumen'")
    expect((await spend(token)).json).toMatchObject({ code: 'SIGN_IN_LINK_SPENT' })
    expect((await spend('A'.repeat(43))).json).toMatchObject({ code: 'SIGN_IN_LINK_SPENT' })
  })

  it('is kept as a digest only, as sessions are', async () => {
    const token = await link()
    const answer = await spend(token)
    const session = /guankou_field=([\w-]+)/.exec(cookieOf(answer.headers))?.[1] ?? ''
    const { rows } = await server.db.pool.query(
      'select token_digest from sign_in_links union all select token_digest from sessions',
    )
    const digests = rows.map(({ token_digest }: { token_digest: Buffer }) => token_digest.toString('hex'))
    for (const secret of [token, session]) {
      expect(digests).toContain(tokenDigest(secret).toString('hex'))
      expect(digests.join()).not.toContain(Buffer.from(secret).toString('hex'))
      expect(server.logged.join('')).not.toContain(secret)
    }
  })

  it('keeps a phone signed in for a week, a desk for half a day', async () => {
    const phone = await spend(await link(), { id: crypto.randomUUID(), label: 'Phone' })
    const desk = await spend(await link())
    const lasts = ({ json }: { json: unknown }) =>
      Date.parse((json as { expiresAt: string }).expiresAt) - testNowMs
    expect([lasts(phone), lasts(desk)]).toEqual([7 * day, day / 2])
  })

  it.each(['\u0000', 'a\u0007b', '', 'x'.repeat(81)])('refuses a device called %j', async (label) => {
    const token = await link()
    const answer = await spend(token, { id: crypto.randomUUID(), label })
    expect(answer.json).toMatchObject({ code: 'INVALID_INPUT', path: '/device/label' })
    expect((await spend(token)).status).toBe(200)
  })

  it('cannot be guessed at: an address that tries too often is told to wait', async () => {
    const from = { 'x-forwarded-for': '10.9.9.9' }
    const codes: number[] = []
    for (let times = 0; times < 31; times += 1)
      codes.push((await spend('A'.repeat(43), undefined, from)).status)
    expect(codes.filter((code) => code === 401)).toHaveLength(30)
    const refused = await spend('A'.repeat(43), undefined, from)
    expect(refused.json).toMatchObject({ code: 'TOO_MANY_REQUESTS', retry: 'later' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('leaves its making, its use and its refusal in the audit', async () => {
    await server.context.access.denials.flush()
    const { rows } = await server.db.pool.query<{ what: string }>(
      "select distinct action || ' ' || outcome as what from audit_entries where action like 'access.%'",
    )
    expect(rows.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'access.issue-link done',
        'access.sign-in done',
        'access.sign-in SIGN_IN_LINK_SPENT',
        'access.sign-in DEVICE_REVOKED',
      ]),
    )
  })
})
