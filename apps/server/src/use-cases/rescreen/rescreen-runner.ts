import { fileURLToPath } from 'node:url'
import { lockRun, readRunsAtWork, type StoredRun, updateRun } from '@guankou/db/queries/rescreen/runs.ts'
import type { KeySettings } from '#src/identity/key-custody.ts'
import { workBeside } from '#src/jobs/beside.ts'
import type { PassEnd } from '#src/use-cases/rescreen/look-through.ts'
import type { RescreenOrder } from '#src/use-cases/rescreen/rescreen-process.ts'
import type { WorklistContext } from '#src/use-cases/worklists/list-scope.ts'

const program = fileURLToPath(new URL('./rescreen-process.ts', import.meta.url))
/** Megabytes: a batch at a time is held, however many were selected. */
const heap = ['--max-old-space-size=256', '--max-semi-space-size=8']
const mostTries = 3

/** Looks through people on file for changed rules, beside the requests. */
export type RescreenRunner = {
  /** Looks for work; does nothing where it is at work already. */
  readonly kick: () => void
  readonly idle: () => Promise<void>
  /** Ends after the batch that is being written; the rest follows after the next start. */
  readonly stop: () => Promise<void>
}

type Work = Pick<WorklistContext, 'db' | 'log' | 'now'> & { readonly keys: KeySettings }

const giveUp = ({ db, now }: Work, { id }: StoredRun): Promise<void> =>
  db.query.transaction().execute(async (transaction) => {
    const run = await lockRun(transaction, id)
    if (run === undefined || run.state === 'done') return
    await updateRun(transaction, run, {
      state: 'failed',
      failure: 'INTERNAL',
      finished_at: new Date(now()),
    })
  })

const createPass = (work: Work, stop: AbortSignal) => {
  const tries = new Map<string, number>()
  return async (run: StoredRun): Promise<PassEnd | 'failed'> => {
    const { db, log, now, keys } = work
    const order: RescreenOrder = {
      databaseUrl: db.url,
      namedStatements: db.namedStatements,
      keys,
      logLevel: log.level,
      runId: run.id,
      nowMs: now(),
    }
    try {
      return await workBeside<RescreenOrder, PassEnd>({ program, heap }, order, stop)
    } catch (error) {
      const tried = (tries.get(run.id) ?? 0) + 1
      tries.set(run.id, tried)
      log.error({ err: error, runId: run.id, tried }, 'people on file could not be looked through')
      if (tried >= mostTries) await giveUp(work, run)
      return 'failed'
    }
  }
}

export const createRescreenRunner = (work: Work): RescreenRunner => {
  let running: Promise<void> | undefined
  let kicked = false
  const stop = new AbortController()
  const pass = createPass(work, stop.signal)
  const run = async (): Promise<void> => {
    while (kicked && !stop.signal.aborted) {
      kicked = false
      for (const each of await readRunsAtWork(work.db.query)) {
        if (stop.signal.aborted) return
        // One that another server works on is left to it.
        if ((await pass(each)) !== 'overtaken') kicked = true
      }
    }
  }
  const kick = (): void => {
    kicked = true
    if (stop.signal.aborted || running !== undefined) return
    running = run()
      .catch((error: unknown) => work.log.warn({ err: error }, 'rescreening waits; it is looked for again'))
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
