import { openDatabase } from '@guankou/db/database.ts'
import { readMigrations } from '@guankou/db/migrate.ts'
import { describe, expect, inject, it } from 'vitest'
import { migratedTemplate } from './migrated-template.ts'
import { createTestDatabase, type DatabaseTemplate } from './test-database.ts'

async function query(url: string, sql: string): Promise<unknown[]> {
  const { pool } = openDatabase({ url, maxConnections: 1 })
  try {
    return (await pool.query(sql)).rows
  } finally {
    await pool.end()
  }
}

describe.each(inject('databaseServers'))('test databases on $name', ({ name, url }) => {
  it('run on the version their name tells', async () => {
    const [row] = await query(url, 'SHOW server_version')
    expect(`${(row as { server_version: string }).server_version}.`).toContain(`${name.split('-')[1]}.`)
  })

  it('copy a template that is filled once, however many ask at a time', async () => {
    let fills = 0
    const template: DatabaseTemplate = {
      name: 'counting',
      async fill(templateUrl) {
        fills += 1
        await query(templateUrl, 'CREATE TABLE post AS SELECT generate_series(1, 3) AS lane')
      },
    }
    const databases = await Promise.all([1, 2, 3].map(() => createTestDatabase(url, template)))
    expect(fills).toBe(1)
    await query(databases[0]?.url ?? '', 'DELETE FROM post')
    const left = await Promise.all(databases.map((database) => query(database.url, 'SELECT lane FROM post')))
    expect(left.map((rows) => rows.length)).toEqual([0, 3, 3])
    for (const database of databases) await database.drop()
  })

  it('have the newest schema when copied from the migrated template', async () => {
    const database = await createTestDatabase(url, migratedTemplate)
    const [row] = await query(database.url, 'SELECT count(*)::integer AS applied FROM schema_migrations')
    expect(row).toEqual({ applied: (await readMigrations()).length })
    await database.drop()
  })

  it('leave no template behind when filling it fails', async () => {
    const template = (fill: DatabaseTemplate['fill']) => ({ name: 'failing', fill })
    const refusal = createTestDatabase(
      url,
      template(() => Promise.reject(new Error('no seed'))),
    )
    await expect(refusal).rejects.toThrow('no seed')
    const second = await createTestDatabase(
      url,
      template(() => Promise.resolve()),
    )
    await second.drop()
    expect(await query(url, "SELECT datname FROM pg_database WHERE datname LIKE 'unfinished%'")).toEqual([])
  })
})
