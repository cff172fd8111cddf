import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import type { Database } from '@guankou/db/database.ts'
import { findAccountByLogin } from '@guankou/db/queries/access/accounts.ts'
import type { Actor } from '#src/actor.ts'
import { pause } from '#src/demo/pause.ts'
import type { ScreeningRecorder } from '#src/use-cases/screening/screening-recorder.ts'

/** The account under which synthetic screenings are recorded: a service account, so that audit tells them apart. */
export const findTrafficActor = async (db: Database): Promise<Actor> => {
  const account = await findAccountByLogin(db.query, 'demo-traffic')
  if (account === undefined) throw new Error('the installation has no account for synthetic traffic')
  return {
    accountId: account.id,
    name: account.name,
    role: account.role,
    areaCode: account.areaCode,
    crew: account.crew,
    deviceId: null,
    sessionId: account.id,
    sessionExpiresAtMs: Number.POSITIVE_INFINITY,
    sessionDigest: Buffer.alloc(0),
    lacks: null,
    provedUntilMs: 0,
    scopes: null,
  }
}

export type TrafficResult = {
  readonly recorded: number
  readonly duplicates: number
  readonly refused: ReadonlyMap<string, number>
}

export type TrafficOptions = {
  readonly recorder: ScreeningRecorder
  readonly actor: Actor
  readonly commands: Iterable<RecordScreening>
  /** Unix time at which a command is due; commands that are due are sent at once. */
  readonly dueAtMs: (command: RecordScreening) => number
  readonly now: () => number
  /** How many times faster the clock of `now` goes; 1 where it is left out. */
  readonly speed?: number
  readonly signal: AbortSignal
  readonly onRecorded?: (command: RecordScreening, done: number) => void
}

const mostUnderWay = 1_000
const retryAfterMs = 200

const mayComeLater = new Set(['BUSY', 'DATABASE_UNAVAILABLE', 'KEY_SERVICE_UNAVAILABLE'])

/** Sends commands when they are due, many at a time, and again where the answer was “later”. Stops at the signal. */
export const runTraffic = async (options: TrafficOptions): Promise<TrafficResult> => {
  const { recorder, actor, now, signal } = options
  const refused = new Map<string, number>()
  const underWay = new Set<Promise<void>>()
  let recorded = 0
  let duplicates = 0
  const send = async (command: RecordScreening): Promise<void> => {
    while (!signal.aborted) {
      const result = await recorder.record(actor, command)
      if (result.ok) {
        if (result.value.duplicate) duplicates += 1
        else recorded += 1
        options.onRecorded?.(command, recorded + duplicates)
        return
      }
      const { code } = result.refusal
      if (!mayComeLater.has(code)) {
        refused.set(code, (refused.get(code) ?? 0) + 1)
        return
      }
      await pause(retryAfterMs, signal)
    }
  }
  for (const command of options.commands) {
    const wait = options.dueAtMs(command) - now()
    if (wait > 0) await pause(wait / (options.speed ?? 1), signal)
    if (signal.aborted) break
    const sending: Promise<void> = send(command).finally(() => underWay.delete(sending))
    underWay.add(sending)
    if (underWay.size >= mostUnderWay) await Promise.race(underWay)
  }
  await Promise.all(underWay)
  return { recorded, duplicates, refused }
}
