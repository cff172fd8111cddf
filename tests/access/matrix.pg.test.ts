import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { areaFieldOf } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { type Role, roles } from '@guankou/contract/roles.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import type { TestRequest } from '@guankou/testkit/server/send-json.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sampleCall } from '../../apps/server/tests-support/sample-call.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../apps/server/tests-support/test-server.ts'
import { type Reviewed, reviewedMatrix } from './reviewed-matrix.ts'

const all: readonly EndpointDeclaration[] = Object.values(endpoints)

/** A district, the one beside it and the city that both lie in. */
const areas = { own: 440402, sibling: 440403, parent: 440400 } as const
const places = ['own', 'sibling', 'parent'] as const

/** What stops a call for who makes it and where; anything else an endpoint says, it says to somebody let in. */
const stops = ['NOT_SIGNED_IN', 'ROLE_NOT_ALLOWED', 'OUTSIDE_AREA', 'NO_SUCH_ENDPOINT'] as const
type Outcome = (typeof stops)[number] | 'let in'

/** What the reviewed row promises to a role that acts in its district; to nobody where `role` is left out. */
const promised = (row: Reviewed, role: Role | undefined, where: (typeof places)[number]): Outcome => {
  if (row.roles === 'anyone') return 'let in'
  if (role === undefined) return 'NOT_SIGNED_IN'
  if (!row.roles.includes(role)) return 'ROLE_NOT_ALLOWED'
  if (row.ofWholeCity === true) return 'OUTSIDE_AREA'
  const named = areaFieldOf(row.area) !== undefined || row.area === 'per-command'
  return named && where !== 'own' ? 'OUTSIDE_AREA' : 'let in'
}

/** Also where it is that of the first command in a push that the role may send. */
const outcomeOf = (json: unknown): Outcome => {
  const { code, outcomes } = (json ?? {}) as { code?: string; outcomes?: { code?: string }[] }
  const sent = outcomes?.find((each) => each.code !== 'ROLE_NOT_ALLOWED') ?? outcomes?.[0]
  const told = code ?? sent?.code
  return stops.find((stop) => stop === told) ?? 'let in'
}

describe.each(inject('databaseServers').slice(0, 1))(
  'every endpoint, as every role and everywhere',
  ({ url }) => {
    let database: TestDatabase
    let server: TestServer
    const sessions = new Map<Role, TestSession>()
    beforeAll(async () => {
      database = await createTestDatabase(url, demoCityTemplate)
      server = await startTestServer({ databaseUrl: database.url })
    })
    afterAll(async () => {
      await server.close()
      await database.drop()
    })

    /** Sends a request; of a stream the head alone, because it has no end. */
    const outcome = async (endpoint: EndpointDeclaration, request: TestRequest): Promise<Outcome> => {
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
    /** What is done about signing in may end the session that does it, and others of the account. */
    const tokenOf = async ({ method, access }: EndpointDeclaration, role: Role): Promise<string> => {
      if (method === 'POST' && access.purpose === 'sign-in') sessions.clear()
      const session = sessions.get(role) ?? (await server.signIn(role, areas.own))
      sessions.set(role, session)
      return session.token
    }

    it.each(all.map((endpoint) => [endpoint.id, endpoint] as const))(
      '%s lets in and stops whom docs/access-matrix.md says (a new one needs its row in reviewed-matrix.ts)',
      async (id, endpoint) => {
        const row = reviewedMatrix[id]
        if (row === undefined)
          throw new Error(`${id} is not reviewed; add it to tests/access/reviewed-matrix.ts`)
        const found: string[] = []
        const expected: string[] = []
        for (const where of places) {
          const call = () => sampleCall(endpoint, areas[where])
          found.push(`nobody, ${where}: ${await outcome(endpoint, { ...call(), headers: asPage(call()) })}`)
          expected.push(`nobody, ${where}: ${promised(row, undefined, where)}`)
          for (const role of roles) {
            const token = await tokenOf(endpoint, role)
            found.push(`${role}, ${where}: ${await outcome(endpoint, { ...call(), token })}`)
            expected.push(`${role}, ${where}: ${promised(row, role, where)}`)
          }
        }
        expect(found).toEqual(expected)
      },
    )

    it('leaves a trace of every refusal that was met', async () => {
      await server.context.access.denials.flush()
      const { rows } = await server.db.pool.query<{ what: string }>(
        "select distinct action || ' ' || outcome as what from audit_entries",
      )
      const seen = new Set(rows.map(({ what }) => what))
      const expected = all.flatMap(({ audit, access }) => {
        if (access.roles === 'anyone') return []
        const codes = ['NOT_SIGNED_IN', ...(access.roles.length < roles.length ? ['ROLE_NOT_ALLOWED'] : [])]
        if (areaFieldOf(access.area) !== undefined) codes.push('OUTSIDE_AREA')
        return codes.map((code) => `${audit.action} ${code}`)
      })
      expect(expected.filter((one) => !seen.has(one))).toEqual([])
    })
  },
)

/** As a page of ours asks: whoever names no front is stopped for that, before anything else. */
const asPage = ({ headers }: TestRequest): Record<string, string> => ({
  ...headers,
  'x-guankou-client': 'console',
})
