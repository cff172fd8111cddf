import { listOwnSessions, setPassword } from '@guankou/contract/access/own-account.ts'
import { readSession, signOut } from '@guankou/contract/access/session.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Browser, makePerson, openBrowser, usualPassword } from '../../../tests-support/people.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../../tests-support/test-server.ts'

const minute = 60_000
const codeOf = ({ json }: { json: unknown }): unknown => (json as { code?: unknown }).code

describe.each(inject('databaseServers'))('signing in with a password on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let addresses = 0
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({
      databaseUrl: database.url,
      signInSettings: { recentFactor: true, secondFactorRoles: [] },
    })
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  beforeEach(() => {
    server.clock.now = testNowMs
  })
  const browser = (): Browser => {
    addresses += 1
    return openBrowser(server, `10.30.${addresses >> 8}.${addresses & 255}`)
  }

  it('opens a session in the cookie of the front', async () => {
    const { login } = await makePerson(server, 'commander', 440400)
    const desk = browser()
    const answer = await desk.signIn(login.toUpperCase())
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ role: 'commander', areaCode: 440400 })
    expect(answer.headers.getSetCookie().join()).toMatch(
      /guankou_console=[\w-]{43};.*HttpOnly; SameSite=Strict/,
    )
    expect((await desk.send({ path: readSession.path })).json).toEqual(answer.json)
  })

  it('refuses a wrong password, a wrong login, a disabled and a service account alike', async () => {
    const right = await makePerson(server, 'commander', 440400)
    const disabled = await makePerson(server, 'commander', 440400)
    const service = await makePerson(server, 'service-account', 440400)
    await server.db.pool.query('update accounts set disabled_at = now() where id = $1', [disabled.id])
    const answers = [
      await browser().signIn(right.login, 'not it'),
      await browser().signIn('nobody-of-that-name'),
      await browser().signIn(disabled.login),
      await browser().signIn(service.login),
    ]
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]?.json).toMatchObject({ code: 'SIGN_IN_FAILED' })
    expect(answers.flatMap(({ headers }) => headers.getSetCookie())).toEqual([])
  })

  it('locks a login after five failures, for a minute, then twice as long, and tells how long', async () => {
    const { login } = await makePerson(server, 'commander', 440400)
    for (let times = 0; times < 4; times += 1)
      expect(codeOf(await browser().signIn(login, 'wrong'))).toBe('SIGN_IN_FAILED')
    const fifth = await browser().signIn(login, 'wrong')
    expect(fifth.json).toMatchObject({ code: 'SIGN_IN_LOCKED', retryAfterSeconds: 60 })
    expect(fifth.headers.get('retry-after')).toBe('60')
    server.clock.now += minute - 1
    const right = await browser().signIn(login)
    expect(right.json).toMatchObject({ code: 'SIGN_IN_LOCKED', retryAfterSeconds: 1 })
    server.clock.now += 1
    expect((await browser().signIn(login, 'wrong')).json).toMatchObject({ retryAfterSeconds: 120 })
    server.clock.now += 2 * minute
    expect((await browser().signIn(login)).status).toBe(200)
    // Getting in wipes the slate.
    expect(codeOf(await browser().signIn(login, 'wrong'))).toBe('SIGN_IN_FAILED')
  })

  it('locks a login that does not exist just so, and for an hour at most', async () => {
    let last: unknown
    for (let times = 0; times < 14; times += 1) {
      last = (await browser().signIn('no-such-login', 'wrong')).json
      server.clock.now += 61 * minute
    }
    expect(last).toMatchObject({ code: 'SIGN_IN_LOCKED', retryAfterSeconds: 3_600 })
  })

  it('counts tries at the same moment each for itself', async () => {
    const { login } = await makePerson(server, 'commander', 440400)
    const answers = await Promise.all(Array.from({ length: 12 }, () => browser().signIn(login, 'wrong')))
    const failed = answers.filter((answer) => codeOf(answer) === 'SIGN_IN_FAILED')
    expect(failed.length).toBeLessThanOrEqual(4)
    expect(codeOf(await browser().signIn(login))).toBe('SIGN_IN_LOCKED')
  })

  it('locks an address that fails with many logins, and nobody elsewhere', async () => {
    const { login } = await makePerson(server, 'commander', 440400)
    const address = openBrowser(server, '10.99.0.1')
    const codes: unknown[] = []
    for (let times = 0; times < 20; times += 1)
      codes.push(codeOf(await address.signIn(`guess-${times}`, 'wrong')))
    expect(new Set(codes.slice(0, 19))).toEqual(new Set(['SIGN_IN_FAILED']))
    expect(codes[19]).toBe('SIGN_IN_LOCKED')
    expect(codeOf(await address.signIn(login))).toBe('SIGN_IN_LOCKED')
    expect((await browser().signIn(login)).status).toBe(200)
  })

  it('keeps neither login nor address of a failure in clear', async () => {
    const { login } = await makePerson(server, 'commander', 440400)
    await openBrowser(server, '203.0.113.77').signIn(login, 'a-secret-guess')
    const { rows } = await server.db.pool.query('select t::text as row from sign_in_attempts t')
    const kept = JSON.stringify(rows) + server.logged.join('')
    for (const text of [login, Buffer.from(login).toString('hex'), '203.0.113.77', 'a-secret-guess'])
      expect(kept).not.toContain(text)
  })

  it('is audited, with the account whose password was wrong', async () => {
    const { id, login } = await makePerson(server, 'commander', 440402)
    await browser().signIn(login, 'wrong')
    await browser().signIn(login)
    await server.context.access.denials.flush()
    const { rows } = await server.db.pool.query<{ outcome: string }>(
      "select outcome from audit_entries where subject = $1 and action = 'access.password-sign-in'",
      [id],
    )
    expect(rows.map(({ outcome }) => outcome).toSorted()).toEqual(['SIGN_IN_FAILED', 'done'])
  })

  it('is changed by a person who proved a factor lately, which ends every other session at once', async () => {
    const { login } = await makePerson(server, 'commander', 440400)
    const [desk, other] = [browser(), browser()]
    await desk.signIn(login)
    await other.signIn(login)
    expect((await other.send({ path: readSession.path })).status).toBe(200)
    const next = 'another Lantern 77'
    const set = await desk.send({ path: setPassword.path, body: { password: next } })
    expect(set.json).toEqual({ breachList: 'off', ended: 1 })
    expect(codeOf(await other.send({ path: readSession.path }))).toBe('NOT_SIGNED_IN')
    expect((await desk.send({ path: readSession.path })).status).toBe(200)
    expect(codeOf(await browser().signIn(login))).toBe('SIGN_IN_FAILED')
    expect((await browser().signIn(login, next)).status).toBe(200)
    server.clock.now += 15 * minute
    const late = await desk.send({ path: setPassword.path, body: { password: 'yet Another 1234' } })
    expect(codeOf(late)).toBe('RECENT_FACTOR_NEEDED')
  })

  it.each(['short', 'aaaaaaaaaaaaaaa', 'abcabcabcabc'])('may not be %j', async (password) => {
    const { login } = await makePerson(server, 'commander', 440400)
    const desk = browser()
    await desk.signIn(login)
    const answer = await desk.send({ path: setPassword.path, body: { password } })
    expect(answer.json).toMatchObject({ code: 'PASSWORD_TOO_WEAK', path: '/password' })
    const withLogin = await desk.send({ path: setPassword.path, body: { password: `1${login}2` } })
    expect(codeOf(withLogin)).toBe('PASSWORD_TOO_WEAK')
  })

  it('is kept as Argon2id and nowhere in clear', async () => {
    const { id } = await makePerson(server, 'commander', 440400)
    const { rows } = await server.db.pool.query<{ password: string }>(
      'select password from auth_credentials where account_id = $1',
      [id],
    )
    expect(rows[0]?.password).toMatch(/^\$argon2id\$v=19\$/)
    expect(server.logged.join('')).not.toContain(usualPassword)
  })

  it('leaves no session in the tables of the library, and its own sessions in ours', async () => {
    const { login } = await makePerson(server, 'commander', 440400)
    const [desk, other] = [browser(), browser()]
    await desk.signIn(login)
    await other.signIn(login)
    const { sessions } = (await desk.send({ path: listOwnSessions.path })).json as {
      sessions: { own: boolean; method: string; front: string }[]
    }
    expect(sessions.map(({ own }) => own).toSorted()).toEqual([false, true])
    expect(sessions[0]).toMatchObject({ method: 'password', front: 'console' })
    await desk.send({ path: signOut.path, body: {} })
    const left = (await other.send({ path: listOwnSessions.path })).json as { sessions: unknown[] }
    expect(left.sessions).toHaveLength(1)
  })
})
