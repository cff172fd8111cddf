import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { anAccountId, aStoredScreening } from '@guankou/testkit/factories/stored-screening.ts'
import { migratedTemplate } from '@guankou/testkit/postgres/migrated-template.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Database, openDatabase } from '#src/database.ts'
import { ensurePartitions } from '#src/partitions.ts'
import { NotCommittedError } from '#src/pipelined.ts'
import { commitScreenings, findRecordedAt } from './commit-screenings.ts'
import type { StoredScreening } from './insert-screenings.ts'

const jurisdiction = 440402
const nowMs = Date.parse('2020-01-23T15:00:00.000Z')

const batchOf = (screenings: readonly StoredScreening[], namedStatements = true) => ({
  jurisdiction,
  screenings,
  nowMs,
  namedStatements,
  auditOf: (screening: StoredScreening, outcome: string) => ({
    accountId: anAccountId,
    deviceId: null,
    action: 'screening.record',
    subject: screening.fact.id,
    outcome,
    detail: null,
  }),
  changeOf: (facts: readonly unknown[]) => (facts.length === 0 ? null : { screenings: facts.length }),
})

describe.each(inject('databaseServers'))('a batch of screenings on $name', ({ url }) => {
  let database: TestDatabase
  let db: Database
  let serial = 0
  beforeAll(async () => {
    database = await createTestDatabase(url, migratedTemplate)
    db = openDatabase({ url: database.url })
    await ensurePartitions(db.pool, ['2020-01-23'])
  })
  afterAll(async () => {
    await db.close()
    await database.drop()
  })
  const fresh = (overrides: Parameters<typeof aStoredScreening>[1] = {}) =>
    aStoredScreening(aScreening({ travellers: [aTraveller(), aTraveller({ seat: 2 })] }, ++serial), overrides)
  const commit = async (screenings: readonly StoredScreening[], named = true) => {
    const client = await db.writers.connect()
    try {
      return await commitScreenings(client, batchOf(screenings, named))
    } finally {
      client.release()
    }
  }
  const counts = async () => {
    const tables = [
      'screenings',
      'screening_travellers',
      'audit_entries',
      'audit_links',
      'outbox',
      'rollup_post_slots',
    ]
    const found: Record<string, number> = {}
    for (const table of tables) {
      const { rows } = await db.pool.query<{ count: number }>(`select count(*) as count from ${table}`)
      found[table] = rows[0]?.count ?? 0
    }
    return found
  }

  it.each([true, false])('stores all that belongs to it, named statements %s', async (named) => {
    const before = await counts()
    const outcomes = await commit([fresh(), fresh(), fresh()], named)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['new', 'new', 'new'])
    const after = await counts()
    const added = Object.fromEntries(
      Object.entries(after).map(([table, count]) => [table, count - (before[table] ?? 0)]),
    )
    expect(added).toMatchObject({
      screenings: 3,
      screening_travellers: 6,
      audit_entries: 3,
      audit_links: 1,
      outbox: 1,
    })
  })

  it('tells new, duplicate and reused apart, and audits each', async () => {
    const [known, other, first] = [fresh(), fresh(), fresh()]
    await commit([known, other])
    const late = { ...known, recordedAtMs: known.recordedAtMs + 9_000 }
    const changed = { ...other, contentDigest: Buffer.alloc(16, 99) }
    const outcomes = await commit([late, first, changed])
    expect(outcomes).toEqual([
      { id: known.fact.id, outcome: 'duplicate', recordedAtMs: known.recordedAtMs },
      { id: first.fact.id, outcome: 'new', recordedAtMs: first.recordedAtMs },
      { id: other.fact.id, outcome: 'id-reused', recordedAtMs: other.recordedAtMs },
    ])
    const { rows } = await db.pool.query(
      'select outcome from audit_entries order by seq desc, position limit 3',
    )
    expect(rows).toEqual([{ outcome: 'duplicate' }, { outcome: 'new' }, { outcome: 'id-reused' }])
  })

  it('adds nothing to roll-ups or feed where nothing was new', async () => {
    const known = fresh()
    await commit([known])
    const before = await db.pool.query('select * from rollup_post_slots order by slot')
    const { outbox } = await counts()
    await commit([known])
    expect((await db.pool.query('select * from rollup_post_slots order by slot')).rows).toEqual(before.rows)
    expect((await counts()).outbox).toBe(outbox)
  })

  it.each([
    ['a slot that no day has', (one: StoredScreening) => ({ ...one, fact: { ...one.fact, slot: 72 } })],
    [
      'a lane that no number holds',
      (one: StoredScreening) => ({ ...one, fact: { ...one.fact, lane: 70_000 } }),
    ],
    ['no digest', (one: StoredScreening) => ({ ...one, contentDigest: null as unknown as Buffer })],
    [
      'a day without partition',
      (one: StoredScreening) => ({ ...one, fact: { ...one.fact, occurredAtMs: 0 } }),
    ],
    [
      'the same seat twice',
      (one: StoredScreening) => ({
        ...one,
        fact: { ...one.fact, travellers: [...one.fact.travellers, ...one.fact.travellers] },
        identities: [...one.identities, ...one.identities],
      }),
    ],
  ])('is written not at all with %s in it, and leaves the connection fit for the next', async (_, spoil) => {
    const before = await counts()
    const client = await db.writers.connect()
    try {
      await expect(
        commitScreenings(client, batchOf([fresh(), spoil(fresh()), fresh()])),
      ).rejects.toMatchObject({
        code: expect.stringMatching(/^2[23]/),
      })
      expect(await counts()).toEqual(before)
      expect(await commitScreenings(client, batchOf([fresh()]))).toMatchObject([{ outcome: 'new' }])
    } finally {
      client.release()
    }
  })

  it('is found again by its content alone', async () => {
    const { fact, contentDigest, recordedAtMs } = fresh()
    await commit([{ ...fresh(), fact, contentDigest, recordedAtMs }])
    expect(await findRecordedAt(db.query, fact, [Buffer.alloc(16), contentDigest])).toBe(recordedAtMs)
    expect(await findRecordedAt(db.query, fact, [Buffer.alloc(16, 98)])).toBeUndefined()
    expect(await findRecordedAt(db.query, { ...fact, jurisdiction: 440403 }, [contentDigest])).toBeUndefined()
  })

  it('holds texts that could be mistaken for the array they travel in', async () => {
    for (const odd of ['{a,b}', 'NULL', '"', '\\', '', ' ', '\n', 'a"b\\c,{d}', '粤']) {
      const one = fresh({ accountId: anAccountId })
      const strange = { ...one, fact: { ...one.fact, responseId: odd } }
      await commit([strange, fresh()])
      const { rows } = await db.pool.query('select response_id from screenings where id = $1', [one.fact.id])
      expect(rows).toEqual([{ response_id: odd }])
    }
  })
})

describe('a commit', () => {
  it('that the server turned into a rollback is an error, and the connection is rolled back', async () => {
    const sent: string[] = []
    const rows = { seq: 0, hash: Buffer.alloc(32) }
    const one = aStoredScreening()
    // Answers as PostgreSQL does where a transaction had failed before its commit: the command says ROLLBACK.
    const client = {
      query: async (statement: string | { text: string }) => {
        const text = typeof statement === 'string' ? statement : statement.text
        sent.push(text)
        if (text === 'commit') return { command: 'ROLLBACK', rows: [] }
        if (text.includes('insert into screenings '))
          return { command: 'INSERT', rows: [{ id: one.fact.id }] }
        return { command: 'INSERT', rows: [rows] }
      },
    } as unknown as pg.ClientBase
    await expect(commitScreenings(client, batchOf([one]))).rejects.toBeInstanceOf(NotCommittedError)
    expect(sent.at(-1)).toBe('rollback')
  })
})
