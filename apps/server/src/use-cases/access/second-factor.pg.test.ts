import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Browser, makePerson, openBrowser, usualPassword } from '../../../tests-support/people.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../../tests-support/test-server.ts'
import { issueSignInLink } from './sign-in.ts'

const minute = 60_000
const codeOf = ({ json }: { json: unknown }): unknown => (json as { code?: unknown }).code
const guarded: readonly EndpointDeclaration[] = Object.values<EndpointDeclaration>(endpoints).filter(
  ({ access, stream }) => access.roles !== 'anyone' && stream === undefined,
)

/** An authenticator app that knows a secret; each code can be asked for once, so a later one is taken next time. */
const authenticator = (secret: string) => {
  let steps = 0
  return () => {
    const code = new TOTP({ secret }).generate({ timestamp: Date.now() + (steps % 2) * 30_000 })
    steps += 1
    return code
  }
}

describe.each(inject('databaseServers').slice(0, 1))('a second factor', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({
      databaseUrl: database.url,
      signInSettings: { recentFactor: true, secondFactorRoles: ['administrator'] },
    })
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  beforeEach(() => {
    server.clock.now = testNowMs
  })
  let addresses = 0
  const browser = (): Browser => {
    addresses += 1
    return openBrowser(server, `10.40.${addresses >> 8}.${addresses & 255}`)
  }
  const post = (desk: Browser, { path }: EndpointDeclaration, body: object = {}) => desk.send({ path, body })

  /** Somebody with password and authenticator, signed in to nothing. */
  const withTotp = async (role: 'administrator' | 'commander' = 'commander') => {
    const person = await makePerson(server, role, 440400)
    const desk = browser()
    await desk.signIn(person.login)
    const begun = (await post(desk, endpoints.startTotp)).json as { secret: string; uri: string }
    const next = authenticator(begun.secret)
    const confirmed = await post(desk, endpoints.confirmTotp, { code: next() })
    const { backupCodes } = confirmed.json as { backupCodes: string[] }
    return { ...person, ...begun, next, backupCodes, desk }
  }

  it('is set up by a code of the authenticator, and then asked for after the password', async () => {
    const { login, uri, next, backupCodes } = await withTotp()
    expect(decodeURIComponent(uri)).toMatch(/^otpauth:\/\/totp\/关口 Guankou:.+\?secret=[A-Z2-7]+&/)
    expect(backupCodes).toHaveLength(10)
    const desk = browser()
    const half = await desk.signIn(login)
    expect(half.json).toMatchObject({ lacks: 'second-factor' })
    expect(codeOf(await desk.send({ path: endpoints.listPlaces.path }))).toBe('SECOND_FACTOR_NEEDED')
    const before = desk.cookies.get('guankou_console')
    const whole = await post(desk, endpoints.proveFactor, { proof: { is: 'code', code: next() } })
    expect(whole.json).not.toHaveProperty('lacks')
    expect(desk.cookies.get('guankou_console')).not.toBe(before)
    expect((await desk.send({ path: endpoints.listPlaces.path })).status).toBe(200)
    const old = await server.send({ path: endpoints.readSession.path, token: before ?? '' })
    expect(codeOf(old)).toBe('NOT_SIGNED_IN')
  })

  it('leaves a session without it no endpoint but those that prove it, sign out or tell of it', async () => {
    const { login } = await withTotp()
    const desk = browser()
    await desk.signIn(login)
    const open: string[] = []
    for (const endpoint of guarded.filter(({ id }) => id !== 'access.sign-out')) {
      const query = endpoint.query === undefined ? '' : '?area=440400'
      const method = endpoint.method
      const answer = await desk.send({
        method,
        path: endpoint.path + query,
        ...(method === 'POST' ? { body: {} } : {}),
      })
      if (!['SECOND_FACTOR_NEEDED', 'ROLE_NOT_ALLOWED'].includes(String(codeOf(answer))))
        open.push(endpoint.id)
    }
    expect(open.toSorted()).toEqual(['access.own-account', 'access.prove-factor', 'access.session'])
  })

  it('is not the password once more', async () => {
    const { login } = await withTotp()
    const desk = browser()
    await desk.signIn(login)
    const answer = await post(desk, endpoints.proveFactor, {
      proof: { is: 'password', password: usualPassword },
    })
    expect(codeOf(answer)).toBe('SIGN_IN_FAILED')
  })

  it('takes a code once, however many send it', async () => {
    const { login, next } = await withTotp()
    const code = next()
    const desks = await Promise.all(
      [browser(), browser(), browser()].map(async (desk) => {
        await desk.signIn(login)
        return desk
      }),
    )
    const answers = await Promise.all(
      desks.map((desk) => post(desk, endpoints.proveFactor, { proof: { is: 'code', code } })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
  })

  it('may be a backup code, each of which is good once', async () => {
    const { login, backupCodes } = await withTotp()
    const [code = ''] = backupCodes
    const prove = async (): Promise<unknown> => {
      const desk = browser()
      await desk.signIn(login)
      const answer = await post(desk, endpoints.proveFactor, { proof: { is: 'backup-code', code } })
      return answer.status === 200
        ? (await desk.send({ path: endpoints.readOwnAccount.path })).json
        : codeOf(answer)
    }
    expect(await prove()).toMatchObject({ hasTotp: true, backupCodesLeft: 9 })
    expect(await prove()).toBe('SIGN_IN_FAILED')
  })

  it('cannot be guessed: codes lock like passwords do, and an administrator unlocks', async () => {
    const { id, login } = await withTotp()
    const guess = async () => {
      const desk = browser()
      await desk.signIn(login)
      return post(desk, endpoints.proveFactor, { proof: { is: 'code', code: '000000' } })
    }
    for (let times = 0; times < 4; times += 1) await guess()
    expect((await guess()).json).toMatchObject({ code: 'SIGN_IN_LOCKED', retryAfterSeconds: 60 })
    const { desk } = await withTotp('administrator')
    const answer = await post(desk, endpoints.unlockAccount, { accountId: id })
    expect(answer.json).toEqual({ wasLocked: true })
    expect(codeOf(await guess())).toBe('SIGN_IN_FAILED')
  })

  it('must be set up first by whoever has a role that needs one, by link as by password', async () => {
    const { id, login } = await makePerson(server, 'administrator', 440400)
    const desk = browser()
    expect((await desk.signIn(login)).json).toMatchObject({ lacks: 'second-factor-set-up' })
    expect(codeOf(await desk.send({ path: endpoints.listAccounts.path }))).toBe('SECOND_FACTOR_NOT_SET_UP')
    const name = { zh: '测试', en: 'Test' }
    const account = { id, login, name, role: 'administrator', areaCode: 440400, crew: null } as const
    const { token } = await issueSignInLink(server.db, account, server.clock.now)
    const byLink = await browser().send({ path: endpoints.signIn.path, body: { token } })
    expect(byLink.json).toMatchObject({ lacks: 'second-factor-set-up' })
    const { secret } = (await post(desk, endpoints.startTotp)).json as { secret: string }
    const code = authenticator(secret)()
    expect((await post(desk, endpoints.confirmTotp, { code })).status).toBe(200)
    expect((await desk.send({ path: endpoints.listAccounts.path })).status).toBe(200)
    expect(codeOf(await post(desk, endpoints.removeTotp))).toBe('LAST_SECOND_FACTOR')
  })

  it('half proved is over after a quarter of an hour', async () => {
    const { login } = await withTotp()
    const desk = browser()
    await desk.signIn(login)
    server.clock.now += 15 * minute
    expect(codeOf(await desk.send({ path: endpoints.readSession.path }))).toBe('NOT_SIGNED_IN')
  })

  it('is asked for again before a sensitive act, and any factor will do then', async () => {
    const { desk, next, login } = await withTotp('administrator')
    const { id } = await makePerson(server, 'commander', 440400)
    server.clock.now += 15 * minute
    const act = () => post(desk, endpoints.disableAccount, { accountId: id })
    expect(codeOf(await act())).toBe('RECENT_FACTOR_NEEDED')
    const wrong = await post(desk, endpoints.proveFactor, { proof: { is: 'password', password: 'wrong' } })
    expect(codeOf(wrong)).toBe('SIGN_IN_FAILED')
    expect(codeOf(await act())).toBe('RECENT_FACTOR_NEEDED')
    await post(desk, endpoints.proveFactor, { proof: { is: 'password', password: usualPassword } })
    expect((await act()).status).toBe(200)
    server.clock.now += 15 * minute
    expect(codeOf(await act())).toBe('RECENT_FACTOR_NEEDED')
    expect((await post(desk, endpoints.proveFactor, { proof: { is: 'code', code: next() } })).status).toBe(
      200,
    )
    expect((await act()).status).toBe(200)
    expect(login).toContain('administrator')
  })

  it('is kept sealed: neither secret nor backup code lies in the database or the log', async () => {
    const { secret, backupCodes } = await withTotp()
    const { rows } = await server.db.pool.query('select t::text as row from auth_second_factors t')
    const kept = JSON.stringify(rows) + server.logged.join('')
    const plain = Buffer.from(new TOTP({ secret }).secret.bytes).toString()
    for (const text of [secret, plain, ...backupCodes]) expect(kept).not.toContain(text)
  })

  it('gives new backup codes that put the old ones out of use', async () => {
    const { desk, login, backupCodes } = await withTotp()
    const renewed = (await post(desk, endpoints.renewBackupCodes)).json as { backupCodes: string[] }
    const prove = async (code = '') => {
      const other = browser()
      await other.signIn(login)
      return (await post(other, endpoints.proveFactor, { proof: { is: 'backup-code', code } })).status
    }
    expect(await prove(backupCodes[0])).toBe(401)
    expect(await prove(renewed.backupCodes[0])).toBe(200)
  })
})
