import type { ScreeningsRecorded } from '@guankou/contract/changes/change-feed.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import type { Tally } from '@guankou/contract/situation/endpoints.ts'
import { findRollupDifferences, readCountedDays } from '@guankou/db/queries/situation/verify-rollups.ts'
import { addTallies, emptyTally } from '@guankou/domain/screening/tally.ts'
import { drawScreenings } from '@guankou/simulator/arrivals/draw-screenings.ts'
import { scaleVolume } from '@guankou/simulator/arrivals/scenario.ts'
import { zhuhaiScenario } from '@guankou/simulator/cities/zhuhai-2020/scenario.ts'
import { buildZhuhaiCity } from '@guankou/simulator/cities/zhuhai-2020/zhuhai.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { seed } from '../../../tests-support/seed.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const { city } = buildZhuhaiCity()
const hourMs = 3_600_000
/** Around local midnight of 24 January in the city, which is 16:00 UTC: two local days and two UTC days. */
const centreMs = Date.parse('2020-01-23T16:00:00.000Z')

const traveller = fc
  .record({
    originCode: fc.constantFrom(420100, 442000, 440300, 330300, 110000, 900840),
    temperatures: fc.array(fc.constantFrom(36.4, 37.2, 37.3, 38.9), { maxLength: 2 }),
    fromHubei: fc.boolean(),
    contactWithCase: fc.nat(9).map((n) => n === 0),
    symptoms: fc.subarray(['cough', 'fatigue', 'diarrhoea']),
  })
  .map(
    ({ originCode, temperatures, fromHubei, contactWithCase, symptoms }) =>
      (seat: number, occurredAt: string) =>
        aTraveller({
          seat,
          origin: { code: originCode, evidence: 'declared' },
          readings: temperatures.map((temperatureCelsius) =>
            aReading({ at: occurredAt, temperatureCelsius }),
          ),
          exposures: fromHubei ? [{ areaCode: 420100, leftOn: '2020-01-20', evidence: 'ticket' }] : [],
          contactWithCase,
          symptoms,
        }),
  )

/** A screening at any post of the city, up to two days to either side of a midnight. */
const command: fc.Arbitrary<RecordScreening> = fc
  .record({
    post: fc.constantFrom(...city.posts),
    serial: fc.nat(),
    offsetMs: fc.oneof(
      fc.integer({ min: -2 * hourMs, max: 2 * hourMs }),
      fc.integer({ min: -40 * hourMs, max: 40 * hourMs }),
    ),
    entrySeconds: fc.nat(600),
    queueVehicles: fc.option(fc.nat(99), { nil: undefined }),
    rulesVersion: fc.constantFrom(1, 2, 3),
    travellers: fc.array(traveller, { minLength: 1, maxLength: 5 }),
  })
  .map(({ post, serial, offsetMs, entrySeconds, queueVehicles, rulesVersion, travellers }) => {
    const occurredAt = new Date(centreMs + offsetMs).toISOString()
    const { queueVehicles: _, ...usual } = aScreening({ occurredAt }, serial)
    return {
      ...usual,
      jurisdiction: post.jurisdiction,
      postId: post.id,
      startedAt: new Date(centreMs + offsetMs - entrySeconds * 1_000).toISOString(),
      rulesVersion,
      ...(queueVehicles === undefined ? {} : { queueVehicles }),
      travellers: travellers.map((make, index) => make(index + 1, occurredAt)),
    }
  })

/** Sends of a history: each command once or more, in any order, in groups that arrive together. */
const history = fc
  .uniqueArray(command, {
    selector: ({ id, jurisdiction }) => `${jurisdiction} ${id}`,
    minLength: 1,
    maxLength: 60,
  })
  .chain((commands) =>
    fc
      .record({
        again: fc.array(fc.nat(commands.length - 1), { maxLength: 20 }),
        order: fc.array(fc.nat(), { minLength: commands.length + 20, maxLength: commands.length + 20 }),
        groups: fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 10 }),
      })
      .map(({ again, order, groups }) => {
        const sends = [...commands, ...again.flatMap((index) => commands[index] ?? [])]
          .map((one, index) => ({ one, key: order[index] ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one)
        const batches: RecordScreening[][] = []
        for (let at = 0, group = 0; at < sends.length; group += 1) {
          const size = groups[group % groups.length] ?? 1
          batches.push(sends.slice(at, at + size))
          at += size
        }
        return { commands, batches }
      }),
  )

const tables =
  'screenings, screening_travellers, rollup_post_slots, rollup_origin_days, post_day_states, rollup_post_origin_days, rollup_declared_days, outbox'

describe.each(inject('databaseServers'))(`roll-ups on $name, seed ${seed}`, ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let session: TestSession
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url, logLevel: 'warn' })
    session = await server.signIn('service-account', 440400)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  const rowsOf = async <Row>(sql: string): Promise<Row[]> => (await server.db.pool.query(sql)).rows as Row[]
  const recordAll = async (batch: readonly RecordScreening[]) => {
    const results = await Promise.all(batch.map((one) => server.context.recorder.record(session.actor, one)))
    for (const result of results) expect(result).toMatchObject({ ok: true })
  }
  const differences = async () => {
    const days = await readCountedDays(server.db.query)
    return (await Promise.all(days.map((day) => findRollupDifferences(server.db.query, day)))).flat()
  }
  const tallyOfRollups = async (): Promise<Tally> => {
    const [row] = await rowsOf<Tally>(`select coalesce(sum(vehicles), 0)::integer as vehicles,
      coalesce(sum(travellers), 0)::integer as travellers, coalesce(sum(febrile), 0)::integer as febrile,
      coalesce(sum(fever_confirmed), 0)::integer as "feverConfirmed", coalesce(sum(second_checks), 0)::integer as "secondChecks",
      coalesce(sum(quarantined), 0)::integer as quarantined, coalesce(sum(turned_back), 0)::integer as "turnedBack",
      coalesce(sum(referred), 0)::integer as referred from rollup_post_slots`)
    return row ?? emptyTally
  }

  it('equal a recount of the facts, whatever came in whatever order, and so do the changes that were told', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ commands, batches }) => {
        await server.db.pool.query(`truncate ${tables}`)
        for (const batch of batches) await recordAll(batch)
        const [stored] = await rowsOf<{ count: number }>('select count(*)::integer as count from screenings')
        expect(stored?.count).toBe(commands.length)
        expect(await differences()).toEqual([])
        const changes = await rowsOf<{ payload: ScreeningsRecorded }>('select payload from outbox')
        const told = changes.flatMap(({ payload }) => payload.increments).map(({ added }) => added)
        expect(told.reduce(addTallies, emptyTally)).toEqual(await tallyOfRollups())
        expect(changes.reduce((sum, { payload }) => sum + payload.screenings, 0)).toBe(commands.length)
      }),
      { numRuns: 25, seed },
    )
  })

  it('hold for each post and day the latest record by its own time, not by its arrival', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ batches }) => {
        await server.db.pool.query(`truncate ${tables}`)
        for (const batch of batches) await recordAll(batch)
        const wrong = await rowsOf(`
          select st.* from post_day_states st
          cross join lateral (
            select max(occurred_at) as at from screenings s
            where s.jurisdiction = st.jurisdiction and s.day = st.day and s.post_id = st.post_id) latest
          left join lateral (
            select occurred_at, array_agg(queue_vehicles) as seen from screenings s
            where s.jurisdiction = st.jurisdiction and s.day = st.day and s.post_id = st.post_id and queue_vehicles is not null
            group by occurred_at order by occurred_at desc limit 1) queue on true
          where st.last_screening_at <> latest.at or st.queue_seen_at is distinct from queue.occurred_at
            or (queue.seen is null) <> (st.queue_vehicles is null) or not coalesce(st.queue_vehicles = any (queue.seen), true)`)
        expect(wrong).toEqual([])
      }),
      { numRuns: 10, seed },
    )
  })

  it('equal a recount after an hour of the simulated city at all its kinds of posts', async () => {
    await server.db.pool.query(`truncate ${tables}`)
    const [response] = server.context.reference.current().responses
    if (response === undefined) throw new Error('no response is loaded')
    const scenario = scaleVolume(zhuhaiScenario(city.posts), 0.5)
    const fromMs = Date.parse('2020-01-24T02:00:00.000Z')
    const drawn = [
      ...drawScreenings({
        city,
        response,
        rulesVersion: 1,
        scenario,
        seed,
        fromMs,
        untilMs: fromMs + hourMs / 2,
      }),
    ].slice(0, 1_500)
    await recordAll(drawn)
    expect(await differences()).toEqual([])
    expect(drawn.length).toBeGreaterThan(100)
    expect((await tallyOfRollups()).travellers).toBe(
      drawn.reduce((sum, { travellers }) => sum + travellers.length, 0),
    )
  })

  it('that were changed behind our back are found and named', async () => {
    await server.db.pool.query(`truncate ${tables}`)
    const commands = fc
      .sample(command, { numRuns: 30, seed })
      .map((one, index) => ({ ...one, id: aScreening({ occurredAt: one.occurredAt }, index).id }))
    await recordAll(commands)
    const counts = [
      'vehicles',
      'travellers',
      'febrile',
      'fever_confirmed',
      'second_checks',
      'quarantined',
      'turned_back',
      'referred',
      'entry_milliseconds',
      'timed_vehicles',
    ]
    const places = [
      ...counts.map((column) => ({ table: 'rollup_post_slots', column, to: `${column} + 1` })),
      { table: 'rollup_origin_days', column: 'travellers', to: 'travellers - 1' },
      { table: 'rollup_origin_days', column: 'febrile', to: 'febrile + 1' },
      { table: 'rollup_post_origin_days', column: 'travellers', to: 'travellers + 1' },
      { table: 'rollup_post_origin_days', column: 'fever_confirmed', to: 'fever_confirmed + 1' },
      { table: 'rollup_declared_days', column: 'travellers', to: 'travellers + 1' },
      { table: 'post_day_states', column: 'last_screening_at', to: "last_screening_at + interval '1 ms'" },
      {
        table: 'post_day_states',
        column: 'queue_seen_at',
        to: "coalesce(queue_seen_at, 'epoch') + interval '1 ms'",
      },
    ]
    for (const { table, column, to } of places) {
      const [row] = await rowsOf<Record<string, unknown> & { place: string }>(
        `select *, ctid::text as place from ${table} limit 1`,
      )
      await server.db.pool.query(`create table before_change as select * from ${table}`)
      await server.db.pool.query(`update ${table} set ${column} = ${to} where ctid = $1::tid`, [row?.place])
      const found = await differences()
      expect(found, `${table}.${column}`).toHaveLength(1)
      expect(found[0]).toMatchObject({
        rollup: table,
        jurisdiction: row?.jurisdiction,
        day: row?.day,
      })
      const named = found[0]?.key ?? ''
      if ('origin_code' in (row ?? {})) expect(named).toContain(`origin ${row?.origin_code}`)
      if ('post_id' in (row ?? {})) expect(named).toContain(`post ${row?.post_id}`)
      await server.db.pool.query(`truncate ${table}`)
      await server.db.pool.query(`insert into ${table} select * from before_change`)
      await server.db.pool.query('drop table before_change')
    }
    expect(await differences()).toEqual([])
  })

  it.each([
    'rollup_post_slots',
    'rollup_origin_days',
    'post_day_states',
    'rollup_post_origin_days',
    'rollup_declared_days',
  ])('that are missing or made up are found and named: %s', async (table) => {
    const [row] = await rowsOf<{ place: string; jurisdiction: number; day: string }>(
      `select ctid::text as place, jurisdiction, day from ${table} limit 1`,
    )
    await server.db.pool.query('create table before_change as select * from '.concat(table))
    await server.db.pool.query(`delete from ${table} where ctid = $1::tid`, [row?.place])
    expect(await differences()).toMatchObject([
      { rollup: table, kept: null, jurisdiction: row?.jurisdiction, day: row?.day },
    ])
    await server.db.pool.query(`truncate ${table}`)
    await server.db.pool.query(`insert into ${table} select * from before_change`)
    await server.db.pool.query(
      `update ${table} set day = '2020-03-03' where ctid in (select ctid from ${table} limit 1)`,
    )
    expect((await differences()).map(({ day, recounted }) => [day, recounted === null])).toContainEqual([
      '2020-03-03',
      true,
    ])
    await server.db.pool.query(`truncate ${table}`)
    await server.db.pool.query(`insert into ${table} select * from before_change`)
    await server.db.pool.query('drop table before_change')
  })
})
