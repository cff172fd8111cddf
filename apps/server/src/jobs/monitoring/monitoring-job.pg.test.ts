import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { insertThresholds } from '@guankou/db/queries/monitoring/policy.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { addToHour, seedHours } from '../../../tests-support/monitored-city.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../../tests-support/test-server.ts'
import { unpackState } from './fold-city.ts'
import { monitoringVersion } from './monitoring-settings.ts'
import { digestOfPosts } from './plan-monitoring.ts'

const postIds = [1, 2, 3]
const from = '2020-01-20'
/** From the first day to the noon at which the clock stands. */
const hoursTillNow = 21 * 24 + 12
const hourMs = 3_600_000
const program = fileURLToPath(new URL('../../../tests-support/run-models.ts', import.meta.url))

describe.each(inject('databaseServers').slice(0, 1))('watching posts on $name', ({ url }) => {
  const opened: { database: TestDatabase; server: TestServer }[] = []
  const open = async (calibrated = true): Promise<TestServer> => {
    const database = await createTestDatabase(url, demoCityTemplate)
    const server = await startTestServer({ databaseUrl: database.url })
    opened.push({ database, server })
    // The look that the server begins with is over before there is anything to see.
    await server.context.modelRuns.runOnce()
    if (calibrated)
      await insertThresholds(server.db.query, 440400, {
        madeAt: new Date(testNowMs),
        modelVersion: monitoringVersion,
        daysPerFalseAlarm: 2,
        postsDigest: digestOfPosts(server.context.reference.current().posts),
        fever: 6.63,
        flow: 8.18,
        falsePerDay: 0.5,
        falseLow: 0.4,
        falseHigh: 0.6,
        falseAlarms: 100,
      })
    return server
  }
  afterEach(async () => {
    for (const { server, database } of opened.splice(0)) {
      await server.close()
      await database.drop()
    }
  })

  const seed = ({ db, context }: TestServer, hours = hoursTillNow) =>
    seedHours(db, context.reference, { from, hours, postIds, vehiclesPerDay: 600 })
  const run = ({ context }: TestServer) => context.modelRuns.runOnce()
  const judged = async ({ db }: TestServer) =>
    (await db.pool.query('select * from monitoring_hours order by day, hour, post_id')).rows
  const lastState = async ({ db }: TestServer) => {
    const { rows } = await db.pool.query<{ part: string; content: Buffer }>(
      "select part, content from model_states where model = 'monitoring' order by part desc limit 1",
    )
    return { part: rows[0]?.part, state: unpackState(rows[0]?.content ?? null) }
  }
  const alarms = async ({ db }: TestServer) =>
    (
      await db.pool.query<{ post_id: number; signal: string; hour: number; kinds: string[] }>(
        `select a.post_id, a.signal, a.hour, array_agg(s.kind order by s.number) as kinds
          from monitoring_alarms a join monitoring_alarm_steps s on s.alarm_id = a.id group by a.id, 1, 2, 3 order by a.id`,
      )
    ).rows

  it('judges every hour that is over, the one under way, and forecasts two days by hour and slot', async () => {
    const server = await open()
    await seed(server)
    await run(server)
    const rows = await judged(server)
    expect(rows.filter((row) => row.is_over && row.post_id === 1)).toHaveLength(hoursTillNow - 1)
    expect(rows.filter((row) => !row.is_over).map((row) => row.hour)).toContain(12)
    const { rows: forecasts } = await server.db.pool.query(
      "select * from monitoring_forecasts where post_id = 1 and measure = 'vehicles' order by day, hour",
    )
    expect(forecasts.length).toBeGreaterThanOrEqual(48)
    for (const row of forecasts) {
      expect(row.low).toBeLessThanOrEqual(row.mean)
      expect(row.high).toBeGreaterThanOrEqual(row.mean)
      const slots = (row.slot_mean as number[]).reduce((sum, mean) => sum + mean, 0)
      // Learned apart, and so not to the last vehicle.
      expect(Math.abs(slots - row.mean)).toBeLessThan(3 + 0.2 * row.mean)
      expect(row.slot_high).toHaveLength(3)
    }
    const { rows: outputs } = await server.db.pool.query(
      "select jurisdiction, data_until::text from model_outputs where model = 'monitoring' and part = ''",
    )
    expect(outputs).toContainEqual({ jurisdiction: 440400, data_until: '2020-02-10' })
  })

  it('forecasts the same whether it has learned hour by hour or all at once', async () => {
    const [little, whole] = [await open(), await open()]
    for (const server of [little, whole]) await seed(server)
    little.clock.now = testNowMs - 30 * hourMs
    await run(little)
    little.clock.now = testNowMs
    await run(little)
    await run(whole)
    const forecasts = async ({ db }: TestServer) =>
      (await db.pool.query('select * from monitoring_forecasts order by measure, post_id, day, hour')).rows
    const [one, two] = [await forecasts(little), await forecasts(whole)]
    expect(one.length).toBeGreaterThan(250)
    expect(one).toEqual(two)
  })

  it('covers with its 90 % band what it had not seen', async () => {
    const server = await open()
    await seed(server)
    await run(server)
    const seen = (await judged(server)).filter(
      (row) => row.is_over && postIds.includes(row.post_id) && row.day >= '2020-02-03',
    )
    const inside = seen.filter((row) => row.vehicles_low <= row.vehicles && row.vehicles <= row.vehicles_high)
    expect(seen.length).toBeGreaterThan(400)
    expect(inside.length / seen.length).toBeGreaterThan(0.85)
    expect(inside.length / seen.length).toBeLessThan(0.99)
  })

  it('comes to the same hour by hour as all at once', async () => {
    const [little, whole] = [await open(), await open()]
    await seed(whole)
    await run(whole)
    for (const hours of [100, 101, 240, 241, hoursTillNow]) {
      little.clock.now = testNowMs - (hoursTillNow - hours) * hourMs
      await little.db.pool.query('truncate rollup_post_slots')
      await seed(little, hours)
      await run(little)
    }
    const over = (rows: { is_over: boolean }[]) => rows.filter((row) => row.is_over)
    expect(over(await judged(little))).toEqual(over(await judged(whole)))
    expect(await lastState(little)).toEqual(await lastState(whole))
  })

  it('goes back to hours that records came late for, and then is where it would be anyway', async () => {
    const [late, inTime] = [await open(), await open()]
    const at = { jurisdiction: 440402, postId: 1, day: '2020-02-09', hour: 15 }
    const counts = { vehicles: 9, travellers: 22, febrile: 1 }
    for (const server of [late, inTime]) await seed(server)
    await addToHour(inTime.db, at, counts)
    await run(inTime)
    await run(late)
    expect(await lastState(late)).not.toEqual(await lastState(inTime))
    await addToHour(late.db, at, counts)
    await run(late)
    expect(await lastState(late)).toEqual(await lastState(inTime))
  })

  it('raises a cluster of fevers once, whatever comes late', async () => {
    const server = await open()
    await seed(server)
    await run(server)
    expect((await alarms(server)).filter(({ signal }) => signal === 'fever')).toEqual([])
    const at = { jurisdiction: 440402, postId: 1, day: '2020-02-10', hour: 10 }
    await addToHour(server.db, at, { vehicles: 2, travellers: 5, febrile: 5 })
    await run(server)
    const fever = async () => (await alarms(server)).filter(({ signal }) => signal === 'fever')
    expect(await fever()).toMatchObject([{ post_id: 1, hour: 10, kinds: ['raised'] }])
    await run(server)
    await addToHour(server.db, { ...at, hour: 9 }, { vehicles: 2, travellers: 4, febrile: 4 })
    await run(server)
    await addToHour(server.db, { ...at, hour: 7 }, { vehicles: 2, travellers: 4, febrile: 4 })
    await run(server)
    expect(await fever()).toHaveLength(1)
  })

  it('raises it within the hour, from what has come so far', async () => {
    const server = await open()
    await seed(server)
    await run(server)
    const at = { jurisdiction: 440402, postId: 2, day: '2020-02-10', hour: 12 }
    await addToHour(server.db, at, { vehicles: 2, travellers: 5, febrile: 5 })
    await run(server)
    const fever = (await alarms(server)).filter(({ signal }) => signal === 'fever')
    expect(fever).toMatchObject([{ post_id: 2, hour: 12 }])
    const { rows } = await server.db.pool.query(
      "select payload from outbox where payload->>'topic' = 'alarms' and payload->>'signal' = 'fever'",
    )
    expect(rows).toHaveLength(1)
  })

  it('calibrates its thresholds to the budget of the city, and says what they rest on', async () => {
    const server = await open(false)
    const all = server.context.reference.current().posts.map(({ id }) => id)
    const busy = { from, hours: 100, postIds: all, vehiclesPerDay: 600 }
    await seedHours(server.db, server.context.reference, busy)
    server.clock.now = testNowMs - (hoursTillNow - 100) * hourMs
    await server.db.pool.query('update monitoring_policy set days_per_false_alarm = 0.5')
    await run(server)
    await run(server)
    const { rows } = await server.db.pool.query('select * from monitoring_thresholds')
    expect(rows).toHaveLength(1)
    const [made] = rows
    // Two a day, as the budget has it, within what its simulation can tell.
    expect(made.false_low).toBeLessThan(2)
    expect(made.false_high).toBeGreaterThan(2)
    expect(made.false_alarms).toBeGreaterThan(100)
    await run(server)
    const { rows: outputs } = await server.db.pool.query(
      "select parameters from model_outputs where model = 'monitoring' and part = '' limit 1",
    )
    expect(outputs[0].parameters).toMatchObject({ calibrated: true, thresholds: { fever: made.fever } })
  })

  describe('where it is killed', () => {
    let server: TestServer
    beforeEach(async () => {
      server = await open()
      await seed(server)
    })

    it('goes on from the last step after kill -9, and ends where it would have', async () => {
      const child = fork(program, [server.db.url, String(testNowMs)], { stdio: 'ignore' })
      const exited = once(child, 'exit')
      const isUnderWay = async () => {
        const { rows } = await server.db.pool.query(
          "select 1 from model_runs where model = 'monitoring' and state = 'running' and progress > 0",
        )
        return rows.length > 0
      }
      while (child.exitCode === null && !(await isUnderWay()))
        await new Promise((soon) => setTimeout(soon, 5))
      child.kill('SIGKILL')
      await exited
      const { rows: cut } = await server.db.pool.query(
        "select state, attempts from model_runs where model = 'monitoring'",
      )
      expect(cut).toEqual([{ state: 'running', attempts: 1 }])
      const firstRun = async () => {
        const { rows } = await server.db.pool.query(
          "select state, attempts from model_runs where model = 'monitoring' order by started_at limit 1",
        )
        return rows
      }
      // PostgreSQL lets go of the lock of the dead as soon as it notices.
      for (let tries = 0; tries < 100; tries++) {
        await run(server)
        if ((await firstRun())[0]?.state !== 'running') break
        await new Promise((soon) => setTimeout(soon, 50))
      }
      const taken = await firstRun()
      expect(taken).toEqual([{ state: 'finished', attempts: 2 }])
      const whole = await open()
      await seed(whole)
      await run(whole)
      expect(await lastState(server)).toEqual(await lastState(whole))
      expect(await judged(server)).toEqual(await judged(whole))
    })
  })
})
