import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { type ErrorCode, errors, isErrorCode } from '@guankou/contract/errors.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { aScreening, aTraveller, usualOccurredAt } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import type { TestAnswer, TestRequest } from '@guankou/testkit/server/send-json.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type FuzzedRequest, fuzzedRequest, leaksIn } from '../../tests-support/fuzz.ts'
import {
  hostileBody,
  hostileText,
  hostileValue,
  mutationOf,
  nestedArrays,
} from '../../tests-support/hostile.ts'
import { rawRequest, sendRaw } from '../../tests-support/raw-http.ts'
import { sampleCall } from '../../tests-support/sample-call.ts'
import { seed } from '../../tests-support/seed.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../tests-support/test-server.ts'
import { codesOf } from './openapi.ts'
import { scaleRates, usualRates } from './rate-limits.ts'

const device = { id: '6f1c1b1e-5d0a-4f0e-9b1a-000000000002', label: 'Test phone' }

const all: readonly EndpointDeclaration[] = Object.values(endpoints)
const withBody = all.filter(({ body }) => body !== undefined)
const withQuery = all.filter(({ query, stream }) => query !== undefined && stream === undefined)
const withDay = withQuery.filter(
  ({ query }) => 'day' in ((query as { properties?: object }).properties ?? {}),
)

/** A good query but for its day, so that the day is all that can be wrong. */
const queryOn = (endpoint: EndpointDeclaration, day: string): string => {
  const { searchParams } = new URL(sampleCall(endpoint, 440400).path, 'http://guankou')
  searchParams.set('day', day)
  return `?${searchParams}`
}

/**
 * Each server is sent other requests than the next, so that no two versions answer for the same case: what is random is
 * drawn from another seed, and what ends before the database is dealt out by endpoint.
 */
const databaseServers = inject('databaseServers').map((server, at) => ({ ...server, at }))
const shareOf = (total: number): number => Math.ceil(total / databaseServers.length)
const dealtTo = <T>(all: readonly T[], at: number): readonly T[] =>
  all.filter((_, index) => index % databaseServers.length === at)

/** `GUANKOU_FUZZ_REQUESTS=200000` is the long form, see docs/security.md. */
const fuzzedTotal = Number(process.env.GUANKOU_FUZZ_REQUESTS ?? shareOf(3_000))
const rawTotal = Math.ceil(fuzzedTotal / 10)
const longRunMs = 120_000 + fuzzedTotal * 60
/** Whatever takes longer than this hangs. */
const patienceMs = 30_000

const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${ms} ms`)), ms)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

const hidden = { name: '泄漏甲', phone: '139 1234 0007', document: 'E87650007', plate: '粤C7XYX7' }

/** Records somebody of whom no answer may tell. @returns the texts to look for */
const plant = async (server: TestServer): Promise<readonly string[]> => {
  const { name, phone, document, plate } = hidden
  const traveller = aTraveller({ name, phone, document: { kind: 'passport', number: document } })
  const lead = await server.signIn('post-lead', 440402)
  const command = aScreening({ travellers: [traveller], conveyance: { kind: 'car', plate } }, 777)
  const answer = await lead.send({ path: '/api/screenings', body: command })
  expect(answer.status, answer.text).toBeLessThan(300)
  return [name, phone, phone.replaceAll(' ', ''), document, plate]
}

/** Refused by name, or done; never the server's own failure. */
const expectAnswered = (answer: TestAnswer, what: string, endpoint?: EndpointDeclaration): void => {
  const said = `${what}: ${answer.status} ${answer.text.slice(0, 300)}`
  expect(answer.status, said).toBeLessThan(500)
  if (answer.status < 400) return
  const { code } = answer.json as { code: string }
  expect(isErrorCode(code), said).toBe(true)
  if (endpoint !== undefined) expect(codesOf(endpoint), said).toContain(code)
  expect(answer.status, said).toBe(errors[code as ErrorCode].status)
}

const contentTypes = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/octet-stream',
  'APPLICATION/JSON',
  'application/json, text/html',
  ';',
]

const validBodies: Readonly<Record<string, unknown>> = {
  'screening.record': aScreening(),
  'sync.push': {
    deviceId: device.id,
    sentAt: usualOccurredAt,
    outbox: { queued: 1, rejected: 0, unreadable: 0 },
    commands: [aScreening()],
  },
  'access.sign-in': { token: 'not-a-token-that-was-ever-made', device },
  'access.sign-out': {},
}

describe.each(databaseServers)(`hostile requests on $name, seed ${seed}`, ({ url, at }) => {
  const ownSeed = seed + at
  let database: TestDatabase
  let server: TestServer
  /** Sends as whoever may call the endpoint, each time from another address: the limit on sign-ins is not the matter. */
  let send: (
    endpoint: EndpointDeclaration,
    request: Omit<TestRequest, 'path'>,
    query?: string,
  ) => Promise<TestAnswer>
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    // The limits on calls have tests of their own; here each call has to reach what it is for.
    const edge = { rates: scaleRates(usualRates, 1_000_000) }
    server = await startTestServer({ databaseUrl: database.url, edge })
    const lead = await server.signIn('post-lead', 440400, device)
    const others = new Map<Role, TestSession>()
    const sessionOf = async (role: Role): Promise<TestSession> => {
      const session = others.get(role) ?? (await server.signIn(role, 440400))
      others.set(role, session)
      return session
    }
    let address = 0
    send = async ({ access, method, path, id }, request, query = '') => {
      const { roles } = access
      const [allowed = 'commander'] = roles === 'anyone' ? [] : roles
      const isLead = roles === 'anyone' || roles.includes('post-lead')
      const session = isLead ? lead : await sessionOf(allowed)
      // Signing out would end the session of all the other calls.
      const token = id === 'access.sign-out' ? (await server.signIn('auditor', 440400)).token : session.token
      address += 1
      const headers = { 'x-forwarded-for': `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}` }
      return server.send({
        method,
        path: path + query,
        token,
        ...request,
        headers: { ...headers, ...request.headers },
      })
    }
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  it.each(withBody.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: any body',
    async (_, endpoint) => {
      const body = fc.tuple(hostileBody, fc.constantFrom(...contentTypes, ...contentTypes.slice(0, 1)))
      await fc.assert(
        fc.asyncProperty(body, async ([raw, contentType]) => {
          const answer = await send(endpoint, { raw, headers: { 'content-type': contentType } })
          expectAnswered(answer, `${contentType} ${String(raw).slice(0, 100)}`, endpoint)
        }),
        { numRuns: shareOf(60), seed: ownSeed },
      )
    },
  )

  it.each(withBody.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: a good body with one thing changed',
    async (id, endpoint) => {
      const valid = validBodies[id] ?? sampleCall(endpoint, 440400).body
      const isEmpty = Object.keys(valid as object).length === 0
      const mutation = isEmpty ? fc.constant({ what: '', apply: () => ({ x: 1 }) }) : mutationOf(valid)
      await fc.assert(
        fc.asyncProperty(mutation, async ({ what, apply }) => {
          expectAnswered(await send(endpoint, { raw: hostileText(apply(valid)) }), what, endpoint)
        }),
        { numRuns: shareOf(120), seed: ownSeed },
      )
    },
  )

  it.each(dealtTo(withBody, at).map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: a body that is empty, too large, nested or encoded',
    async (_, endpoint) => {
      const limit = endpoint.limits.bodyBytes
      const tooLarge = await send(endpoint, { raw: `"${'a'.repeat(limit)}"` })
      expect(tooLarge.status).toBe(413)
      expect(tooLarge.json).toMatchObject({ code: 'BODY_TOO_LARGE' })
      expect((await send(endpoint, { raw: '' })).json).toMatchObject({ code: 'INVALID_JSON' })
      expect((await send(endpoint, { raw: 'null' })).json).toMatchObject({ code: 'INVALID_INPUT', path: '' })
      expect((await send(endpoint, { raw: nestedArrays(limit / 2 - 1) })).json).toMatchObject({
        code: 'INVALID_INPUT',
      })
      expectAnswered(await send(endpoint, { raw: '{}', headers: { 'content-encoding': 'gzip' } }), 'gzip')
      expect(
        (await send(endpoint, { raw: '{}', headers: { 'content-type': 'text/plain' } })).json,
      ).toMatchObject({
        code: 'UNSUPPORTED_MEDIA_TYPE',
      })
    },
  )

  it.each(withQuery.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: any query',
    async (_, endpoint) => {
      const key = fc.constantFrom('area', 'area', 'day', 'day', '__proto__', 'x', 'area[]', 'day[a]')
      const days = fc.constantFrom(
        '2020-01-23',
        '0000-01-01',
        '0001-01-01',
        '9999-12-31',
        '2020-02-30',
        '2020-1-1',
      )
      const areas = fc.constantFrom(
        '440400',
        '440402',
        '440000',
        '4404e2',
        '0x6b7f0',
        '440400.5',
        ' 440400 ',
        '４４０４００',
      )
      const value = fc.oneof(days, areas, hostileValue.map(hostileText), fc.string({ unit: 'binary' }))
      const pair = fc
        .tuple(key, value)
        .map(([name, text]) => `${name}=${encodeURIComponent(text.toWellFormed())}`)
      const raw = fc.constantFrom('%', '%zz', '%00', 'area=%ff', 'area', '=', '&&', 'area=440400&area=440402')
      await fc.assert(
        fc.asyncProperty(fc.array(fc.oneof(pair, pair, raw), { maxLength: 4 }), async (pairs) => {
          const query = `?${pairs.join('&').slice(0, 8_000)}`
          expectAnswered(await send(endpoint, {}, query), query, endpoint)
        }),
        { numRuns: shareOf(100), seed: ownSeed },
      )
    },
  )

  it.each(withDay.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: every day that can be written is answered or refused by name',
    async (_, endpoint) => {
      for (const day of [
        '0000-01-01',
        '0001-01-01',
        '0001-01-02',
        '1582-10-10',
        '2020-02-29',
        '9998-12-31',
        '9999-12-31',
      ])
        expectAnswered(await send(endpoint, {}, queryOn(endpoint, day)), day)
      const impossible = await send(endpoint, {}, queryOn(endpoint, '2020-02-30'))
      expect(impossible.json).toMatchObject({ code: 'INVALID_INPUT', path: '/day' })
    },
  )

  it.each(dealtTo(all, at).map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s: other methods and odd headers',
    async (_, endpoint) => {
      for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)
        expectAnswered(await send(endpoint, { method }), method)
      if (endpoint.stream !== undefined) return
      const odd = ['"', '%', '\u00ff', 'guankou_console=%', 'a'.repeat(4_000), '"><script>']
      const names = [
        'cookie',
        'last-event-id',
        'if-none-match',
        'x-guankou-client',
        'authorization',
        'accept',
        'accept-encoding',
      ]
      for (const name of names)
        for (const value of odd)
          expectAnswered(
            await send(endpoint, { headers: { [name]: value } }),
            `${name}: ${value.slice(0, 20)}`,
          )
    },
  )

  it(
    `of every kind, as every role: ${fuzzedTotal} of them bring no failure, no leak and no hang`,
    async () => {
      const secrets = await plant(server)
      const sessions = new Map<string, Promise<TestSession>>()
      const tokens = new Set<string>()
      const tokenOf = async (who: Role | 'nobody'): Promise<string | undefined> => {
        if (who === 'nobody') return undefined
        const opening = sessions.get(who) ?? server.signIn(who, 440402)
        sessions.set(who, opening)
        const { token } = await opening
        tokens.add(token)
        return token
      }
      const finite = all.filter(({ stream }) => stream !== 'sse')
      const send = async ({ endpoint, who, request }: FuzzedRequest): Promise<void> => {
        const token = await tokenOf(who)
        const headers = { 'x-forwarded-for': '10.9.9.9', ...request.headers }
        const answer = await within(patienceMs, server.send({ ...request, headers, ...(token && { token }) }))
        const what = `${who} ${request.method} ${request.path.slice(0, 200)} ${JSON.stringify(request.headers)} ${String(request.raw).slice(0, 400)}`
        // Some calls end the session that makes them.
        if (answer.status === 401) sessions.delete(who)
        expect(answer.status, `${what}\n${answer.text.slice(0, 500)}`).toBeLessThan(500)
        if (answer.status >= 400 && request.method !== 'HEAD')
          expect(isErrorCode((answer.json as { code: string }).code), `${what}: ${answer.text}`).toBe(true)
        const shown = leaksIn(answer.text, [...secrets, ...tokens])
        expect(shown, `${endpoint.id}, ${what}\n${answer.text.slice(0, 500)}`).toEqual([])
      }
      await fc.assert(
        fc.asyncProperty(
          fc.array(fuzzedRequest(finite), { minLength: 8, maxLength: 8 }),
          async (requests) => {
            await Promise.all(requests.map(send))
          },
        ),
        { numRuns: Math.ceil(fuzzedTotal / 8), seed: ownSeed, endOnFailure: true },
      )
      const { rows } = await server.db.pool.query('select 1 as alive')
      expect(rows).toEqual([{ alive: 1 }])
    },
    longRunMs,
  )

  it(
    `that are not HTTP: ${rawTotal} of them are answered or closed, and pollute nothing`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(rawRequest, { minLength: 8, maxLength: 8 }), async (several) => {
          const send = async (bytes: Buffer): Promise<void> => {
            const { statuses, text, isClosed } = await sendRaw(server.address, bytes, patienceMs)
            const what = `${JSON.stringify(bytes.toString('latin1').slice(0, 300))}\n${text.slice(0, 500)}`
            expect(isClosed, what).toBe(true)
            expect(
              statuses.filter((status) => status >= 500 && status !== 501 && status !== 505),
              what,
            ).toEqual([])
            expect(leaksIn(text.slice(0, 20_000), []), what).toEqual([])
          }
          await Promise.all(several.map(send))
        }),
        { numRuns: Math.ceil(rawTotal / 8), seed: ownSeed, endOnFailure: true },
      )
      expect(Object.keys(Object.prototype)).toEqual([])
      expect(({} as { admin?: unknown }).admin).toBeUndefined()
      expect((await server.send({ path: '/api/health' })).status).toBe(200)
    },
    longRunMs,
  )

  it('are never noted as failures of the server', () => {
    expect(server.logged.filter((line) => line.includes('"level":50'))).toEqual([])
  })
})
