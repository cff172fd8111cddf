import { deleteFacts } from '@guankou/db/queries/retention/destroy.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'
import { aTest } from '../../../tests-support/testing.ts'

const city = 440400
const [district, neighbour] = [440402, 440403]
const at = (minutesAgo: number): string => new Date(testNowMs - minutesAgo * 60_000).toISOString()

describe.each(inject('databaseServers'))('tests and results on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let lead: TestSession
  let clerk: TestSession
  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url, runsModels: true })
    lead = await server.signIn('post-lead', district)
    clerk = await server.signIn('screening-clerk', district)
  })
  afterAll(async () => {
    await server.close()
    await test.drop()
  })
  const record = (body: object, who = lead) => who.send({ path: '/api/testing/tests', body })
  const enter = (results: object[], who = clerk) =>
    who.send({ path: '/api/testing/results', body: { results } })
  const counted = async () => {
    const { rows } = await server.db.pool.query<{
      told: Record<string, number>
      facts: Record<string, number>
    }>(
      `with last as (select distinct on (test_id) test_id, result from infection_test_results order by test_id, number desc),
        facts as (select count(*) filter (where offer = 'taken')::int as taken, count(*) filter (where offer = 'declined')::int as declined,
          count(*) filter (where result = 'positive')::int as positive, count(*) filter (where result = 'negative')::int as negative,
          count(*) filter (where result = 'invalid')::int as invalid from infection_tests left join last on test_id = id),
        told as (select coalesce(sum(taken), 0)::int as taken, coalesce(sum(declined), 0)::int as declined,
          coalesce(sum(positive), 0)::int as positive, coalesce(sum(negative), 0)::int as negative,
          coalesce(sum(invalid), 0)::int as invalid from rollup_testing_days)
       select row_to_json(told) as told, row_to_json(facts) as facts from told, facts`,
    )
    return rows[0]
  }

  it('records who was asked, once, and counts it in the same commit', async () => {
    const command = aTest()
    expect(await record(command)).toMatchObject({ status: 201, json: { duplicate: false } })
    expect(await record(command)).toMatchObject({ status: 201, json: { duplicate: true } })
    expect(await record({ ...command, seat: 2 })).toMatchObject({
      status: 409,
      json: { code: 'COMMAND_ID_REUSED' },
    })
    expect(await record(aTest({ offer: 'declined', sampleCode: 'X' } as never, 2))).toMatchObject({
      status: 400,
    })
    const { sampleCode: _none, ...declined } = aTest({ offer: 'declined' }, 3)
    expect((await record(declined)).status).toBe(201)
    const both = await counted()
    expect(both?.told).toEqual({ taken: 1, declined: 1, positive: 0, negative: 0, invalid: 0 })
    expect(both?.told).toEqual(both?.facts)
  })

  it.each([
    [{ sampleCode: 'ZH-000001' }, 11, 'SAMPLE_CODE_TAKEN'],
    [{ offer: 'no-kit' }, 12, 'SAMPLE_NOT_TAKEN'],
    [{ originCode: 999_999 }, 13, 'UNKNOWN_ORIGIN'],
    [{ postId: 5 }, 14, 'UNKNOWN_POST'],
    [{ occurredAt: at(-60) }, 15, 'OCCURRED_IN_FUTURE'],
    [{ screeningId: aTest({ occurredAt: at(-500) }).screeningId }, 16, 'TEST_NOT_OF_SCREENING'],
    [{ id: aTest({ occurredAt: at(90) }).id }, 17, 'ID_TIME_MISMATCH'],
    [{ responseId: 'none' }, 18, 'UNKNOWN_RESPONSE'],
  ] as const)('refuses %o', async (overrides, serial, code) => {
    const answer = await record(aTest(overrides, serial))
    expect(answer.json).toMatchObject({ code })
  })

  it('comes from phones by sync.push beside screenings, and each is judged alone', async () => {
    const deviceId = '6f1c1b1e-5d0a-4f0e-9b1a-0000000000a1'
    const inspector = await server.signIn('inspector', district, { id: deviceId, label: 'Test phone' })
    const answer = await inspector.send({
      path: '/api/sync/push',
      body: {
        deviceId,
        sentAt: at(0),
        outbox: { queued: 2, rejected: 0, unreadable: 0 },
        commands: [aTest({}, 21), aTest({ postId: 5 }, 22)],
      },
    })
    expect(answer.json).toMatchObject({
      outcomes: [{ outcome: 'accepted' }, { outcome: 'rejected', code: 'UNKNOWN_POST' }],
    })
  })

  it('takes results row by row; the last one counts, and the same again changes nothing', async () => {
    const rows = [
      { sampleCode: 'ZH-000001', result: 'positive', resultedAt: at(30) },
      { sampleCode: 'ZH-999999', result: 'negative', resultedAt: at(30) },
      { sampleCode: 'ZH-000021', result: 'negative', resultedAt: at(600) },
    ]
    const answer = await enter(rows)
    expect(answer.json).toMatchObject({
      recorded: 1,
      rows: [
        { row: 1, outcome: 'recorded' },
        { row: 2, outcome: 'refused', code: 'UNKNOWN_SAMPLE' },
        { row: 3, outcome: 'refused', code: 'RESULT_BEFORE_SAMPLE' },
      ],
    })
    expect((await enter(rows)).json).toMatchObject({ recorded: 0, known: 1 })
    await enter([{ sampleCode: 'ZH-000001', result: 'negative', resultedAt: at(20) }])
    const both = await counted()
    expect(both?.told).toMatchObject({ taken: 2, positive: 0, negative: 1 })
    expect(both?.told).toEqual(both?.facts)
  })

  it('has the model learn results soon after they came', async () => {
    const occasions = async () =>
      (
        await server.db.pool.query<{ occasion: string }>(
          "select occasion from model_runs where model = 'testing'",
        )
      ).rows
    await expect.poll(occasions).toContainEqual({ occasion: 'arrival' })
  })

  it('reads a laboratory’s file, and names each row that it cannot take by its line', async () => {
    for (const serial of [31, 32, 33]) expect((await record(aTest({}, serial))).status).toBe(201)
    const csv = [
      '\ufeffresulted_at,Sample_Code,result,analyser',
      '2020-02-10 11:40,zh-000031,阳性,A',
      '2020-02-10T03:41:00Z,ZH-000032,Negative,A',
      '2020-02-10T11:42:00+08:00,ZH-000033,invalid,A',
      'yesterday,ZH-000031,negative,A',
      '2020-02-10 11:40,ZH-777777,negative,A',
    ].join('\r\n')
    const answer = await clerk.send({ path: '/api/testing/import-results', body: { csv } })
    expect(answer.json).toMatchObject({
      recorded: 3,
      rows: [
        { row: 2 },
        { row: 3 },
        { row: 4 },
        { row: 5, code: 'RESULT_UNREADABLE' },
        { row: 6, code: 'UNKNOWN_SAMPLE' },
      ],
    })
    const listed = await lead.send({ method: 'GET', path: `/api/testing/tests?area=${district}` })
    const of = (code: string) =>
      (listed.json as { tests: { sampleCode: string; resultedAt: string; result: string }[] }).tests.find(
        ({ sampleCode }) => sampleCode === code,
      )
    expect(of('ZH-000031')).toMatchObject({ result: 'positive', resultedAt: '2020-02-10T03:40:00.000Z' })
    expect(of('ZH-000033')).toMatchObject({ result: 'invalid', resultedAt: '2020-02-10T03:42:00.000Z' })
    const both = await counted()
    expect(both?.told).toEqual(both?.facts)
    for (const csv of ['a,b\n1,2', 'sample_code,result,resulted_at\n', '"broken'])
      expect((await clerk.send({ path: '/api/testing/import-results', body: { csv } })).json).toMatchObject({
        code: 'RESULT_FILE_UNREADABLE',
      })
  })

  it('is destroyed with the health data of its day; the counts stay', async () => {
    expect((await record(aTest({ occurredAt: at(3 * 1_440) }, 41))).status).toBe(201)
    await enter([{ sampleCode: 'ZH-000041', result: 'negative', resultedAt: at(5) }])
    const window = { jurisdiction: district, from: new Date(at(4 * 1_440)), until: new Date(at(2 * 1_440)) }
    const before = await counted()
    expect(await deleteFacts(server.db.query, window)).toBe(2)
    const after = await counted()
    expect(after?.told).toEqual(before?.told)
    expect(after?.facts.negative).toBe((before?.facts.negative ?? 0) - 1)
    expect(
      (
        await server.db.pool.query(
          'select 1 from infection_test_results r where not exists (select from infection_tests t where t.id = r.test_id)',
        )
      ).rowCount,
    ).toBe(0)
  })

  it('keeps results, tests and budgets of the next district out of reach', async () => {
    const other = await server.signIn('screening-clerk', neighbour)
    const answer = await enter([{ sampleCode: 'ZH-000001', result: 'positive', resultedAt: at(10) }], other)
    expect(answer.json).toMatchObject({ recorded: 0, rows: [{ code: 'UNKNOWN_SAMPLE' }] })
    expect((await other.send({ method: 'GET', path: `/api/testing/tests?area=${district}` })).status).toBe(
      403,
    )
    const planner = await server.signIn('duty-planner', neighbour)
    const body = { fromDay: '2020-02-10', budgets: [{ postId: 1, tests: 10, afterVersion: 0 }] }
    expect((await planner.send({ path: '/api/testing/budgets', body })).json).toMatchObject({
      code: 'OUTSIDE_AREA',
    })
  })

  it('keeps every version of a budget, and takes none that overlooks another', async () => {
    const planner = await server.signIn('duty-planner', city)
    const set = (tests: number, afterVersion: number, fromDay = '2020-02-10') =>
      planner.send({
        path: '/api/testing/budgets',
        body: { fromDay, budgets: [{ postId: 1, tests, afterVersion }] },
      })
    expect((await set(40, 0)).json).toEqual({ changed: 1 })
    expect((await set(60, 0)).json).toMatchObject({ code: 'BUDGET_OVERTAKEN' })
    expect((await set(60, 1)).json).toEqual({ changed: 1 })
    expect((await set(80, 2, '2020-02-12')).json).toEqual({ changed: 1 })
    expect((await set(1, 3, '2020-02-09')).json).toMatchObject({ code: 'BUDGET_OF_PAST_DAY' })
    const budgetOn = async (day: string) => {
      const { json } = await planner.send({
        method: 'GET',
        path: `/api/testing/allocation?area=${city}&day=${day}`,
      })
      return (json as { posts: { postId: number; budget: number; budgetVersion: number }[] }).posts.find(
        ({ postId }) => postId === 1,
      )
    }
    expect(await budgetOn('2020-02-10')).toMatchObject({ budget: 60, budgetVersion: 3 })
    expect(await budgetOn('2020-02-13')).toMatchObject({ budget: 80 })
  })

  it('decides how tests are given for the whole city, version by version', async () => {
    const settings = { version: 0, lotShare: 0.1, noShowShare: 0, testMinutes: 5, worthMinutes: 600 }
    const body = { responseId: 'covid-19-like', settings }
    const commander = await server.signIn('commander', city)
    const ofDistrict = await server.signIn('commander', district)
    const path = '/api/testing/settings'
    expect((await ofDistrict.send({ path, body })).json).toMatchObject({ code: 'OUTSIDE_AREA' })
    expect((await commander.send({ path, body })).json).toEqual({ version: 1 })
    expect((await commander.send({ path, body })).json).toMatchObject({ code: 'TESTING_SETTINGS_OVERTAKEN' })
  })
})
