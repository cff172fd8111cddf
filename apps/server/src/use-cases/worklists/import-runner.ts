import { inArea } from '@guankou/db/area-scope.ts'
import { readImportsAtWork, type StoredImport, updateImport } from '@guankou/db/queries/worklists/imports.ts'
import type { KeySettings } from '#src/identity/key-custody.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import type { ReadingEnd } from '#src/use-cases/worklists/import-rows.ts'
import { findFile, type WorklistContext } from '#src/use-cases/worklists/list-scope.ts'
import { readBeside } from '#src/use-cases/worklists/read-beside.ts'

const mostTries = 3

/** Takes confirmed files in one after the other, beside the requests. */
export type ImportRunner = {
  /** Looks for work; does nothing where it is at work already. */
  readonly kick: () => void
  readonly idle: () => Promise<void>
  /** Ends after the batch that is being written; the rest is taken in after the next start. */
  readonly stop: () => Promise<void>
}

type Work = Pick<WorklistContext, 'db' | 'log' | 'now'> & { readonly keys: KeySettings }

const finish = (
  { db, now }: Work,
  { id, jurisdiction }: StoredImport,
  end: Exclude<ReadingEnd, 'stopped'>,
): Promise<void> =>
  inArea(db, jurisdiction, async (transaction) => {
    const found = await findFile(transaction, id, true)
    if (found?.file.state !== 'reading') return
    const { file, list } = found
    const isDone = end === 'done'
    await updateImport(transaction, file, {
      state: isDone ? 'done' : 'failed',
      failure: isDone ? null : end,
      progress: isDone ? 1 : file.progress,
      finished_at: new Date(now()),
    })
    await auditIdentity(
      transaction,
      { areaCode: list.jurisdiction, accountId: file.uploaded_by, deviceId: null },
      {
        action: 'worklists.import',
        subject: list.id,
        outcome: isDone ? 'done' : 'failed',
        detail: `${file.taken} taken, ${file.rejected} rejected, ${file.linked} linked`,
      },
      now(),
    )
  })

const createReader = (work: Work, stop: AbortSignal) => {
  const tries = new Map<string, number>()
  return async (file: StoredImport): Promise<void> => {
    try {
      const end = await readBeside(work, work.keys, file, stop)
      if (end !== 'stopped') await finish(work, file, end)
    } catch (error) {
      const tried = (tries.get(file.id) ?? 0) + 1
      tries.set(file.id, tried)
      work.log.error({ err: error, importId: file.id, tried }, 'a list could not be taken in')
      if (tried >= mostTries) await finish(work, file, 'INTERNAL')
    }
  }
}

export const createImportRunner = (work: Work): ImportRunner => {
  let running: Promise<void> | undefined
  let kicked = false
  const stop = new AbortController()
  const read = createReader(work, stop.signal)
  const run = async (): Promise<void> => {
    while (kicked && !stop.signal.aborted) {
      kicked = false
      const files = await readImportsAtWork(work.db.query)
      for (const file of files) if (!stop.signal.aborted) await read(file)
      if (files.length > 0) kicked = true
    }
  }
  const kick = (): void => {
    kicked = true
    if (stop.signal.aborted || running !== undefined) return
    running = run()
      .catch((error: unknown) => work.log.warn({ err: error }, 'lists wait; they are looked for again'))
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
      stop.abort()
      await running
    },
  }
}
