import { fileURLToPath } from 'node:url'
import type { StoredImport } from '@guankou/db/queries/worklists/imports.ts'
import type { KeySettings } from '#src/identity/key-custody.ts'
import { workBeside } from '#src/jobs/beside.ts'
import type { ImportOrder } from '#src/use-cases/worklists/import-process.ts'
import type { ReadingEnd } from '#src/use-cases/worklists/import-rows.ts'
import type { WorklistContext } from '#src/use-cases/worklists/list-scope.ts'

const program = fileURLToPath(new URL('./import-process.ts', import.meta.url))

/**
 * Bounds of the heap, megabytes: without them it grows with what 100,000 rows leave behind, on a machine that has room,
 * to several hundred. The young part is kept small because it is held three times over.
 */
const heap = ['--max-old-space-size=160', '--max-semi-space-size=4']

/** Reads a file in a process of its own. @throws Error where that process ended without a word */
export const readBeside = (
  { db, log, now }: Pick<WorklistContext, 'db' | 'log' | 'now'>,
  keys: KeySettings,
  { jurisdiction, id }: Pick<StoredImport, 'jurisdiction' | 'id'>,
  stop: AbortSignal,
): Promise<ReadingEnd> =>
  workBeside<ImportOrder, ReadingEnd>(
    { program, heap },
    {
      databaseUrl: db.url,
      namedStatements: db.namedStatements,
      keys,
      logLevel: log.level,
      jurisdiction,
      importId: id,
      nowMs: now(),
    },
    stop,
  )
