import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TestingAllocation, TestingEvidence } from '@guankou/contract/testing/allocation.ts'
import { type Database, openDatabase } from '@guankou/db/database.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createModelRunner } from '#src/jobs/model-runs.ts'
import { createReferenceCache } from '#src/reference/reference-cache.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'
import { aTest, recordArrivals } from '../../../tests-support/testing.ts'
import { testingJob } from './testing-job.ts'

const [city, district, neighbour] = [440400, 440402, 440403]
const [wuhan, guangzhou, wenzhou, zhongshan] = [420100, 440100, 330300, 442000]
const origins = [zhongshan, zhongshan, guangzhou, guangzhou, zhongshan, wuhan, wenzhou]
const dayMs = 86_400_000
const today = '2020-02-10'
const program = fileURLToPath(new URL('../../../tests-support/run-one-model.ts', import.meta.url))

describe.each(inject('databaseServers'))('the testing model as a job on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let planner: TestSession
  let clerk: TestSession
  let serial = 0
  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url })
    // From here on a run is one that a test asks for.
    await server.context.modelRuns.stop()
    planner = await server.signIn('duty-planner', city)
    clerk = await server.signIn('screening-clerk', city)
    await recordArrivals(server, { count: 140, origins, fromMs: testNowMs - dayMs, firstSerial: 10_000 })
    const place = { jurisdiction: neighbour, postId: 5 }
    await recordArrivals(server, {
      count: 70,
      origins,
      fromMs: testNowMs - dayMs,
      place,
      firstSerial: 20_000,
    })
    const budgets = [
      { postId: 1, tests: 20, afterVersion: 0 },
      { postId: 5, tests: 10, afterVersion: 0 },
    ]
    const answer = await planner.send({ path: '/api/testing/budgets', body: { fromDay: today, budgets } })
    expect(answer.status).toBe(200)
  })
  afterAll(async () => {
    await server.close()
    await test.drop()
  })

  const runOn = async (db: Database, jobs = [testingJob]): Promise<void> => {
    const parts = {
      reference: await createReferenceCache(db),
      now: () => server.clock.now,
      log: pino({ level: 'silent' }),
    }
    const runner = createModelRunner({ db, ...parts, jobs })
    await runner.runOnce()
    await runner.stop()
  }
  const run = () => runOn(server.db)
  /** Tests of an origin some days ago, and their results now. */
  const testAndTell = async (daysAgo: number, originCode: number, tests: number, positives: number) => {
    const sent = Array.from({ length: tests }, () => {
      serial += 1
      return aTest(
        { originCode, occurredAt: new Date(testNowMs - daysAgo * dayMs - 3_600_000).toISOString() },
        serial,
      )
    })
    for (const command of sent)
      expect((await clerk.send({ path: '/api/testing/tests', body: command })).status).toBe(201)
    const results = sent.map(({ sampleCode }, at) => ({
      sampleCode,
      result: at < positives ? 'positive' : 'negative',
      resultedAt: new Date(testNowMs - 60_000).toISOString(),
    }))
    if (results.length > 0) await clerk.send({ path: '/api/testing/results', body: { results } })
  }
  const allocation = async (area = city, who = planner): Promise<TestingAllocation> =>
    (await who.send({ method: 'GET', path: `/api/testing/allocation?area=${area}` }))
      .json as TestingAllocation
  const stored = async (db = server.db) => {
    const { rows } = await db.pool.query<Record<string, unknown>>(
      `select a.jurisdiction, post_id, origin_code, declared, arrivals, tests, by_lot, asked_share, prevalence, worth, reason
        from test_allocations a join model_outputs o on o.run_id = a.run_id and o.jurisdiction = 440400
        where o.part = $1 order by 1, 2, 3, 4`,
      [today],
    )
    return rows
  }
  const typesOf = (allocated: TestingAllocation, postId: number) =>
    allocated.posts.find((post) => post.postId === postId)?.types ?? []
  /** All but the last digits, which depend on the order in which origins were met. */
  const rounded = (rows: readonly Record<string, unknown>[]) =>
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key,
          typeof value === 'number' ? Number(value.toPrecision(9)) : value,
        ]),
      ),
    )

  it('gives each post its budget, a reason for each origin, and stamps what it says', async () => {
    await run()
    const allocated = await allocation()
    expect(allocated.stamps?.prevalence).toMatchObject({
      model: 'testing',
      version: '1.0.0',
      dataUntil: today,
      unit: 'share',
      computedAt: new Date(testNowMs).toISOString(),
    })
    expect(allocated.run).toMatchObject({ state: 'finished', progress: 1 })
    expect(allocated.totals).toMatchObject({ budget: 30 })
    const post = allocated.posts.find(({ postId }) => postId === 1)
    // Ten in a hundred give no sample, so that 22 are asked for 20 tests.
    expect(post).toMatchObject({ budget: 20, taken: 0, tests: 22 })
    expect(post?.types.reduce((sum, { tests }) => sum + tests, 0)).toBe(22)
    expect(typesOf(allocated, 1).find(({ originCode }) => originCode === zhongshan)?.arrivals).toBe(60)
  })

  it('finds out where infection is, and tests there', async () => {
    await testAndTell(3, wenzhou, 20, 6)
    await testAndTell(2, zhongshan, 40, 0)
    await testAndTell(1, guangzhou, 30, 0)
    await run()
    const types = typesOf(await allocation(), 1)
    const of = (code: number) => types.find(({ originCode, declared }) => originCode === code && !declared)
    expect(of(wenzhou)).toMatchObject({ reason: 'high-prevalence', askedShare: 1, tests: 20 })
    expect(of(wenzhou)?.prevalence.value).toBeGreaterThan(3 * (of(zhongshan)?.prevalence.value ?? 1))
    expect(of(zhongshan)?.prevalence.high).toBeLessThan(0.05)
  })

  it('goes on from where it was: the same, to nine digits, as from the beginning', async () => {
    await testAndTell(2, guangzhou, 10, 1)
    await run()
    await testAndTell(4, wuhan, 12, 2)
    await testAndTell(0, zhongshan, 5, 0)
    await run()
    const grown = await stored()
    expect((await server.db.pool.query('select 1 from model_states')).rowCount).toBe(5)
    await server.db.pool.query('truncate model_states, model_outputs, model_runs, testing_counted_days')
    await run()
    expect(grown.length).toBeGreaterThan(4)
    expect(rounded(await stored())).toEqual(rounded(grown))
  })

  it('does nothing where nothing is new, and something when the hour is over', async () => {
    const runs = async () => (await server.db.pool.query('select 1 from model_runs')).rowCount
    const before = await runs()
    await run()
    expect(await runs()).toBe(before)
    server.clock.now = testNowMs + 3_600_000
    await run()
    server.clock.now = testNowMs
    expect(await runs()).toBe((before ?? 0) + 1)
  })

  it('never asks for more than the budget, less what was taken, allows', async () => {
    for (let round = 0; round < 3; round += 1) {
      const sent = Array.from({ length: 9 }, () => {
        serial += 1
        return aTest({ occurredAt: new Date(testNowMs - 1_000).toISOString() }, serial)
      })
      for (const command of sent) await clerk.send({ path: '/api/testing/tests', body: command })
      await server.db.pool.query('update model_outputs set parameters = $1', ['{}'])
      await run()
      for (const { budget, taken, tests } of (await allocation()).posts)
        expect(tests).toBeLessThanOrEqual(
          Math.max(taken, taken + Math.floor(Math.max(0, budget - taken) / 0.9)),
        )
    }
    expect((await allocation()).posts.find(({ postId }) => postId === 1)).toMatchObject({
      taken: 32,
      tests: 32,
    })
  })

  it('shows a district its posts and no other, and small counts to nobody', async () => {
    const lead = await server.signIn('post-lead', neighbour)
    const own = await allocation(neighbour, lead)
    expect(own.posts.map(({ postId }) => postId)).not.toContain(1)
    expect(own.stamps).not.toBeNull()
    const evidence = async (area: number, who: TestSession) =>
      (await who.send({ method: 'GET', path: `/api/testing/evidence?area=${area}` })).json as TestingEvidence
    const told = await evidence(city, planner)
    const of = (code: number) => told.types.find(({ originCode }) => originCode === code)
    expect(of(wenzhou)).toMatchObject({ tested: 20, positives: 6 })
    // Three of them were positive, all told.
    for (const code of [wuhan, guangzhou])
      expect(of(code)).toMatchObject({ positives: null, positivity: null })
    expect(
      (await evidence(neighbour, lead)).types.every(({ tested }) => tested === 0 || tested === null),
    ).toBe(true)
    const hidden = await server.db.pool.query(
      'select 1 from testing_evidence where content::text ~ \'"positives": ?[1-4][,}]\'',
    )
    expect(hidden.rowCount).toBe(0)
  })

  it('warns beside a rule whose origin the counts do not support', async () => {
    await testAndTell(1, wuhan, 60, 0)
    await run()
    const { json } = await planner.send({ method: 'GET', path: `/api/testing/evidence?area=${city}` })
    const types = (json as TestingEvidence).types
    expect(types.find(({ originCode, declared }) => originCode === wuhan && !declared)).toMatchObject({
      isSingledOut: true,
    })
    expect(types.find(({ originCode }) => originCode === zhongshan)).toMatchObject({
      isSingledOut: false,
      verdict: 'not-singled-out',
      isWarned: false,
    })
  })

  it('puts into the pack whom phones ask today', async () => {
    const inspector = await server.signIn('inspector', neighbour)
    const { json } = await inspector.send({ method: 'GET', path: '/api/sync/pack' })
    const { testing } = JSON.parse((json as { content: string }).content)
    expect(testing).toMatchObject({ day: today })
    expect(testing.posts.map(({ postId }: { postId: number }) => postId)).toEqual([5])
    expect(testing.posts[0].types).toContainEqual(
      expect.objectContaining({ originCode: wenzhou, declared: false, askedShare: 1 }),
    )
  })

  it('is taken up where it was killed, by the next one, and comes to the same', async () => {
    await server.db.pool.query('truncate model_states, model_outputs, model_runs')
    const blocker = openDatabase({ url: test.url, maxConnections: 1 })
    const client = await blocker.pool.connect()
    await client.query('begin')
    // The third state cannot be written while this stands: the run hangs in its middle.
    await client.query(
      `insert into model_states (jurisdiction, model, part, model_version, digest, content, noted_at)
        values ($1, 'testing', $2, '-', '', '', now())`,
      [city, addDays(today, -2)],
    )
    const child = spawn(process.execPath, [program, test.url, String(server.clock.now), 'testing'], {
      stdio: 'inherit',
    })
    const written = async () =>
      (await server.db.pool.query<{ part: string }>('select part from model_states order by part')).rows
    await expect.poll(written).toHaveLength(2)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await client.query('rollback')
    client.release()
    await blocker.close()
    const runs = async () =>
      (
        await server.db.pool.query<{ id: string; state: string; attempts: number; progress: number }>(
          'select id, state, attempts, progress from model_runs',
        )
      ).rows
    const [cut] = await runs()
    expect(cut).toMatchObject({ state: 'running', attempts: 1 })
    expect(cut?.progress).toBeGreaterThan(0)
    await expect
      .poll(async () => {
        await run()
        return runs()
      })
      .toEqual([{ id: cut?.id, state: 'finished', attempts: 2, progress: 1 }])
    const resumed = await stored()
    await server.db.pool.query('truncate model_states, model_outputs, model_runs')
    await run()
    expect(rounded(await stored())).toEqual(rounded(resumed))
  })

  it('runs once where two servers look at the same time', async () => {
    await server.db.pool.query('truncate model_states, model_outputs, model_runs')
    const other = openDatabase({ url: test.url, maxConnections: 4 })
    await Promise.all([run(), runOn(other)])
    await other.close()
    expect((await server.db.pool.query("select 1 from model_runs where state = 'finished'")).rowCount).toBe(1)
  })

  it('says that it failed without saying what was in the data, and tries the same again later', async () => {
    await server.db.pool.query('truncate model_states, model_outputs, model_runs')
    const broken = { ...testingJob, work: () => Promise.reject(new TypeError(`secret of ${district}`)) }
    await runOn(server.db, [broken])
    const rows = async () =>
      (await server.db.pool.query('select state, error from model_runs order by started_at')).rows
    expect(await rows()).toEqual([{ state: 'failed', error: 'TypeError' }])
    await run()
    expect(await rows()).toHaveLength(1)
    server.clock.now = testNowMs + 16 * 60_000
    await run()
    server.clock.now = testNowMs
    expect(await rows()).toEqual([
      { state: 'failed', error: 'TypeError' },
      { state: 'finished', error: null },
    ])
  })
})
