import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Database, openDatabase } from '#src/database.ts'
import { migrate } from '#src/migrate.ts'
import { type PostSlotCounts, readLatestPostSlots, readSlots } from './read-rollups.ts'

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
