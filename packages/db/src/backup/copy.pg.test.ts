import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Database, openDatabase } from '#src/database.ts'
import { copyIn, copyOut } from './copy.ts'

const rows = 120_000

describe.each(inject('databaseServers'))('COPY on $name', ({ url }) => {
  let database: TestDatabase
  let db: Database
  let client: pg.PoolClient
  beforeAll(async () => {
    database = await createTestDatabase(url)
    db = openDatabase({ url: database.url, maxConnections: 2 })
    client = await db.pool.connect()
    // More than any buffer on the way holds, and every row another one.
    await client.query(
      `create table source as select n, md5(n::text) as a, repeat(md5((n * 7)::text), n % 9) as b from generate_series(1, ${rows}) n`,
    )
    await client.query('create table target (like source)')
  })
  afterAll(async () => {
    client.release()
    await db.close()
    await database.drop()
  })
  const out = 'copy source to stdout (format binary)'
  const into = 'copy target from stdin (format binary)'
  const differences = async (): Promise<number> => {
    const { rows: found } = await client.query<{ count: number }>(
      `select count(*)::integer as count from (
        (table source except table target) union all (table target except table source)) d`,
    )
    return found[0]?.count ?? Number.NaN
  }

  it('gives every row as it is to a slow reader, and takes every one back', async () => {
    const copy = copyOut(client, out)
    const chunks: Buffer[] = []
    for await (const chunk of copy.chunks) {
      if (chunks.length % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 3))
      chunks.push(chunk)
    }
    expect(copy.rows()).toBe(rows)
    expect(chunks.length).toBeGreaterThan(3)
    const source = async function* () {
      yield* chunks
    }
    expect(await copyIn(client, into, source())).toBe(rows)
    expect(await differences()).toBe(0)
  })

  it('hands on what the database says, and can be used afterwards', async () => {
    const read = async (text: string) => {
      for await (const chunk of copyOut(client, text).chunks) void chunk.length
    }
    await expect(read('copy nowhere to stdout')).rejects.toMatchObject({ code: '42P01' })
    await expect(read('copy (select 1 / (n - 5000) from source) to stdout')).rejects.toMatchObject({
      code: '22012',
    })
    const nonsense = async function* () {
      yield Buffer.from('no rows')
    }
    await expect(copyIn(client, into, nonsense())).rejects.toMatchObject({ code: '22P04' })
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('writes nothing where the source fails', async () => {
    await client.query('truncate target')
    const broken = async function* () {
      for await (const chunk of copyOut(other, out).chunks) {
        yield chunk
        throw new Error('the disk went away')
      }
    }
    const other = await db.pool.connect()
    await expect(copyIn(client, into, broken())).rejects.toThrow('the disk went away')
    other.release(true)
    expect((await client.query('select count(*)::integer as count from target')).rows).toEqual([{ count: 0 }])
  })
})
