import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { roles } from '@guankou/contract/roles.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import type { TestRequest } from '@guankou/testkit/server/send-json.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sampleCall } from '../../tests-support/sample-call.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../tests-support/test-server.ts'

const all: readonly EndpointDeclaration[] = Object.values(endpoints)
const guarded = all.filter(({ access }) => access.roles !== 'anyone')
const posts = all.filter(({ method }) => method === 'POST')

/** A district, and the city that it lies in. */
const areas = { own: 440402, parent: 440400 } as const

const requestOf = (endpoint: EndpointDeclaration): TestRequest => sampleCall(endpoint, areas.own)

/** What may stop a call before it reaches what it asks for; anything else an endpoint says to somebody let in. */
const stops = [
  'NOT_SIGNED_IN',
  'ROLE_NOT_ALLOWED',
  'OUTSIDE_AREA',
  'DEVICE_REVOKED',
  'ORIGIN_NOT_ALLOWED',
  'NO_SUCH_ENDPOINT',
]

const outcomeOf = (json: unknown): string => {
  const { code } = (json ?? {}) as { code?: string }
  return stops.find((stop) => stop === code) ?? 'let in'
}

describe.each(inject('databaseServers').slice(0, 1))('who may call what', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  /** Sends a request; of a stream the head alone, because it has no end. */
  const outcome = async (endpoint: EndpointDeclaration, request: TestRequest): Promise<string> => {
    if (endpoint.stream !== 'sse') return outcomeOf((await server.send(request)).json)
    const abort = new AbortController()
    const authorization = request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }
    const headers = { ...authorization, ...request.headers }
    const response = await fetch(server.address + request.path, { headers, signal: abort.signal })
    try {
      return response.status === 200 ? 'let in' : outcomeOf(await response.json())
    } finally {
      abort.abort()
    }
  }

  it.each(guarded.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s is refused to nobody, to strangers and to the session of another front',
    async (_, endpoint) => {
      const allowed = endpoint.access.roles === 'anyone' ? roles[0] : (endpoint.access.roles[0] ?? roles[0])
      const { token } = await server.signIn(allowed, areas.own)
      const request = requestOf(endpoint)
      const withCookie = (cookie: string, front: string) => ({
        ...request,
        headers: { ...request.headers, cookie, 'x-guankou-client': front },
      })
      expect(await outcome(endpoint, request)).toBe('NOT_SIGNED_IN')
      expect(await outcome(endpoint, { ...request, token: 'A'.repeat(43) })).toBe('NOT_SIGNED_IN')
      expect(await outcome(endpoint, { ...request, token: token.slice(0, -1) })).toBe('NOT_SIGNED_IN')
      expect(await outcome(endpoint, { ...request, headers: { authorization: 'Basic eDp5' } })).toBe(
        'NOT_SIGNED_IN',
      )
      expect(await outcome(endpoint, withCookie(`guankou_field=${token}`, 'console'))).toBe('NOT_SIGNED_IN')
      expect(await outcome(endpoint, withCookie(`guankou_console=${token}`, 'field'))).toBe('NOT_SIGNED_IN')
      // What is decided for the whole city is refused behind the gate, to somebody it knows.
      const known = await outcome(endpoint, withCookie(`guankou_console=${token}`, 'console'))
      expect(['let in', 'OUTSIDE_AREA']).toContain(known)
    },
  )

  it.each(guarded.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s is refused to a revoked device, an ended session and a disabled account',
    async (_, endpoint) => {
      const allowed = endpoint.access.roles === 'anyone' ? roles[0] : (endpoint.access.roles[0] ?? roles[0])
      const request = requestOf(endpoint)
      const call = ({ token }: TestSession) => outcome(endpoint, { ...request, token })
      const { pool } = server.db
      const id = crypto.randomUUID()
      const onPhone = await server.signIn(allowed, areas.own, { id, label: 'Lost phone' })
      const atDesk = await server.signIn(allowed, areas.own)
      await pool.query('update devices set revoked_at = now() where id = $1', [id])
      server.clock.now += 5_001
      expect(await call(onPhone)).toBe('DEVICE_REVOKED')
      await pool.query('update accounts set disabled_at = now() where id = $1', [atDesk.actor.accountId])
      server.clock.now += 5_001
      expect(await call(atDesk)).toBe('NOT_SIGNED_IN')
      await pool.query('update accounts set disabled_at = null where id = $1', [atDesk.actor.accountId])
      server.clock.now = atDesk.actor.sessionExpiresAtMs
      expect(await call(atDesk)).toBe('NOT_SIGNED_IN')
    },
  )

  it.each(posts.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s is refused to a page of another site: a post names its front or carries a bearer token',
    async (_, endpoint) => {
      const { token } = await server.signIn('post-lead', areas.own)
      const cookie = `guankou_console=${token}; guankou_field=${token}`
      for (const front of ['', 'other', 'constructor', 'Console'])
        expect(
          await outcome(endpoint, {
            ...requestOf(endpoint),
            headers: { cookie, 'x-guankou-client': front },
          }),
        ).toBe('ORIGIN_NOT_ALLOWED')
    },
  )

  it('is refused at once after signing out', async () => {
    const lead = await server.signIn('post-lead', areas.own)
    expect(
      await outcome(endpoints.readSession, { path: endpoints.readSession.path, token: lead.token }),
    ).toBe('let in')
    await lead.send({ path: endpoints.signOut.path, body: {} })
    expect(
      await outcome(endpoints.readSession, { path: endpoints.readSession.path, token: lead.token }),
    ).toBe('NOT_SIGNED_IN')
  })

  it('is audited where it was refused: who, what and why, once for all alike', async () => {
    await server.context.access.denials.flush()
    const lead = await server.signIn('inspector', areas.own)
    const { accountId } = lead.actor
    for (let times = 0; times < 3; times += 1)
      await lead.send({ path: `${endpoints.situationSummary.path}?area=${areas.own}` })
    const planner = await server.signIn('duty-planner', areas.own)
    await planner.send({ path: `${endpoints.situationCurve.path}?area=${areas.parent}` })
    await server.context.access.denials.flush()
    const read = async (account: string, action: string) => {
      const { rows } = await server.db.pool.query(
        'select jurisdiction, outcome, detail from audit_entries where account_id = $1 and action = $2 order by seq desc',
        [account, action],
      )
      return rows[0] as unknown
    }
    expect(await read(accountId, 'situation.summary')).toEqual({
      jurisdiction: areas.own,
      outcome: 'ROLE_NOT_ALLOWED',
      detail: '3 times',
    })
    expect(await read(planner.actor.accountId, 'situation.curve')).toEqual({
      jurisdiction: areas.own,
      outcome: 'OUTSIDE_AREA',
      detail: null,
    })
  })

  it('leaves a trace of every refusal that the other tests met', async () => {
    await server.context.access.denials.flush()
    const { rows } = await server.db.pool.query<{ action: string; outcome: string }>(
      'select distinct action, outcome from audit_entries',
    )
    const seen = new Set(rows.map(({ action, outcome: code }) => `${action} ${code}`))
    const expected = guarded.flatMap(({ audit }) =>
      ['NOT_SIGNED_IN', 'DEVICE_REVOKED'].map((code) => `${audit.action} ${code}`),
    )
    expect(expected.filter((one) => !seen.has(one))).toEqual([])
  })
})
