import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Database, openDatabase } from '#src/database.ts'
import { migrate } from '#src/migrate.ts'
import { ensurePartitions } from '#src/partitions.ts'
import { type PostSlotCounts, readLatestPostSlots, readNotableScreenings, readSlots } from './read-rollups.ts'

const day = '2020-02-01'
const east = 440402
const west = 440403

/** Vehicles of a slot tell where it belongs: post 7 counts tens, post 8 hundreds. */
const slots: readonly [jurisdiction: number, day: string, postId: number, slot: number, vehicles: number][] =
  [
    ...[0, 1, 2, 3, 4, 5].map((slot) => [east, day, 7, slot, 10] as [number, string, number, number, number]),
    [west, day, 8, 1, 100],
    [west, day, 8, 2, 100],
    [west, day, 8, 9, 100],
    [west, '2020-01-31', 8, 9, 100],
    [440404, day, 9, 2, 5_000],
  ]

describe.each(inject('databaseServers'))('reading the roll-ups of posts and slots, on $name', ({ url }) => {
  let test: TestDatabase
  let db: Database

  beforeAll(async () => {
    test = await createTestDatabase(url)
    db = openDatabase({ url: test.url })
    await migrate(db.pool)
    for (const [jurisdiction, onDay, postId, slot, vehicles] of slots)
      await db.pool.query(
        `insert into rollup_post_slots values ($1, $2, $3, $4, $5, $5 + 1, 2, 3, 4, 5, 6, 7, $5::bigint * 3000000000)`,
        [jurisdiction, onDay, postId, slot, vehicles],
      )
  })
  afterAll(async () => {
    await db.close()
    await test.drop()
  })

  it('adds up the posts of the jurisdictions asked for, by day and slot', async () => {
    const read = await readSlots(db.query, [east, west], [day, '2020-01-31'])
    const vehicles = Object.fromEntries(read.map((row) => [`${row.day} ${row.slot}`, row.vehicles]))
    expect(vehicles).toEqual({
      [`${day} 0`]: 10,
      [`${day} 1`]: 110,
      [`${day} 2`]: 110,
      [`${day} 3`]: 10,
      [`${day} 4`]: 10,
      [`${day} 5`]: 10,
      [`${day} 9`]: 100,
      '2020-01-31 9': 100,
    })
    expect(read.find((row) => row.day === day && row.slot === 1)).toMatchObject({
      travellers: 112,
      febrile: 4,
      feverConfirmed: 6,
      secondChecks: 8,
      quarantined: 10,
      turnedBack: 12,
      referred: 14,
      entryMilliseconds: 330_000_000_000,
    })
  })

  const shown = (rows: readonly PostSlotCounts[]): [number, number, number][] =>
    rows
      .map((row): [number, number, number] => [row.postId, row.slot, row.vehicles])
      .sort((a, b) => a[0] - b[0] || a[1] - b[1])

  it('keeps the slots up to the one given apart and adds up those before them', async () => {
    const read = await readLatestPostSlots(db.query, [east, west], { day, last: 5, slotsBack: 3 })
    expect(shown(read)).toEqual([
      [7, 1, 20],
      [7, 2, 10],
      [7, 3, 10],
      [7, 4, 10],
      [7, 5, 10],
      [8, 1, 100],
      [8, 2, 100],
      [8, 9, 100],
    ])
  })

  it('counts back from the last slot of each post where none is given', async () => {
    const read = await readLatestPostSlots(db.query, [east, west], { day, slotsBack: 3 })
    expect(shown(read)).toEqual([
      [7, 1, 20],
      [7, 2, 10],
      [7, 3, 10],
      [7, 4, 10],
      [7, 5, 10],
      [8, 5, 200],
      [8, 9, 100],
    ])
  })
})

describe.each(inject('databaseServers'))('reading the latest findings, on $name', ({ url }) => {
  let test: TestDatabase
  let db: Database
  const dispositions = ['passed', 'advised', 'second-check', 'home-quarantine', 'referred'] as const
  const startMs = Date.parse('2020-01-31T16:00:00Z')
  const minute = 60_000

  /** Every minute from an hour before the local day until an hour after it, in two jurisdictions in turn. */
  const facts = Array.from({ length: 26 * 60 }, (_, index) => ({
    id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    jurisdiction: index % 2 === 0 ? east : west,
    atMs: startMs + (index - 60) * minute,
    disposition: dispositions[index % 7] ?? 'passed',
  }))

  beforeAll(async () => {
    test = await createTestDatabase(url)
    db = openDatabase({ url: test.url })
    await migrate(db.pool)
    await ensurePartitions(db.pool, ['2020-01-31', '2020-02-01'])
    const onDay = (atMs: number): string => new Date(atMs + 8 * 60 * minute).toISOString().slice(0, 10)
    await db.pool.query(
      `insert into screenings (id, jurisdiction, occurred_at, day, disposition, recorded_at, started_at, slot, post_id,
         lane, response_id, rules_version, conveyance_kind, rule_ids, traveller_count, febrile_count, account_id,
         content_digest)
       select f.*, now(), now(), 0, 7, 1, 'r', 1, 'car', '{R1}', 2, 1, gen_random_uuid(), ''
       from unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::date[], $5::text[]) f`,
      [
        facts.map((fact) => fact.id),
        facts.map((fact) => fact.jurisdiction),
        facts.map((fact) => new Date(fact.atMs)),
        facts.map((fact) => onDay(fact.atMs)),
        facts.map((fact) => fact.disposition),
      ],
    )
  })
  afterAll(async () => {
    await db.close()
    await test.drop()
  })

  it.each([
    { places: [east, west], limit: 50 },
    { places: [west], limit: 7 },
    { places: [west, 440404], limit: 5_000 },
  ])('gives the newest $limit of $places', async ({ places, limit }) => {
    const window = { day, from: new Date(startMs), until: new Date(startMs + 24 * 60 * minute), limit }
    const read = await readNotableScreenings(db.query, places, window)
    const expected = facts
      .filter((fact) => places.includes(fact.jurisdiction) && !/passed|advised/.test(fact.disposition))
      .filter((fact) => fact.atMs >= startMs && fact.atMs < startMs + 24 * 60 * minute)
      .sort((a, b) => b.atMs - a.atMs)
      .slice(0, limit)
    expect(read.map((row) => [row.id, row.occurredAt.getTime(), row.disposition])).toEqual(
      expected.map((fact) => [fact.id, fact.atMs, fact.disposition]),
    )
    expect(read[0]).toMatchObject({ postId: 7, lane: 1, travellers: 2, febrile: 1, ruleIds: ['R1'] })
  })
})
