import { randomBytes } from 'node:crypto'
import { openDatabase } from '@guankou/db/database.ts'

/** A database of one test file's own. */
export type TestDatabase = {
  readonly url: string
  readonly name: string
  /** Ends what is still connected and removes it. */
  drop(): Promise<void>
}

/** A database to copy from, made once per server by whichever test comes first. */
export type DatabaseTemplate = {
  /** Lower-case letters, digits and underscores. Another content needs another name. */
  readonly name: string
  /** Fills the new empty database. */
  fill(url: string): Promise<void>
}

/**
 * Makes a fresh database on a server of `inject('databaseServers')`: empty, or a copy of a template.
 * @example
 * describe.each(inject('databaseServers'))('roll-ups on $name', ({ url }) => {
 *   beforeAll(async () => { database = await createTestDatabase(url, migratedTemplate) })
 *   afterAll(() => database.drop())
 * })
 */
export async function createTestDatabase(
  serverUrl: string,
  template?: DatabaseTemplate,
): Promise<TestDatabase> {
  const source = template === undefined ? 'template1' : await makeTemplate(serverUrl, template)
  const name = `test_${randomBytes(8).toString('hex')}`
  await onServer(serverUrl, (connection) => connection.query(`CREATE DATABASE ${name} TEMPLATE ${source}`))
  return {
    url: databaseUrl(serverUrl, name),
    name,
    drop: () =>
      onServer(serverUrl, async (connection) => {
        await connection.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      }),
  }
}

/** Any number; tests that start at once make a template one after the other under it. */
const templateLock = 482_913

async function makeTemplate(serverUrl: string, template: DatabaseTemplate): Promise<string> {
  if (!/^[a-z0-9_]+$/.test(template.name)) throw new Error(`${template.name} cannot name a template`)
  const name = `template_${template.name}`
  await onServer(serverUrl, async (connection) => {
    await connection.query('SELECT pg_advisory_lock($1)', [templateLock])
    const { rowCount } = await connection.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount) return
    // Filled under another name: a fill that fails leaves no half template behind.
    const unfinished = `unfinished_${randomBytes(8).toString('hex')}`
    await connection.query(`CREATE DATABASE ${unfinished}`)
    try {
      await template.fill(databaseUrl(serverUrl, unfinished))
      // A connection that its client has closed may live on the server a moment longer.
      await connection.query(
        'SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1',
        [unfinished],
      )
      await connection.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`)
    } catch (error) {
      await connection.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`)
      throw error
    }
  })
  return name
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** One connection, so that a lock taken on it lasts while the work does. */
type Connection = {
  query(sql: string, values?: unknown[]): Promise<{ readonly rowCount: number | null }>
}

async function onServer<T>(serverUrl: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const { pool } = openDatabase({ url: serverUrl, maxConnections: 1 })
  const connection = await pool.connect()
  try {
    return await work(connection)
  } finally {
    connection.release(true)
    await pool.end()
  }
}
