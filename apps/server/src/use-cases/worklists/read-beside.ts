import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { StoredImport } from '@guankou/db/queries/worklists/imports.ts'
import type { KeySettings } from '#src/identity/key-custody.ts'
import type { ImportOrder, ImportReport } from '#src/use-cases/worklists/import-process.ts'
import type { ReadingEnd } from '#src/use-cases/worklists/import-rows.ts'
import type { WorklistContext } from '#src/use-cases/worklists/list-scope.ts'

const program = fileURLToPath(new URL('./import-process.ts', import.meta.url))

/**
 * Bounds of the heap, megabytes: without them it grows with what 100,000 rows leave behind, on a machine that has room,
 * to several hundred. The young part is kept small because it is held three times over.
 */
const heap = ['--max-old-space-size=160', '--max-semi-space-size=4']

/**
 * Reads a file in a process of its own, whose memory goes back to the machine with it; a file that is too much for it
 * ends that process and not the server.
 * @throws Error where that process ended without a word
 */
export const readBeside = async (
  { db, log, now }: Pick<WorklistContext, 'db' | 'log' | 'now'>,
  keys: KeySettings,
  { jurisdiction, id }: Pick<StoredImport, 'jurisdiction' | 'id'>,
  stop: AbortSignal,
): Promise<ReadingEnd> => {
  const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [...heap] })
  const ended = once(child, 'exit')
  let end: ReadingEnd | undefined
  child.on('message', (report: ImportReport) => {
    end = report.end
  })
  const tell = (): void => void (child.connected && child.send('stop'))
  const order: ImportOrder = {
    databaseUrl: db.url,
    namedStatements: db.namedStatements,
    keys,
    logLevel: log.level,
    jurisdiction,
    importId: id,
    nowMs: now(),
  }
  child.send(order)
  if (stop.aborted) tell()
  stop.addEventListener('abort', tell)
  try {
    const [exitCode, exitSignal] = await ended
    if (end === undefined)
      throw new Error(`the process that reads a list ended with ${exitCode ?? exitSignal}`)
    return end
  } finally {
    stop.removeEventListener('abort', tell)
  }
}
