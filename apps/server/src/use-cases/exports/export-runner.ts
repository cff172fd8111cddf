import { type ExportRecord, readExportsIn } from '@guankou/db/queries/exports/exports.ts'
import { expireExports } from '#src/use-cases/exports/expire-exports.ts'
import type { ExportContext } from '#src/use-cases/exports/export-subject.ts'
import { failExport, makeNextPart } from '#src/use-cases/exports/make-export.ts'

const mostTries = 3
const listsAtOnce = 20

/** Makes approved lists one after the other, beside the requests. */
export type ExportRunner = {
  /** Looks for work; does nothing where it is at work already. */
  readonly kick: () => void
  /** Resolves when there is nothing left to make. */
  readonly idle: () => Promise<void>
  /** Ends after the part that is being made; the rest is made after the next start. */
  readonly stop: () => Promise<void>
}

/** Makes every approved list that can be made, and clears away what has expired. */
const createMaker = (context: ExportContext, isStopped: () => boolean): (() => Promise<void>) => {
  const tries = new Map<string, number>()
  const make = async (record: ExportRecord): Promise<void> => {
    try {
      while (!isStopped() && (await makeNextPart(context, record.id)));
      tries.delete(record.id)
    } catch (error) {
      const tried = (tries.get(record.id) ?? 0) + 1
      tries.set(record.id, tried)
      context.log.error({ err: error, exportId: record.id, tried }, 'a list could not be made')
      if (tried >= mostTries) await failExport(context, record)
    }
  }
  return async () => {
    for (const record of await readExportsIn(context.db.query, 'approved', listsAtOnce))
      if (!isStopped()) await make(record)
    if (!isStopped()) await expireExports(context)
  }
}

export const createExportRunner = (context: ExportContext): ExportRunner => {
  let running: Promise<void> | undefined
  let kicked = false
  let stopped = false
  const makeAll = createMaker(context, () => stopped)
  const run = async (): Promise<void> => {
    while (kicked && !stopped) {
      kicked = false
      await makeAll().catch((error: unknown) =>
        context.log.warn({ err: error }, 'lists were not looked after; it is tried again'),
      )
    }
  }
  const kick = (): void => {
    kicked = true
    if (stopped || running !== undefined) return
    running = run().finally(() => {
      running = undefined
      if (kicked) kick()
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
