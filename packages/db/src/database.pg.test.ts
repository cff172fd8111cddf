import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Database, isConnectionLost, openDatabase } from './database.ts'

describe.each(inject('databaseServers'))(
  'a connection that breaks while it is borrowed, on $name',
  ({ url }) => {
    let test: TestDatabase
    let db: Database
    const told: Error[] = []

    beforeAll(async () => {
      test = await createTestDatabase(url)
      db = openDatabase({ url: test.url, onIdleError: (error) => told.push(error) })
    })
    afterAll(async () => {
      await db.close()
      await test.drop()
    })

    it.each(['pool', 'writers'] as const)(
      'fails the next statement of its borrower and nothing else, in %s',
      async (name) => {
        told.length = 0
        const client = await db[name].connect()
        try {
          const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
          const ended = new Promise((resolve) => client.once('end', resolve))
          const other = openDatabase({ url: test.url, maxConnections: 1 })
          await other.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
          await other.close()
          await ended
          expect(told.length).toBeGreaterThan(0)
          expect(told.filter((error) => !isConnectionLost(error))).toEqual([])
          const failure = await client.query('select 1').catch((error: unknown) => error)
          expect(isConnectionLost(failure)).toBe(true)
        } finally {
          client.release()
        }
        expect((await db[name].query('select 1 as one')).rows).toEqual([{ one: 1 }])
      },
    )
  },
)
