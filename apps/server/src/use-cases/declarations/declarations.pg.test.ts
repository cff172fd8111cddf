import { Declaration } from '@guankou/contract/declarations/declaration.ts'
import type { DeclarationForm, SignedDeclaration } from '@guankou/contract/declarations/endpoints.ts'
import type { Pack, PackContent } from '@guankou/contract/sync/pack.ts'
import { deleteFacts } from '@guankou/db/queries/retention/destroy.ts'
import { type CheckSignature, readDeclaration } from '@guankou/domain/declarations/signed-text.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { isSignedBy } from '#src/identity/signing-key.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'

const district = 440402
const neighbour = 440403
const minutes = 60_000

describe.each(inject('databaseServers'))('declarations on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let inspector: TestSession
  let form: DeclarationForm
  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url })
    inspector = await server.signIn('inspector', district)
    form = (await server.send({ method: 'GET', path: '/api/public/declaration-form' }))
      .json as DeclarationForm
  })
  afterAll(async () => {
    await server.close()
    await test.drop()
  })

  const declared = (overrides: Partial<Declaration> = {}): Declaration => {
    const [response] = form.responses
    if (response === undefined) throw new Error('the demo city has a response')
    return {
      id: 'AAAAAAAAAAAAAAAA',
      responseId: response.id,
      rulesVersion: response.rulesVersion,
      conveyance: { kind: 'car', plate: '粤C·1Q2W3' },
      people: [
        {
          name: '欧阳样本',
          document: { kind: 'resident-id', number: '440402199001011239' },
          phone: '13800009999',
          originCode: 442000,
          stays: [{ areaCode: 420100, leftOn: '2020-02-08' }],
          contactWithCase: false,
          symptoms: response.symptoms.slice(0, 1).map(({ code }) => code),
        },
      ],
      ...overrides,
    }
  }
  const sign = (body: object) => server.send({ path: '/api/public/declarations', body })
  const keyInPack = async (): Promise<NonNullable<PackContent['declarations']>> => {
    const { json } = await inspector.send({ method: 'GET', path: '/api/sync/pack' })
    const { declarations } = JSON.parse((json as Pack).content) as PackContent
    if (declarations === undefined) throw new Error('the pack has no key for declarations')
    return declarations
  }
  const used = (declarationId: string, serial: number, overrides: object = {}) => {
    const occurredAtMs = testNowMs - 5 * minutes
    return {
      kind: 'declarations.use',
      schemaVersion: 1,
      id: uuidV7FromRandom(occurredAtMs, streamOf(500 + serial)),
      jurisdiction: district,
      postId: 1,
      occurredAt: new Date(occurredAtMs).toISOString(),
      declarationId,
      screeningId: uuidV7FromRandom(occurredAtMs, streamOf(900 + serial)),
      ...overrides,
    }
  }

  it('asks what the response of the day asks', () => {
    expect(form.today).toBe('2020-02-10')
    expect(form.responses[0]).toMatchObject({ id: 'covid-19-like', exposureWindowDays: expect.any(Number) })
    expect(form.responses[0]?.symptoms.length).toBeGreaterThan(0)
    for (const area of form.responses[0]?.riskAreas ?? []) expect(area.from <= form.today).toBe(true)
  })

  it('are signed so that the key in the pack verifies them without the server', async () => {
    const answer = await sign(declared())
    expect(answer.status).toBe(201)
    const { text, expiresAt } = answer.json as SignedDeclaration
    expect(Date.parse(expiresAt) - testNowMs).toBe(24 * 60 * minutes)
    const { publicKey, cityCode } = await keyInPack()
    const check: CheckSignature = async (signed, signature) =>
      isSignedBy(Buffer.from(publicKey, 'base64'), signed, Buffer.from(signature)) ? 'good' : 'bad'
    const read = await readDeclaration(text, { cityCode, check, nowMs: testNowMs })
    expect(read).toMatchObject({ is: 'good', issued: { declaration: declared() } })
    expect(Value.Check(Declaration, declared())).toBe(true)
  })

  it('leave nothing behind but a count', async () => {
    const before = await server.db.pool.query(
      'select coalesce(sum(signed), 0)::int as signed from rollup_declaration_days',
    )
    await sign(declared({ id: 'BBBBBBBBBBBBBBBB' }))
    const after = await server.db.pool.query(
      'select coalesce(sum(signed), 0)::int as signed from rollup_declaration_days',
    )
    expect(after.rows[0].signed - before.rows[0].signed).toBe(1)
    const { rows: tables } = await server.db.pool.query<{ name: string }>(
      `select c.relname as name from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`,
    )
    const traces = ['欧阳样本', '440402199001011239', '13800009999', '1Q2W3', 'BBBBBBBBBBBBBBBB']
    for (const { name } of tables) {
      const { rows } = await server.db.pool.query<{ row: string }>(`select t::text as row from "${name}" t`)
      for (const trace of traces)
        expect(
          rows.some(({ row }) => row.includes(trace)),
          `${trace} in ${name}`,
        ).toBe(false)
    }
    for (const trace of traces) expect(server.logged.join('\n')).not.toContain(trace)
  })

  it.each([
    [{ responseId: 'none' }, 'UNKNOWN_RESPONSE'],
    [{ rulesVersion: 999 }, 'UNKNOWN_RULES_VERSION'],
    [{ conveyance: { kind: 'car' } }, 'PLATE_REQUIRED'],
    [{ people: [{ originCode: 111111 }] }, 'UNKNOWN_ORIGIN'],
    [{ people: [{ stays: [{ areaCode: 420100, leftOn: '2020-02-11' }] }] }, 'IMPOSSIBLE_TIME'],
    [{ people: [{ symptoms: ['hiccups'] }] }, 'UNKNOWN_SYMPTOM'],
    [
      { people: Array.from({ length: 8 }, (_, seat) => ({ name: '龘'.repeat(70 + seat) })) },
      'DECLARATION_TOO_LARGE',
    ],
  ] as const)('are refused for %o', async (change, code) => {
    const { people: changes, ...rest } = change as { people?: object[] }
    const [only] = declared().people
    const people = changes === undefined ? {} : { people: changes.map((each) => ({ ...only, ...each })) }
    const answer = await sign({ ...declared(), ...rest, ...people })
    expect(answer.json).toMatchObject({ code })
  })

  it('are signed again until they were shown, at whatever post of the city', async () => {
    const id = 'CCCCCCCCCCCCCCCC'
    expect((await sign(declared({ id }))).status).toBe(201)
    expect((await sign(declared({ id, conveyance: { kind: 'on-foot' } }))).status).toBe(201)
    const command = used(id, 1)
    const { signedOn: _none, ...pushed } = { ...command, signedOn: undefined }
    const push = await inspector.send({
      path: '/api/sync/push',
      body: {
        deviceId: '6f1c1b1e-5d0a-4f0e-9b1a-00000000c001',
        sentAt: new Date(testNowMs).toISOString(),
        outbox: { queued: 1, rejected: 0, unreadable: 0 },
        commands: [pushed],
      },
    })
    expect(push.json).toMatchObject({ outcomes: [{ outcome: 'accepted', duplicate: false }] })
    const again = await inspector.send({ path: '/api/declarations/uses', body: command })
    expect(again).toMatchObject({ status: 201, json: { duplicate: true } })
    expect((await sign(declared({ id }))).json).toMatchObject({ code: 'DECLARATION_USED' })
    const other = await server.signIn('inspector', neighbour)
    const shownAgain = used(id, 2, { jurisdiction: neighbour, postId: 5 })
    expect((await other.send({ path: '/api/declarations/uses', body: shownAgain })).status).toBe(201)
  })

  it.each([
    [{ jurisdiction: neighbour }, 'OUTSIDE_AREA'],
    [{ postId: 5 }, 'UNKNOWN_POST'],
    [{ occurredAt: '2020-02-10T03:00:00.000Z' }, 'ID_TIME_MISMATCH'],
  ])('are not noted as shown with %o', async (overrides, code) => {
    const answer = await inspector.send({
      path: '/api/declarations/uses',
      body: used('DDDDDDDDDDDDDDDD', 7, overrides),
    })
    expect(answer.json).toMatchObject({ code })
  })

  it('end with the facts of their day', async () => {
    const window = {
      jurisdiction: district,
      from: new Date(testNowMs - 60 * minutes),
      until: new Date(testNowMs),
    }
    await deleteFacts(server.db.query, window)
    const left = await server.db.pool.query('select from declaration_uses where jurisdiction = $1', [
      district,
    ])
    expect(left.rowCount).toBe(0)
  })
})
