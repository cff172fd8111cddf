import { rm } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { diskFull, permissionDenied } from './launch-error.ts'

/** A held lock. It ends with `release()` or with the process, however that ends. */
export type FolderLock = { release(): void }

const sqliteBusy = 5
const sqliteReadOnly = 8
const sqliteFull = 13
const sqliteCannotOpen = 14
const sqliteNotADatabase = 26

/**
 * Takes the exclusive lock of a data folder, without waiting.
 *
 * Node has no file lock of its own, and a file that names a process id lies after a crash, a reboot or in another
 * container. SQLite's exclusive lock is one of the operating system: it goes when the process goes, SIGKILL included.
 * The file stays empty; with the journal off nothing is ever written to it.
 * @returns undefined when another process, or another caller in this one, holds it
 * @throws LaunchError PERMISSION when the file may not be opened for writing, DISK_FULL
 */
export async function takeFolderLock(lockFile: string): Promise<FolderLock | undefined> {
  const database = openExclusively(lockFile)
  if (database !== 'not-a-database') return database
  await rm(lockFile, { force: true })
  const second = openExclusively(lockFile)
  return second === 'not-a-database' ? undefined : second
}

function openExclusively(lockFile: string): FolderLock | undefined | 'not-a-database' {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(lockFile, { timeout: 0 })
    database.exec('PRAGMA journal_mode = OFF')
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database?.close()
    const sqliteCode = sqliteCodeOf(error)
    if (sqliteCode === sqliteBusy) return undefined
    if (sqliteCode === sqliteNotADatabase) return 'not-a-database'
    if (sqliteCode === sqliteCannotOpen || sqliteCode === sqliteReadOnly)
      throw permissionDenied(lockFile, 'it cannot be opened for writing', error)
    if (sqliteCode === sqliteFull) throw diskFull(path.dirname(lockFile), undefined, error)
    throw error
  }
  const held = database
  return {
    release() {
      if (held.isOpen) held.close()
    },
  }
}

function sqliteCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined
}
