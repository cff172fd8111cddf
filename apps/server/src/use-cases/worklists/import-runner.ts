import { inArea } from '@guankou/db/area-scope.ts'
import { readImportsAtWork, type StoredImport, updateImport } from '@guankou/db/queries/worklists/imports.ts'
import { importRows } from '#src/use-cases/worklists/import-rows.ts'
import { findFile, type WorklistContext } from '#src/use-cases/worklists/list-scope.ts'

const mostTries = 3

/** Takes confirmed files in one after the other, beside the requests. */
export type ImportRunner = {
  /** Looks for work; does nothing where it is at work already. */
  readonly kick: () => void
  readonly idle: () => Promise<void>
  /** Ends after the batch that is being written; the rest is taken in after the next start. */
  readonly stop: () => Promise<void>
}

const createReader = (context: WorklistContext, isStopped: () => boolean) => {
  const tries = new Map<string, number>()
  const giveUp = (file: StoredImport): Promise<void> =>
    inArea(context.db, file.jurisdiction, (transaction) =>
      updateImport(transaction, file, { state: 'failed', failure: 'INTERNAL' }),
    )
  return async (file: StoredImport): Promise<void> => {
    try {
      const found = await inArea(context.db, file.jurisdiction, (transaction) =>
        findFile(transaction, file.id),
      )
      if (found !== undefined) await importRows(context, found, isStopped)
    } catch (error) {
      const tried = (tries.get(file.id) ?? 0) + 1
      tries.set(file.id, tried)
      context.log.error({ err: error, importId: file.id, tried }, 'a list could not be taken in')
      if (tried >= mostTries) await giveUp(file)
    }
  }
}

export const createImportRunner = (context: WorklistContext): ImportRunner => {
  let running: Promise<void> | undefined
  let kicked = false
  let stopped = false
  const read = createReader(context, () => stopped)
  const run = async (): Promise<void> => {
    while (kicked && !stopped) {
      kicked = false
      const files = await readImportsAtWork(context.db.query)
      for (const file of files) if (!stopped) await read(file)
      if (files.length > 0) kicked = true
    }
  }
  const kick = (): void => {
    kicked = true
    if (stopped || running !== undefined) return
    running = run()
      .catch((error: unknown) => context.log.warn({ err: error }, 'lists wait; they are looked for again'))
      .finally(() => {
        running = undefined
      })
  }
  return {
    kick,
    idle: async () => {
      while (running !== undefined) await running
    },
    stop: async () => {
      stopped = true
      await running
    },
  }
}
