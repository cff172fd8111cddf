import {
  beginRestore,
  completeTables,
  endRestore,
  loadRows,
  makePartitions,
  prepareTables,
  readPlace,
} from '@guankou/db/backup/load.ts'
import type { Database } from '@guankou/db/database.ts'
import { migrate, readMigrations } from '@guankou/db/migrate.ts'
import { BackupError, damagedPart } from '#src/backup/backup-error.ts'
import type { BackupPart, Manifest } from '#src/backup/manifest.ts'
import { type Repository, readRows } from '#src/backup/repository.ts'

const writers = 2

export type RestoreOptions = {
  readonly db: Database
  readonly repository: Repository
  readonly manifest: Manifest
  readonly onProgress?: (bytes: number, total: number) => void
}

const requireKnownSchema = async ({ migrations, release }: Manifest): Promise<void> => {
  const known = new Set((await readMigrations()).map(({ name }) => name))
  const unknown = migrations.filter((name) => !known.has(name))
  if (unknown.length > 0)
    throw new BackupError('input', {
      en: `This backup was made by a newer release (${release}, ${unknown[0]}); install that one first.`,
      zh: `此备份由更新的版本（${release}）制作，请先安装该版本。`,
    })
}

const requireEmpty = async ({ db }: RestoreOptions): Promise<void> => {
  const client = await db.pool.connect()
  try {
    if ((await readPlace(client)) === 'taken')
      throw new BackupError('place', {
        en: 'The database is not empty; a restore never writes over anything. Name an empty database or a new data folder.',
        zh: '数据库不是空的；恢复不会覆盖任何数据，请指定空数据库或新的数据文件夹。',
      })
  } finally {
    client.release()
  }
}

const loadPart = async (
  { db, repository }: RestoreOptions,
  table: Manifest['tables'][number],
  part: BackupPart,
): Promise<void> => {
  const client = await db.pool.connect()
  try {
    const rows = await loadRows(client, table, readRows(repository, part))
    if (rows !== part.rows)
      throw damagedPart(`part ${part.id} (table ${part.table})`, `holds ${rows} rows, not ${part.rows}`)
  } finally {
    client.release()
  }
}

const loadAll = async (options: RestoreOptions): Promise<void> => {
  const { manifest } = options
  const parts = new Map(manifest.parts.map((part) => [part.id, part]))
  const jobs = manifest.tables.flatMap((table) =>
    table.parts.map((id) => {
      const part = parts.get(id)
      if (part === undefined) throw damagedPart(`the manifest of ${manifest.id}`, `names no part ${id}`)
      return { table, part }
    }),
  )
  const total = jobs.reduce((sum, { part }) => sum + part.bytes, 0)
  let bytes = 0
  const next = jobs.values()
  let isFailing = false
  const write = async (): Promise<void> => {
    for (const { table, part } of next) {
      if (isFailing) return
      await loadPart(options, table, part)
      bytes += part.bytes
      options.onProgress?.(bytes, total)
    }
  }
  const writing = Array.from({ length: writers }, () =>
    write().catch((error: unknown) => {
      isFailing = true
      throw error
    }),
  )
  for (const end of await Promise.allSettled(writing)) if (end.status === 'rejected') throw end.reason
}

/**
 * Writes a backup into an empty database. Until it is done the database carries a mark that keeps every server off; a restore
 * that was ended begins anew.
 * @throws BackupError where the place is taken, or the backup is damaged or of a newer release
 */
export const restoreBackup = async (options: RestoreOptions): Promise<void> => {
  const { db, manifest } = options
  await requireKnownSchema(manifest)
  await requireEmpty(options)
  const client = await db.pool.connect()
  try {
    await beginRestore(client, manifest.id)
    await migrate(db.pool, new Set(manifest.migrations))
    await makePartitions(client, manifest.tables)
    const keys = await prepareTables(client)
    await loadAll(options)
    await completeTables(client, keys, manifest.sequences)
    await endRestore(client)
  } finally {
    client.release()
  }
  await migrate(db.pool)
}

/** Reads every part of a backup and checks it, without a database. @throws BackupError naming the part */
export const checkBackup = async (
  repository: Repository,
  manifest: Manifest,
  onProgress?: (bytes: number, total: number) => void,
): Promise<void> => {
  const total = manifest.parts.reduce((sum, part) => sum + part.bytes, 0)
  let bytes = 0
  for (const part of manifest.parts) {
    // The reading is the check.
    for await (const chunk of readRows(repository, part)) void chunk.length
    bytes += part.bytes
    onProgress?.(bytes, total)
  }
}
