import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { oneStatementAtATime } from '#src/one-statement.ts'
import type { Tables } from '#src/rows/tables.ts'

const dateOid = 1082
const bigintOid = 20

/** Dates stay text (a calendar day has no time zone); bigint becomes a number where it fits, and throws where not. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === dateOid) return (text: string) => text
    if (format !== 'binary' && oid === bigintOid)
      return (text: string) => {
        const value = Number(text)
        if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`)
        return value
      }
    return pg.types.getTypeParser(oid, format as 'text')
  }) as typeof pg.types.getTypeParser,
}

export type DatabaseOptions = {
  readonly url: string
  readonly maxConnections?: number
  /** False behind a transaction pooler such as pgbouncer. */
  readonly namedStatements?: boolean
  readonly applicationName?: string
  readonly onIdleError?: (error: Error) => void
}

/** The database: `query` (Kysely) for everything but the hot path, `writers` for the batch writer alone. */
export type Database = {
  readonly pool: pg.Pool
  /** Connections that send statements without waiting for the answer to the one before. */
  readonly writers: pg.Pool
  readonly query: Kysely<Tables>
  readonly namedStatements: boolean
  readonly url: string
  readonly close: () => Promise<void>
}

/** Oldest PostgreSQL that the SQL here is written for. */
export const oldestServerMajor = 15

/** Batches of different jurisdictions may be under way at once, up to this many. */
const maxWriters = 4

/** Opens the pools; connects on first use. Connections that break are dropped, not thrown, in use or not. */
export const openDatabase = (options: DatabaseOptions): Database => {
  const settings: pg.PoolConfig = {
    connectionString: options.url,
    types,
    application_name: options.applicationName ?? 'guankou',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  }
  const pool = new pg.Pool({ ...settings, max: options.maxConnections ?? 12 })
  const writers = new pg.Pool({ ...settings, max: maxWriters, pipeline: true } as pg.PoolConfig)
  const tell = (error: Error): void => options.onIdleError?.(error)
  for (const each of [pool, writers]) {
    each.on('error', tell)
    // The pool listens only while nobody has borrowed the connection. One that breaks between two statements of its
    // borrower says so by an event, and an event that nobody hears ends the process; the next statement fails anyway.
    each.on('connect', (client) => client.on('error', tell))
  }
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: oneStatementAtATime(pool) }) })
  return {
    pool,
    writers,
    query,
    namedStatements: options.namedStatements ?? true,
    url: options.url,
    close: async () => {
      // Kysely ends the pool only where it was used; ending it here covers both.
      await query.destroy()
      await Promise.all([pool.ended ? undefined : pool.end(), writers.end()])
    },
  }
}

/** Major version of the server, and whether we support it. */
export const serverMajor = async (pool: pg.Pool): Promise<number> => {
  const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num')
  return Math.floor(Number(rows[0]?.server_version_num ?? 0) / 10_000)
}

const lostConnectionCodes = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '08000',
  '08003',
  '08006',
  '08001',
  '53300', // too_many_connections
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
])

/** Whether an error says that the database cannot be reached now, so that trying again later may help. */
export const isConnectionLost = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: string }
  if (code !== undefined && lostConnectionCodes.has(code)) return true
  return /Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered/i.test(
    error.message,
  )
}
