import { randomBytes, randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { systemErrorCode } from './system-error.ts'

/**
 * How processes of the same user reach the embedded PostgreSQL; kept in `connection.json`, mode 0600.
 * `running` is null once it was stopped in order.
 */
export type ConnectionFile = {
  readonly host: '127.0.0.1'
  readonly port: number
  readonly user: 'guankou'
  readonly database: 'guankou'
  readonly password: string
  readonly running: {
    readonly postgresPid: number
    readonly ownerPid: number
    readonly version: string
  } | null
}

/** @param port of this machine's 127.0.0.1 */
export function newConnection(port: number): ConnectionFile {
  const password = randomBytes(32).toString('base64url')
  return { host: '127.0.0.1', port, user: 'guankou', database: 'guankou', password, running: null }
}

/** The form `DATABASE_URL` has. The password needs no escaping: it is base64url. */
export function connectionUrl({ user, password, host, port, database }: ConnectionFile): string {
  return `postgresql://${user}:${password}@${host}:${port}/${database}`
}

/** @returns undefined when there is none or it cannot be understood; a start then sets a new password */
export async function readConnection(file: string): Promise<ConnectionFile | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    const parsed: unknown = JSON.parse(text)
    return isConnectionFile(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Writes the file as a whole or not at all, and waits until it is on disk. */
export async function writeConnection(file: string, connection: ConnectionFile): Promise<void> {
  const fresh = `${file}.${randomUUID().slice(0, 8)}`
  try {
    const handle = await open(fresh, 'wx', 0o600)
    try {
      await handle.writeFile(`${JSON.stringify(connection, null, 2)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(fresh, file)
  } catch (error) {
    await rm(fresh, { force: true })
    throw error
  }
  await syncFolder(path.dirname(file))
}

/** Makes renames inside a folder durable. Windows cannot open folders and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isConnectionFile(value: unknown): value is ConnectionFile {
  if (typeof value !== 'object' || value === null) return false
  const { host, port, user, password, database, running } = value as Record<string, unknown>
  return (
    host === '127.0.0.1' &&
    Number.isInteger(port) &&
    user === 'guankou' &&
    database === 'guankou' &&
    typeof password === 'string' &&
    /^[\w-]{20,}$/.test(password) &&
    (running === null || isRunning(running))
  )
}

function isRunning(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { postgresPid, ownerPid, version } = value as Record<string, unknown>
  return Number.isInteger(postgresPid) && Number.isInteger(ownerPid) && typeof version === 'string'
}
