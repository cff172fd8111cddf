import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TrafficResult } from '#src/demo/traffic.ts'
import type { KeySettings } from '#src/identity/key-custody.ts'
import type { ServerParts } from '#src/start-server.ts'

/** What the process that records the past is told first; `'stop'` may follow. */
export type HistoryOrder = {
  readonly databaseUrl: string
  readonly namedStatements: boolean
  readonly keys: KeySettings
  readonly logLevel: string
  /** The instant up to which the past goes, Unix time in milliseconds. */
  readonly startMs: number
}

/** What that process tells: how far it is, now and then, and at last what it came to. */
export type HistoryReport = { readonly done: number } | { readonly result: TrafficResult }

export type HistoryOptions = {
  readonly startMs: number
  readonly signal: AbortSignal
  readonly onRecorded: (done: number) => void
}

const program = fileURLToPath(new URL('./history-process.ts', import.meta.url))

/**
 * Records what happened in the demo city before now, in a process of its own: two days of arrivals at once need several
 * hundred megabytes, which go back to the machine with that process and would stay with the server.
 * @throws Error where that process ended before it was done
 */
export const recordHistory = async (
  { db, keys, log }: ServerParts,
  { startMs, signal, onRecorded }: HistoryOptions,
): Promise<TrafficResult> => {
  const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  let result: TrafficResult | undefined
  child.on('message', (report: HistoryReport) => {
    if ('result' in report) result = report.result
    else onRecorded(report.done)
  })
  const stop = (): void => void (child.connected && child.send('stop'))
  const order: HistoryOrder = {
    databaseUrl: db.url,
    namedStatements: db.namedStatements,
    keys: keys.settings,
    logLevel: log.level,
    startMs,
  }
  child.send(order)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  try {
    const [[exitCode, exitSignal]] = await ended
    if (result === undefined)
      throw new Error(`the process that records the past ended with ${exitCode ?? exitSignal}`)
    return result
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
