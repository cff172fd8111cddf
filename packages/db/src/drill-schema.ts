import type pg from 'pg'
import { openDatabase } from '#src/database.ts'

/** The schema that holds everything of a drill. */
export const drillSchema = 'drill'

/**
 * The address of the drill in the database of an address: every connection made with it finds the tables of the drill
 * alone, because no other schema is on its search path.
 */
export const drillUrl = (url: string): string => {
  const address = new URL(url)
  address.searchParams.set('options', `-c search_path=${drillSchema}`)
  return address.href
}

/** Makes the schema where it is missing. @param url  of the database, not of the drill */
export const makeDrillSchema = async (url: string): Promise<void> => {
  await onDatabase(url, (pool) => pool.query(`create schema if not exists ${drillSchema}`))
}

/** Removes the drill with everything in it. @param url  of the database, not of the drill */
export const dropDrillSchema = async (url: string): Promise<void> => {
  await onDatabase(url, (pool) => pool.query(`drop schema if exists ${drillSchema} cascade`))
}

/** Whether there is a drill in a database. @param url  of the database, not of the drill */
export const hasDrillSchema = (url: string): Promise<boolean> =>
  onDatabase(url, async (pool) => {
    const { rowCount } = await pool.query('select 1 from pg_namespace where nspname = $1', [drillSchema])
    return (rowCount ?? 0) > 0
  })

const onDatabase = async <T>(url: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> => {
  const db = openDatabase({ url, maxConnections: 1 })
  try {
    return await work(db.pool)
  } finally {
    await db.close()
  }
}
