import { sql, type Transaction } from 'kysely'
import type { Database } from '#src/database.ts'
import type { Tables } from '#src/rows/tables.ts'

/**
 * Runs the reads and writes of one request in one transaction that names the area of whoever asks: row-level security
 * holds everything in it to that area, whatever the statements say.
 * @param areaCode  division code of the actor; everything in it is visible
 */
export const inArea = <T>(
  db: Database,
  areaCode: number,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> =>
  db.query.transaction().execute(async (transaction) => {
    if (!Number.isSafeInteger(areaCode)) throw new TypeError('an area is a division code')
    await sql`set local app.area = ${sql.lit(String(areaCode))}`.execute(transaction)
    return work(transaction)
  })
