import type { EndpointDeclaration, OutputOf } from '@guankou/contract/endpoint.ts'
import type { RecordScreening, Traveller } from '@guankou/contract/screening/record-screening.ts'
import {
  type SituationQuery,
  situationCurve,
  situationEvents,
  situationOrigins,
  situationPosts,
  situationSummary,
} from '@guankou/contract/situation/endpoints.ts'
import { findRollupDifferences } from '@guankou/db/queries/situation/verify-rollups.ts'
import { emptyTally } from '@guankou/domain/screening/tally.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { Value } from 'typebox/value'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const city = 440400
const [xiangzhou, doumen] = [440402, 440403]
const [zhongshan, wuhan, wenzhou] = [442000, 420100, 330300]

/** Ten past noon in the city: slot 36 is under way for ten minutes. */
const nowMs = Date.parse('2020-02-10T04:10:00.000Z')

type Stop = {
  readonly at: string
  readonly doumen?: boolean
  readonly seconds?: number
  readonly queue?: number
  readonly people: readonly Partial<Traveller>[]
}

const from = (code: number, more: Partial<Traveller> = {}): Partial<Traveller> => ({
  origin: { code, evidence: 'declared' },
  ...more,
})
const readings = (at: string, ...degrees: number[]) =>
  degrees.map((temperatureCelsius) => aReading({ at, temperatureCelsius }))
const stayed = [{ areaCode: wuhan, leftOn: '2020-02-01', evidence: 'declared' }] as const

const today: readonly Stop[] = [
  { at: '2020-02-10T00:05:00.000Z', people: [from(zhongshan), from(zhongshan)] },
  {
    at: '2020-02-10T03:50:00.000Z',
    seconds: 60,
    queue: 4,
    people: [
      ...Array.from({ length: 5 }, () => from(wuhan, { exposures: [...stayed] })),
      from(wuhan, { exposures: [...stayed], readings: readings('2020-02-10T03:49:50.000Z', 38.1, 38) }),
    ],
  },
  {
    at: '2020-02-10T04:05:00.000Z',
    seconds: 40,
    queue: 7,
    people: [from(wenzhou, { readings: readings('2020-02-10T04:04:50.000Z', 37.5) })],
  },
  {
    at: '2020-02-10T02:00:00.000Z',
    doumen: true,
    people: [from(zhongshan), from(zhongshan), from(zhongshan)],
  },
]
const yesterday: readonly Stop[] = [
  { at: '2020-02-09T00:30:00.000Z', people: Array.from({ length: 4 }, () => from(zhongshan)) },
  { at: '2020-02-09T04:02:00.000Z', people: [from(wuhan, { contactWithCase: true })] },
  { at: '2020-02-09T15:30:00.000Z', doumen: true, people: Array.from({ length: 5 }, () => from(zhongshan)) },
]

describe.each(inject('databaseServers'))('the situation on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let traffic: TestSession
  let commander: TestSession
  let serial = 0
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    server.clock.now = nowMs
    traffic = await server.signIn('service-account', city)
    commander = await server.signIn('commander', city)
    for (const stop of [...today, ...yesterday]) await record(stop)
  })
  afterEach(() => {
    server.clock.now = nowMs
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const posts = () => server.context.reference.current().posts
  const doumenPost = () => posts().find(({ jurisdiction }) => jurisdiction === doumen)?.id ?? 0
  const commandOf = ({ at, seconds = 20, queue, people, doumen: isDoumen }: Stop): RecordScreening => {
    const { queueVehicles: _, ...usual } = aScreening({ occurredAt: at }, ++serial)
    return {
      ...usual,
      ...(isDoumen ? { jurisdiction: doumen, postId: doumenPost() } : {}),
      ...(queue === undefined ? {} : { queueVehicles: queue }),
      rulesVersion: 2,
      startedAt: new Date(Date.parse(at) - seconds * 1_000).toISOString(),
      travellers: people.map((person, index) =>
        aTraveller({ readings: readings(at, 36.5), ...person, seat: index + 1 }),
      ),
    }
  }
  const record = async (stop: Stop): Promise<void> => {
    const result = await server.context.recorder.record(traffic.actor, commandOf(stop))
    expect(result).toMatchObject({ ok: true })
  }
  const ask = async <const D extends EndpointDeclaration>(
    endpoint: D,
    query: SituationQuery,
  ): Promise<OutputOf<D>> => {
    const day = query.day === undefined ? '' : `&day=${query.day}`
    const answer = await commander.send({ path: `${endpoint.path}?area=${query.area}${day}` })
    expect(answer.status, answer.text).toBe(200)
    expect(Value.Errors(endpoint.output, answer.json)).toEqual([])
    return answer.json as OutputOf<D>
  }

  it('counts the day, and like with like until the last full slot', async () => {
    expect(await ask(situationSummary, { area: city })).toEqual({
      area: { code: city, name: { zh: '珠海市', en: 'Zhuhai' }, timeZone: 'Asia/Shanghai' },
      day: '2020-02-10',
      asOf: '2020-02-10T04:10:00.000Z',
      today: {
        vehicles: 4,
        travellers: 12,
        febrile: 2,
        feverConfirmed: 1,
        secondChecks: 1,
        quarantined: 5,
        turnedBack: 0,
        referred: 1,
      },
      likeForLike: {
        untilSlot: 36,
        today: {
          vehicles: 3,
          travellers: 11,
          febrile: 1,
          feverConfirmed: 1,
          secondChecks: 0,
          quarantined: 5,
          turnedBack: 0,
          referred: 1,
        },
        yesterday: { ...emptyTally, vehicles: 1, travellers: 4 },
      },
      posts: { total: posts().length, reportedLastHour: 1 },
      meanSecondsPerVehicle: 35,
    })
  })

  it('counts of a district its own posts alone', async () => {
    const summary = await ask(situationSummary, { area: doumen })
    expect(summary.today).toEqual({ ...emptyTally, vehicles: 1, travellers: 3 })
    expect(summary.posts).toEqual({
      total: posts().filter(({ jurisdiction }) => jurisdiction === doumen).length,
      reportedLastHour: 0,
    })
    const whole = await ask(situationSummary, { area: city })
    const other = await ask(situationSummary, { area: xiangzhou })
    expect(other.today.travellers + summary.today.travellers).toBe(whole.today.travellers)
    expect((await ask(situationPosts, { area: doumen })).posts).toHaveLength(summary.posts.total)
  })

  it('counts a past day to its end', async () => {
    const summary = await ask(situationSummary, { area: city, day: '2020-02-09' })
    const whole = { ...emptyTally, vehicles: 3, travellers: 10, quarantined: 1 }
    expect(summary.today).toEqual(whole)
    expect(summary.likeForLike).toEqual({ untilSlot: 72, today: whole, yesterday: emptyTally })
    expect(summary.posts.reportedLastHour).toBe(1)
    const { vehicles, vehiclesYesterday } = await ask(situationCurve, { area: city, day: '2020-02-09' })
    expect(vehicles.flatMap((count, slot) => (count ? [[slot, count]] : []))).toEqual([
      [25, 1],
      [36, 1],
      [70, 1],
    ])
    expect(vehicles).not.toContain(null)
    expect(vehiclesYesterday.every((count) => count === 0)).toBe(true)
  })

  it('has nothing of a future day but the day before it', async () => {
    const summary = await ask(situationSummary, { area: city, day: '2020-02-11' })
    expect(summary).toMatchObject({ today: emptyTally, likeForLike: null, meanSecondsPerVehicle: null })
    const { vehicles, vehiclesYesterday } = await ask(situationCurve, { area: city, day: '2020-02-11' })
    expect(vehicles).toEqual(Array(72).fill(null))
    expect(vehiclesYesterday.reduce((sum, count) => sum + count, 0)).toBe(4)
    const { origins, travellersTotal } = await ask(situationOrigins, { area: city, day: '2020-02-11' })
    expect([origins, travellersTotal]).toEqual([[], 0])
    expect((await ask(situationEvents, { area: city, day: '2020-02-11' })).events).toEqual([])
    for (const post of (await ask(situationPosts, { area: city, day: '2020-02-11' })).posts)
      expect(post).toMatchObject({ today: emptyTally, lastScreeningAt: null, queue: null })
  })

  it('draws the curve up to the slot under way', async () => {
    const curve = await ask(situationCurve, { area: city })
    expect(curve.vehicles).toHaveLength(72)
    expect(curve.vehicles.slice(0, 37).flatMap((count, slot) => (count ? [[slot, count]] : []))).toEqual([
      [24, 1],
      [30, 1],
      [35, 1],
      [36, 1],
    ])
    expect(curve.vehicles.slice(37)).toEqual(Array(35).fill(null))
    expect(curve.vehiclesYesterday.flatMap((count, slot) => (count ? [slot] : []))).toEqual([25, 36, 70])
  })

  it('shows of each post its flow, its pace and the wait that its queue means', async () => {
    const { posts: all } = await ask(situationPosts, { area: city })
    expect(all.map(({ postId }) => postId)).toEqual(posts().map(({ id }) => id))
    const lanes = posts().find(({ id }) => id === 1)?.lanes ?? 0
    const first = all.find(({ postId }) => postId === 1)
    expect(first).toMatchObject({
      today: { vehicles: 3, travellers: 9, febrile: 2 },
      recent: { windowMinutes: 70, vehicles: 2, febrile: 2 },
      meanSecondsPerVehicle: 40,
      lastScreeningAt: '2020-02-10T04:05:00.000Z',
      queue: { vehicles: 7, seenAt: '2020-02-10T04:05:00.000Z' },
    })
    expect(first?.recent.vehiclesPerHour).toBeCloseTo((2 * 60) / 70, 10)
    expect(first?.queue?.waitMinutes).toBeCloseTo((7 * 40) / lanes / 60, 10)
    const second = all.find(({ postId }) => postId === doumenPost())
    expect(second).toMatchObject({
      today: { vehicles: 1 },
      recent: { vehicles: 0, vehiclesPerHour: 0 },
      queue: null,
    })
    const past = (await ask(situationPosts, { area: city, day: '2020-02-09' })).posts.find(
      ({ postId }) => postId === 1,
    )
    expect(past?.recent).toMatchObject({ windowMinutes: 80, vehicles: 1 })
  })

  it('names origins, and withholds counts under five with all that would give them away', async () => {
    const { origins, travellersTotal } = await ask(situationOrigins, { area: city })
    expect(travellersTotal).toBe(12)
    expect(origins.map(({ name: _, ...origin }) => origin)).toEqual([
      { originCode: wuhan, travellers: 6, travellersYesterday: null, febrile: null, share: 0.5 },
      { originCode: wenzhou, travellers: null, travellersYesterday: 0, febrile: null, share: null },
      // Five, but six and five of twelve would say that one came from Wenzhou.
      { originCode: zhongshan, travellers: null, travellersYesterday: null, febrile: null, share: null },
    ])
    expect(origins.map(({ name }) => name.en)).toEqual(['Wuhan', 'Wenzhou', 'Zhongshan'])
    // All three of the district came from one place: naming it would tell how many.
    const district = await ask(situationOrigins, { area: doumen })
    expect(district).toMatchObject({ travellersTotal: 3, tooFew: true, origins: [] })
  })

  it('lists the latest findings, newest first, of the day and area asked for', async () => {
    const { events } = await ask(situationEvents, { area: city })
    expect(
      events.map(({ disposition, travellers, febrile, postId }) => [
        disposition,
        travellers,
        febrile,
        postId,
      ]),
    ).toEqual([
      ['second-check', 1, 1, 1],
      ['referred', 6, 1, 1],
    ])
    expect(events[1]?.ruleIds).toContain('R1')
    expect((await ask(situationEvents, { area: doumen })).events).toEqual([])
    const before = await ask(situationEvents, { area: city, day: '2020-02-09' })
    expect(before.events).toMatchObject([{ disposition: 'central-quarantine', ruleIds: ['R3', 'R4', 'R7'] }])
  })

  it('counts posts that reported in the last hour, midnight or not', async () => {
    const at = Date.parse('2020-02-20T15:50:00.000Z')
    server.clock.now = at
    commander = await server.signIn('commander', city)
    await record({ at: new Date(at).toISOString(), people: [from(zhongshan)] })
    server.clock.now = at + 3_600_000
    expect(await ask(situationSummary, { area: city })).toMatchObject({
      day: '2020-02-21',
      posts: { reportedLastHour: 1 },
    })
    server.clock.now = at + 3_600_001
    expect((await ask(situationSummary, { area: city })).posts.reportedLastHour).toBe(0)
    server.clock.now = nowMs
    commander = await server.signIn('commander', city)
  })

  it('is read from roll-ups alone: it is the same with the facts out of reach', async () => {
    const read = async () => [
      await ask(situationSummary, { area: city }),
      await ask(situationPosts, { area: city }),
      await ask(situationOrigins, { area: city }),
      await ask(situationCurve, { area: city }),
    ]
    const before = await read()
    const hide = (table: string, name: string) =>
      server.db.pool.query(`alter table ${table} rename to ${name}`)
    await hide('screenings', 'hidden_screenings')
    await hide('screening_travellers', 'hidden_travellers')
    try {
      expect(await read()).toEqual(before)
    } finally {
      await hide('hidden_screenings', 'screenings')
      await hide('hidden_travellers', 'screening_travellers')
    }
  })

  it.each([
    [
      'clocks go forward',
      '2020-03-29',
      ['2020-03-28T23:30:00.000Z', '2020-03-29T01:10:00.000Z', '2020-03-29T21:50:00.000Z'],
      [1, 9, 71],
    ],
    [
      'clocks go back',
      '2020-10-25',
      [
        '2020-10-24T22:10:00.000Z',
        '2020-10-25T00:10:00.000Z',
        '2020-10-25T01:10:00.000Z',
        '2020-10-25T22:50:00.000Z',
      ],
      [0, 6, 6, 71],
    ],
  ])('keeps to the local day where %s', async (_, day, instants, slots) => {
    const change = (timeZone: string, until: string) =>
      Promise.all([
        server.db.pool.query('update jurisdictions set time_zone = $1', [timeZone]),
        server.db.pool.query('update responses set collection_until = $1', [until]),
      ]).then(() => server.context.reference.refresh())
    const until = server.context.reference.current().responses[0]?.collectionUntil ?? ''
    await change('Europe/Madrid', '2020-12-31')
    try {
      const [start, end] = [Date.parse(instants[0] ?? ''), Date.parse(instants.at(-1) ?? '')]
      server.clock.now = end + 3_600_000
      commander = await server.signIn('commander', city)
      const hot = (at: string) => [from(wuhan, { readings: readings(at, 38, 38.2) })]
      for (const at of instants) await record({ at, people: hot(at) })
      // Just outside of the day on either side.
      const outside = [new Date(start - 3_600_000).toISOString(), new Date(end + 1_200_000).toISOString()]
      for (const at of outside) await record({ at, people: hot(at) })
      const curve = await ask(situationCurve, { area: city, day })
      expect(curve.vehicles.flatMap((count, slot) => Array<number>(count ?? 0).fill(slot))).toEqual(slots)
      const { events } = await ask(situationEvents, { area: city, day })
      expect(events.map(({ occurredAt }) => occurredAt)).toEqual(instants.toReversed())
      expect((await ask(situationSummary, { area: city, day })).today.referred).toBe(instants.length)
      expect(await findRollupDifferences(server.db.query, day)).toEqual([])
    } finally {
      await change('Asia/Shanghai', until)
      server.clock.now = nowMs
      commander = await server.signIn('commander', city)
    }
  })
})
