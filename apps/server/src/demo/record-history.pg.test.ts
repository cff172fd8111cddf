import { type Database, openDatabase } from '@guankou/db/database.ts'
import { migrate } from '@guankou/db/migrate.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { openTestKeys } from '../../tests-support/test-keys.ts'
import type { KeyCustody } from '../identity/key-custody.ts'
import { loadDemoCity } from './load-demo-city.ts'
import { recordHistory } from './record-history.ts'

const startMs = Date.parse('2026-03-02T04:00:00Z')
const tenMinutesMs = 600_000
const log = pino({ level: 'silent' })

describe.each(inject('databaseServers'))(
  'recording the past in a process of its own, on $name',
  ({ url }) => {
    let test: TestDatabase
    let db: Database
    let keys: KeyCustody
    const parts = () => ({ db, keys, log })

    beforeEach(async () => {
      test = await createTestDatabase(url)
      db = openDatabase({ url: test.url })
      await migrate(db.pool)
      keys = await openTestKeys(test.url)
      await loadDemoCity(db, startMs)
      await db.pool.query("insert into post_day_states values (440402, '2026-03-02', 1, $1)", [
        new Date(startMs - tenMinutesMs),
      ])
    })
    afterEach(async () => {
      await db.close()
      await test.drop()
    })

    const stored = async () => {
      const { rows } = await db.pool.query<{ count: number; least: Date | null; most: Date | null }>(
        'select count(*) as count, min(occurred_at) as least, max(occurred_at) as most from screenings',
      )
      return rows[0]
    }

    it('goes from the last record to the start, and tells what it came to', async () => {
      const signal = new AbortController().signal
      const told: number[] = []
      const result = await recordHistory(parts(), { startMs, signal, onRecorded: (done) => told.push(done) })
      expect(result.recorded).toBeGreaterThan(10)
      expect(result.refused.size).toBe(0)
      expect(told.every((done) => done <= result.recorded)).toBe(true)
      const facts = await stored()
      expect(facts?.count).toBe(result.recorded)
      expect(facts?.least?.getTime()).toBeGreaterThanOrEqual(startMs - tenMinutesMs)
      expect(facts?.most?.getTime()).toBeLessThan(startMs)
    })

    it('stops when it is told to', async () => {
      const options = { startMs, signal: AbortSignal.abort(), onRecorded: () => undefined }
      const result = await recordHistory(parts(), options)
      expect(result.recorded).toBe((await stored())?.count)
    })

    it('says so where it could not', async () => {
      const away = { ...parts(), db: { ...db, url: 'postgresql://nobody@127.0.0.1:1/none' } }
      const options = { startMs, signal: new AbortController().signal, onRecorded: () => undefined }
      await expect(recordHistory(away, options)).rejects.toThrow('ended with')
      expect((await stored())?.count).toBe(0)
    })
  },
)
