import { openDatabase } from '@guankou/db/database.ts'
import { migrate } from '@guankou/db/migrate.ts'
import type { DatabaseTemplate } from './test-database.ts'

/** A database with the newest schema and no rows. */
export const migratedTemplate: DatabaseTemplate = {
  name: 'migrated',
  async fill(url) {
    const { pool } = openDatabase({ url, maxConnections: 2 })
    try {
      await migrate(pool)
    } finally {
      await pool.end()
    }
  },
}
