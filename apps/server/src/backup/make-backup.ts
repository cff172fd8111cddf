import { randomBytes } from 'node:crypto'
import {
  copyRange,
  type PageRange,
  rangeBytes,
  rangesOf,
  readRangeState,
} from '@guankou/db/backup/page-range.ts'
import {
  type BackupReader,
  inSnapshot,
  openSnapshot,
  type Snapshot,
  type StoredTable,
} from '@guankou/db/backup/snapshot.ts'
import type { Database } from '@guankou/db/database.ts'
import { BackupError } from '#src/backup/backup-error.ts'
import type { BackupPart, Manifest } from '#src/backup/manifest.ts'
import {
  addPart,
  beginRun,
  notePart,
  prune,
  type Repository,
  readNotes,
  writeManifest,
} from '#src/backup/repository.ts'
import { version } from '#src/version.ts'

export type BackupOptions = {
  readonly db: Database
  readonly repository: Repository
  /** Whether rows that an earlier backup holds are referred to instead of copied again. */
  readonly incremental: boolean
  readonly keep?: number
  readonly now: () => number
  readonly onProgress?: (bytes: number, total: number) => void
}

export type BackupMade = {
  readonly manifest: Manifest
  readonly copied: number
  readonly reused: number
  readonly removed: number
}

const readers = 2

type Job = { readonly table: StoredTable; readonly range: PageRange }
type Done = {
  readonly job: Job
  readonly rows: number
  readonly part: BackupPart | null
  readonly isReused: boolean
}

const undefinedTable = '42P01'

/** One range of one table: taken over where a part of it is still true, copied otherwise. */
const backUpRange = async (
  client: BackupReader,
  { repository }: BackupOptions,
  known: ReadonlyMap<string, BackupPart>,
  run: string,
  job: Job,
): Promise<Done> => {
  const { table, range } = job
  const { rows, fingerprint } = await readRangeState(client, table, range)
  if (rows === 0) return { job, rows, part: null, isReused: false }
  const before = known.get(fingerprint)
  if (before !== undefined) return { job, rows, part: before, isReused: true }
  const id = randomBytes(16).toString('hex')
  const copy = copyRange(client, table, range)
  const written = await addPart(repository, id, copy.chunks)
  if (copy.rows() !== rows) throw new Error(`${table.name} gave ${copy.rows()} rows instead of ${rows}`)
  const part = { id, table: table.name, fingerprint, rows, ...written, run }
  await notePart(repository, part)
  return { job, rows, part, isReused: false }
}

/** Takes jobs from the list until it is empty, or somebody fails. */
const work = async (
  options: BackupOptions,
  snapshot: Snapshot,
  jobs: Iterator<Job>,
  each: (client: BackupReader, job: Job) => Promise<void>,
): Promise<void> => {
  const client = await options.db.pool.connect()
  let broken: Error | undefined
  try {
    for (let next = jobs.next(); next.done !== true; next = jobs.next())
      await inSnapshot(client, snapshot.name, () => each(client, next.value))
  } catch (error) {
    broken = error as Error
    if ((error as { code?: string }).code === undefinedTable)
      throw new BackupError(
        'place',
        {
          en: 'A table was dropped while the backup ran, by retention perhaps; run it again, what was copied is kept.',
          zh: '备份期间有表被删除（可能是到期清除），请重新运行，已复制的部分会保留。',
        },
        { cause: error },
      )
    throw error
  } finally {
    // A copy that was broken off would go on sending into whatever is asked next.
    client.release(broken)
  }
}

const manifestOf = (
  snapshot: Snapshot,
  done: readonly Done[],
  id: string,
  at: string,
  server: string,
): Manifest => {
  const byTable = Map.groupBy(done, ({ job }) => job.table.name)
  return {
    format: 1,
    id,
    createdAt: at,
    release: version,
    server,
    migrations: [...snapshot.migrations],
    tables: snapshot.tables.map(({ name, partition, columns }) => {
      const own = byTable.get(name) ?? []
      return {
        name,
        partition,
        columns: [...columns],
        rows: own.reduce((sum, { rows }) => sum + rows, 0),
        parts: own.flatMap(({ part }) => (part === null ? [] : [part.id])),
      }
    }),
    parts: done.flatMap(({ part }) => (part === null ? [] : [part])),
    sequences: [...snapshot.sequences],
    chainEnds: [...snapshot.chainEnds],
  }
}

const copyAll = async (options: BackupOptions, snapshot: Snapshot, run: string): Promise<Done[]> => {
  const known = new Map(
    [...(await readNotes(options.repository))].filter(([, part]) => options.incremental || part.run === run),
  )
  const list = snapshot.tables.flatMap((table) => rangesOf(table).map((range): Job => ({ table, range })))
  const total = list.reduce((sum, { table, range }) => sum + rangeBytes(table, range), 0)
  const done: Done[] = []
  let bytes = 0
  let isFailing = false
  const jobs = (function* () {
    for (const job of list) {
      if (isFailing) return
      yield job
    }
  })()
  const reading = Array.from({ length: readers }, () =>
    work(options, snapshot, jobs, async (client, job) => {
      done.push(await backUpRange(client, options, known, run, job))
      bytes += rangeBytes(job.table, job.range)
      options.onProgress?.(bytes, total)
    }).catch((error: unknown) => {
      isFailing = true
      throw error
    }),
  )
  const ends = await Promise.allSettled(reading)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  const place = new Map(list.map((job, index) => [job, index]))
  return done.toSorted((a, b) => (place.get(a.job) ?? 0) - (place.get(b.job) ?? 0))
}

/**
 * Copies a database as it is at one instant, while it is written to. Readers share the instant by an exported snapshot and
 * hold each table for as long as its copy takes. A run that was ended goes on with the parts it has, as far as their rows
 * are still the same.
 * @throws BackupError; then no backup has come into being
 */
export const makeBackup = async (options: BackupOptions): Promise<BackupMade> => {
  const { db, repository, now } = options
  const run = await beginRun(repository, randomBytes(16).toString('hex'))
  const holder = await db.pool.connect()
  try {
    const at = new Date(now()).toISOString()
    const snapshot = await openSnapshot(holder, run)
    const { rows } = await holder.query<{ server_version: string }>('show server_version')
    const done = await copyAll(options, snapshot, run)
    const id = `${at.replaceAll(/[:.]/g, '')}-${randomBytes(3).toString('hex')}`
    const manifest = manifestOf(snapshot, done, id, at, rows[0]?.server_version ?? '')
    await writeManifest(repository, manifest)
    const parts = done.filter(({ part }) => part !== null)
    return {
      manifest,
      copied: parts.filter(({ isReused }) => !isReused).length,
      reused: parts.filter(({ isReused }) => isReused).length,
      removed: await prune(repository, options.keep),
    }
  } finally {
    await holder.query('rollback').catch(() => undefined)
    holder.release()
  }
}
