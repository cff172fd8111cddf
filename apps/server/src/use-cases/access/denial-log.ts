import { inArea } from '@guankou/db/area-scope.ts'
import type { Database } from '@guankou/db/database.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import type { Logger } from 'pino'

export type Denial = {
  /** Area whose audit it belongs to: the actor's, or the city's where nobody is signed in. */
  readonly jurisdiction: number
  readonly accountId: string | null
  readonly deviceId: string | null
  readonly action: string
  /** The account that was to be signed in to, or another thing that the refusal is about. */
  readonly subject?: string
  readonly code: string
}

export type DenialLog = {
  readonly note: (denial: Denial) => void
  /** Writes what is waiting. */
  readonly flush: () => Promise<void>
  readonly stop: () => Promise<void>
}

const flushEveryMs = 1_000
const mostKinds = 1_000

const keyOf = (denial: Denial): string =>
  JSON.stringify([
    denial.jurisdiction,
    denial.accountId,
    denial.deviceId,
    denial.action,
    denial.subject,
    denial.code,
  ])

const entryOf = ({ denial, times }: { readonly denial: Denial; readonly times: number }) => ({
  accountId: denial.accountId,
  deviceId: denial.deviceId,
  action: denial.action,
  subject: denial.subject ?? null,
  outcome: denial.code,
  detail: times === 1 ? null : `${times} times`,
})

/**
 * Audits refused calls. Equal refusals of one second become one entry with their number, so that nobody can fill the
 * audit by knocking on a closed door.
 */
export const createDenialLog = (db: Database, now: () => number, log: Logger): DenialLog => {
  let waiting = new Map<string, { readonly denial: Denial; times: number }>()
  /** Beyond so many kinds a second, who it was is given up before that it was. */
  const add = (denial: Denial, times: number): void => {
    const { jurisdiction, action, code } = denial
    const kept =
      waiting.size < mostKinds || waiting.has(keyOf(denial))
        ? denial
        : { jurisdiction, accountId: null, deviceId: null, action, code }
    const known = waiting.get(keyOf(kept))
    if (known === undefined) waiting.set(keyOf(kept), { denial: kept, times })
    else known.times += times
  }
  const write = async (): Promise<void> => {
    if (waiting.size === 0) return
    const batch = [...waiting.values()]
    waiting = new Map()
    for (const [jurisdiction, denials] of Map.groupBy(batch, ({ denial }) => denial.jurisdiction))
      await inArea(db, jurisdiction, (tx) =>
        recordAudit(executeIn(tx), jurisdiction, denials.map(entryOf), now()),
      ).catch((error: unknown) => {
        log.error({ err: error, entries: denials.length }, 'denials not audited yet')
        for (const { denial, times } of denials) add(denial, times)
      })
  }
  let written = Promise.resolve()
  /** Behind what is being written, so that whoever waits for it finds everything noted before. */
  const flush = (): Promise<void> => {
    written = written.then(write)
    return written
  }
  const timer = setInterval(() => void flush(), flushEveryMs)
  timer.unref()
  return {
    note: (denial) => add(denial, 1),
    flush,
    stop: async () => {
      clearInterval(timer)
      await flush()
    },
  }
}
