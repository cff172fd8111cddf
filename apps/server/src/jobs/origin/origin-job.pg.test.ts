import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Database, openDatabase } from '@guankou/db/database.ts'
import { insertCaseReports, insertCaseSet } from '@guankou/db/queries/origin/case-reports.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import fc from 'fast-check'
import pino from 'pino'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { seed } from '../../../tests-support/seed.ts'
import { demoCityTemplate, testNowMs } from '../../../tests-support/test-server.ts'
import { createReferenceCache } from '../../reference/reference-cache.ts'
import { createModelRunner } from '../model-runs.ts'
import { originJob } from './origin-job.ts'

const city = 440400
const today = '2020-02-10'
const firstDay = '2020-02-01'
const [zhongshan, guangzhou, wuhan, wenzhou] = [442000, 440100, 420100, 330300]
const districts = [440402, 440403]
const program = fileURLToPath(new URL('../../../tests-support/run-origins.ts', import.meta.url))
const arrivedDays = Array.from({ length: 10 }, (_, at) => addDays(firstDay, at))

describe.each(inject('databaseServers'))(`origins computed on $name, seed ${seed}`, ({ url }) => {
  let database: TestDatabase
  let db: Database
  beforeEach(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    db = openDatabase({ url: database.url, maxConnections: 4 })
    for (const day of arrivedDays)
      for (const jurisdiction of districts) {
        await arrive(jurisdiction, day, zhongshan, 200, [])
        await arrive(jurisdiction, day, guangzhou, 100, [[wuhan, 4]])
        await arrive(jurisdiction, day, wenzhou, 20, [])
      }
  })
  afterEach(async () => {
    await db.close()
    await database.drop()
  })

  /** Adds to the roll-ups as commits of screenings do. */
  const arrive = async (
    jurisdiction: number,
    day: string,
    origin: number,
    people: number,
    stays: readonly (readonly [region: number, people: number])[],
  ) => {
    await db.pool.query(
      `insert into rollup_origin_days as t values ($1, $2, $3, $4, 0)
        on conflict (jurisdiction, day, origin_code) do update set travellers = t.travellers + excluded.travellers`,
      [jurisdiction, day, origin, people],
    )
    const named = stays.reduce((sum, [, count]) => sum + count, 0)
    for (const [region, count] of [...stays, [0, people - named] as const])
      await db.pool.query(
        `insert into rollup_declared_days as t values ($1, $2, $3, $4, $5)
          on conflict (jurisdiction, day, origin_code, declared_code) do update set travellers = t.travellers + excluded.travellers`,
        [jurisdiction, day, origin, region, count],
      )
  }
  let instant = testNowMs
  const publish = async (originCode: number, day: string, publishedOn: string, confirmedTotal: number) => {
    instant += 1
    const set = { jurisdiction: city, id: v7({ msecs: instant }) }
    await insertCaseSet(db.query, {
      ...set,
      importedAt: new Date(instant),
      accountId: null,
      source: 'test',
      licence: 'none',
      rowsNew: 1,
      rowsKnown: 0,
      rowsRefused: 0,
    })
    await insertCaseReports(db.query, { jurisdiction: city, setId: set.id }, [
      { originCode, day, publishedOn, confirmedTotal },
    ])
  }
  const look = async (times: number) => {
    const runner = createModelRunner({
      db,
      reference: await createReferenceCache(db),
      now: () => testNowMs,
      log: pino({ level: 'silent' }),
      jobs: [originJob],
    })
    for (let at = 0; at < times; at += 1) await runner.runOnce()
    await runner.stop()
  }
  /** Everything shown as of a day, of all areas. */
  const shownOf = async (day: string) => {
    const { rows } = await db.pool.query(
      `select o.jurisdiction, o.run_id, t.origin_code, t.expected, t.low90, t.high90, t.p_at_least_one
        from model_outputs o join origin_risk_totals t on t.jurisdiction = o.jurisdiction and t.run_id = o.run_id
        where o.model = 'origins' and o.part = $1 order by 1, 3`,
      [day],
    )
    return rows as { jurisdiction: number; run_id: string; origin_code: number; expected: number }[]
  }
  const figuresOf = async (day: string) => (await shownOf(day)).map(({ run_id: _, ...figures }) => figures)
  const expectedOf = async (day: string, origin: number, area = city) =>
    (await shownOf(day)).find((row) => row.jurisdiction === area && row.origin_code === origin)?.expected ?? 0

  it('makes one result a look, the newest day first, for the city and each district', async () => {
    await look(2)
    const { rows } = await db.pool.query(
      "select part, array_agg(jurisdiction order by jurisdiction) as areas from model_outputs where model = 'origins' group by part order by part desc",
    )
    expect(rows.map(({ part }) => part)).toEqual([today, '2020-02-09'])
    expect(rows[0]?.areas).toEqual([440400, 440402, 440403, 440404])
    const parts = await Promise.all(districts.map((code) => expectedOf(today, wuhan, code)))
    // Few who were asked leave more to the last leg, so that districts do not quite add up to the city.
    const sum = parts.reduce((total, one) => total + one, 0)
    expect(sum / (await expectedOf(today, wuhan))).toBeCloseTo(1, 1)
  })

  it('gives cases to where people were, and not to where their last leg began', async () => {
    await look(1)
    const wuhanCases = await expectedOf(today, wuhan)
    expect(wuhanCases).toBeGreaterThan(await expectedOf(today, guangzhou))
    const { rows } = await db.pool.query(
      'select m.last_leg, m.estimated, m.low90, m.high90 from origin_mixes m join model_outputs o on o.run_id = m.run_id and o.jurisdiction = m.jurisdiction where m.region_code = $1 and m.jurisdiction = $2',
      [wuhan, city],
    )
    expect(rows[0]?.last_leg).toBe(0)
    expect(rows[0]?.estimated).toBeGreaterThan(0.01)
    expect(rows[0]?.low90).toBeLessThan(rows[0]?.estimated)
    expect(rows[0]?.high90).toBeGreaterThan(rows[0]?.estimated)
  })

  it('never reads what was published after the day, whatever it says', async () => {
    await look(arrivedDays.length)
    const before = new Map<string, unknown>()
    for (const day of arrivedDays) before.set(day, await figuresOf(day))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...arrivedDays.slice(0, -1)),
        fc.constantFrom(wuhan, guangzhou, wenzhou),
        fc.nat(1_000_000),
        fc.integer({ min: 0, max: 60 }),
        async (asOf, origin, cases, daysBefore) => {
          await publish(origin, addDays(asOf, -daysBefore), addDays(asOf, 1), cases)
          await look(arrivedDays.length)
          for (const day of arrivedDays.filter((each) => each <= asOf))
            expect(await figuresOf(day), `as of ${day}`).toEqual(before.get(day))
          // What follows stands on what has been published since.
          for (const day of arrivedDays) before.set(day, await figuresOf(day))
        },
      ),
      { numRuns: 4, seed },
    )
  })

  it('makes anew what late records and early reports change, and nothing else', async () => {
    await look(arrivedDays.length + 1)
    const idsOf = async () =>
      new Map(
        await Promise.all(arrivedDays.map(async (day) => [day, (await shownOf(day))[0]?.run_id] as const)),
      )
    const before = await idsOf()
    await look(2)
    expect(await idsOf()).toEqual(before)
    await arrive(440402, '2020-02-08', wenzhou, 30, [])
    await look(arrivedDays.length)
    const afterArrival = await idsOf()
    for (const day of arrivedDays.filter((each) => each < '2020-02-08'))
      expect(afterArrival.get(day)).toBe(before.get(day))
    for (const day of ['2020-02-08', '2020-02-09']) expect(afterArrival.get(day)).not.toBe(before.get(day))
    await publish(wuhan, '2020-02-04', '2020-02-05', 900_000)
    await look(arrivedDays.length)
    const afterReport = await idsOf()
    expect(afterReport.get('2020-02-04')).toBe(afterArrival.get('2020-02-04'))
    expect(afterReport.get('2020-02-05')).not.toBe(afterArrival.get('2020-02-05'))
  })

  it('comes to the same after it was killed in the middle', async () => {
    await look(1)
    const whole = await figuresOf(today)
    await db.pool.query('truncate model_outputs, model_runs, origin_risks, origin_risk_totals, origin_mixes')
    const child = fork(program, [database.url, String(testNowMs), '1'], { stdio: 'ignore' })
    const ended = once(child, 'exit')
    for (;;) {
      const { rows } = await db.pool.query("select from model_runs where state = 'running'")
      if (rows.length > 0) break
      if (child.exitCode !== null) throw new Error('it ended before it could be killed')
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    child.kill('SIGKILL')
    await ended
    expect(await figuresOf(today)).toEqual([])
    // The lock goes when PostgreSQL notices that the process is gone.
    await expect
      .poll(async () => {
        await look(1)
        return figuresOf(today)
      })
      .toEqual(whole)
    const { rows } = await db.pool.query(
      "select attempts, state from model_runs where model = 'origins' and part = $1",
      [today],
    )
    expect(rows).toEqual([{ attempts: 2, state: 'finished' }])
    const { rows: kept } = await db.pool.query('select distinct run_id from origin_risks')
    expect(kept).toHaveLength(1)
  })
})
