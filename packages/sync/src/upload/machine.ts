import type { RetryRule } from '@guankou/contract/errors/error-entry.ts'
import { maxCommandsPerPush } from '@guankou/contract/sync/push.ts'
import type { MachineStep } from '#src/machine-runner.ts'
import { isDeviceRefusal, type Needs } from '#src/outbox/settle.ts'
import { lineBackOff, politeBackOffMs } from './back-off.ts'

/*
 * The upload machine: a total table of states by events. `docs/specs/sync-protocol.md` is its prose. The transition
 * is pure; effects are carried out by the runner and come back as events. While `sending` exactly one effect is out,
 * and every way out of `sending` is one of its answers.
 */

export type UploadState =
  | 'idle'
  | 'sending'
  | 'backing-off'
  | 'offline'
  | 'signed-out'
  | 'device-revoked'
  | 'clock-wrong'
  | 'storage-full'

export type UploadEvent =
  /** An entry was made. */
  | { readonly is: 'woken' }
  /** A person wants it now. */
  | { readonly is: 'asked' }
  | { readonly is: 'timer' }
  | { readonly is: 'online' }
  | { readonly is: 'offline' }
  | { readonly is: 'signed-in' }
  | { readonly is: 'signed-out' }
  /** Nothing to send now; the next entry falls due after `nextDueInMs`, if there is one. */
  | { readonly is: 'nothing-due'; readonly nextDueInMs: number | undefined }
  /** An answer came and was applied. */
  | { readonly is: 'settled'; readonly needs: Needs; readonly clockRight: boolean }
  | { readonly is: 'unreachable' }
  /** The push as a whole was refused. */
  | {
      readonly is: 'refused'
      readonly retry: RetryRule
      readonly code: string
      readonly batchSize: number
      readonly retryAfterSeconds?: number | undefined
    }
  | { readonly is: 'storage-failed' }
  | { readonly is: 'clock-read'; readonly right: boolean }

export type UploadEventName = UploadEvent['is']

export type Upload = {
  readonly state: UploadState
  /** What the platform last said; it may be wrong, so it speeds things up and never stops them for good. */
  readonly online: boolean
  readonly signedIn: boolean
  /** Failures in a row. */
  readonly failures: number
  readonly batchLimit: number
  /** Something was made while a batch was on its way. */
  readonly wanted: boolean
  /** Somebody signed in while a batch was on its way, so that a refusal of it says nothing of the new session. */
  readonly renewed: boolean
}

export type UploadEffect =
  | { readonly do: 'send'; readonly limit: number }
  | { readonly do: 'read-clock' | 'free-storage' }

export type UploadStep = MachineStep<Upload, UploadEffect>

/** How long the machine rests before it looks again, milliseconds. */
export const rests = { offlineMs: 60_000, clockWrongMs: 60_000, storageFullMs: 30_000 } as const

export const freshUpload = (online: boolean, signedIn: boolean): Upload => ({
  state: 'idle',
  online,
  signedIn,
  failures: 0,
  batchLimit: maxCommandsPerPush,
  wanted: false,
  renewed: false,
})

type Random = () => number
type Cell<E extends UploadEventName> = (
  upload: Upload,
  event: Extract<UploadEvent, { is: E }>,
  random: Random,
) => UploadStep

const stay = (next: Upload): UploadStep => ({ next, effects: [], timer: 'keep' })
const rest = (next: Upload, state: UploadState, timer: number | 'none' = 'none'): UploadStep => ({
  next: { ...next, state },
  effects: [],
  timer,
})

const send = (upload: Upload): UploadStep => ({
  next: { ...upload, state: 'sending', wanted: false, renewed: false },
  effects: [{ do: 'send', limit: upload.batchLimit }],
  timer: 'none',
})

/** On with the work, unless nobody is signed in or the platform says there is no line. */
const proceed = (upload: Upload): UploadStep => {
  if (!upload.signedIn) return rest(upload, 'signed-out')
  if (!upload.online) return rest(upload, 'offline', rests.offlineMs)
  return send(upload)
}

const sendIfSignedIn = (upload: Upload): UploadStep =>
  upload.signedIn ? send(upload) : rest(upload, 'signed-out')

const backOff = (upload: Upload, random: Random, askedSeconds?: number): UploadStep => {
  const failed = { ...upload, failures: upload.failures + 1 }
  if (!upload.signedIn) return rest(failed, 'signed-out')
  if (!upload.online) return rest(failed, 'offline', rests.offlineMs)
  return rest(failed, 'backing-off', politeBackOffMs(failed.failures, random, lineBackOff, askedSeconds))
}

const halt = (upload: Upload, needs: Needs): UploadStep => {
  if (upload.renewed && upload.signedIn) return proceed(upload)
  return rest({ ...upload, signedIn: false }, needs === 'device' ? 'device-revoked' : 'signed-out')
}

const settled: Cell<'settled'> = (upload, event) => {
  const calm = {
    ...upload,
    failures: 0,
    batchLimit: Math.min(maxCommandsPerPush, upload.batchLimit * 2),
  }
  if (event.needs !== 'nothing') return halt(calm, event.needs)
  if (!event.clockRight && calm.signedIn) return rest(calm, 'clock-wrong', rests.clockWrongMs)
  return proceed(calm)
}

/** A batch refused for good is halved until the culprit travels alone; alone it was rejected by the runner. */
const refused: Cell<'refused'> = (upload, event, random) => {
  if (event.retry === 'later') return backOff(upload, random, event.retryAfterSeconds)
  if (event.retry === 'after-sign-in') return halt(upload, isDeviceRefusal(event.code) ? 'device' : 'sign-in')
  const batchLimit = Math.max(1, Math.floor(event.batchSize / 2))
  return proceed({ ...upload, failures: 0, batchLimit })
}

const nothingDue: Cell<'nothing-due'> = (upload, event) => {
  if (upload.wanted) return proceed({ ...upload, failures: 0 })
  if (!upload.signedIn) return rest(upload, 'signed-out')
  return rest({ ...upload, failures: 0 }, 'idle', event.nextDueInMs ?? 'none')
}

const asOnline = (upload: Upload): Upload => ({ ...upload, online: true })
const asOffline = (upload: Upload): Upload => ({ ...upload, online: false })
const asSignedIn = (upload: Upload): Upload => ({ ...upload, signedIn: true })
const asSignedOut = (upload: Upload): Upload => ({ ...upload, signedIn: false })

/** Answers of effects that are not out in this state: nothing to do. */
const noAnswerDue = {
  'nothing-due': stay,
  settled: stay,
  unreachable: stay,
  refused: stay,
  'storage-failed': stay,
} as const

/** What a change of line, session or storage does wherever nothing is on its way. */
const atRest = {
  online: (upload: Upload) => proceed(asOnline(upload)),
  offline: (upload: Upload) => rest(asOffline(upload), 'offline', rests.offlineMs),
  'signed-in': (upload: Upload) => proceed(asSignedIn(upload)),
  'signed-out': (upload: Upload) => rest(asSignedOut(upload), 'signed-out'),
} as const

const probeClock = (upload: Upload): UploadStep => ({
  next: upload,
  effects: [{ do: 'read-clock' }],
  timer: rests.clockWrongMs,
})

const freeStorage = (upload: Upload): UploadStep => {
  const step = proceed(upload)
  return { ...step, effects: [{ do: 'free-storage' }, ...step.effects] }
}

type Table = { readonly [S in UploadState]: { readonly [E in UploadEventName]: Cell<E> } }

/** States × events; leaving a cell out does not compile. */
export const uploadTable: Table = {
  idle: {
    ...noAnswerDue,
    ...atRest,
    woken: proceed,
    asked: sendIfSignedIn,
    timer: proceed,
    'clock-read': stay,
  },
  sending: {
    woken: (upload) => stay({ ...upload, wanted: true }),
    asked: (upload) => stay({ ...upload, wanted: true }),
    timer: stay,
    online: (upload) => stay(asOnline(upload)),
    offline: (upload) => stay(asOffline(upload)),
    'signed-in': (upload) => stay({ ...asSignedIn(upload), wanted: true, renewed: true }),
    'signed-out': (upload) => stay(asSignedOut(upload)),
    'nothing-due': nothingDue,
    settled,
    unreachable: (upload, _event, random) => backOff(upload, random),
    refused,
    'storage-failed': (upload) => rest(upload, 'storage-full', rests.storageFullMs),
    'clock-read': stay,
  },
  'backing-off': {
    ...noAnswerDue,
    ...atRest,
    woken: stay,
    asked: sendIfSignedIn,
    timer: proceed,
    'clock-read': stay,
  },
  offline: {
    ...noAnswerDue,
    ...atRest,
    woken: stay,
    asked: sendIfSignedIn,
    timer: sendIfSignedIn,
    offline: stay,
    'clock-read': stay,
  },
  'signed-out': {
    ...noAnswerDue,
    woken: stay,
    asked: stay,
    timer: stay,
    online: (upload) => stay(asOnline(upload)),
    offline: (upload) => stay(asOffline(upload)),
    'signed-in': atRest['signed-in'],
    'signed-out': stay,
    'clock-read': stay,
  },
  'device-revoked': {
    ...noAnswerDue,
    woken: stay,
    asked: stay,
    timer: stay,
    online: (upload) => stay(asOnline(upload)),
    offline: (upload) => stay(asOffline(upload)),
    'signed-in': atRest['signed-in'],
    'signed-out': stay,
    'clock-read': stay,
  },
  'clock-wrong': {
    ...noAnswerDue,
    woken: stay,
    asked: probeClock,
    timer: probeClock,
    online: (upload) => probeClock(asOnline(upload)),
    offline: (upload) => stay(asOffline(upload)),
    'signed-in': (upload) => stay(asSignedIn(upload)),
    'signed-out': atRest['signed-out'],
    'clock-read': (upload, event) => (event.right ? proceed(upload) : stay(upload)),
  },
  'storage-full': {
    ...noAnswerDue,
    woken: stay,
    asked: freeStorage,
    timer: freeStorage,
    online: (upload) => stay(asOnline(upload)),
    offline: (upload) => stay(asOffline(upload)),
    'signed-in': (upload) => stay(asSignedIn(upload)),
    'signed-out': atRest['signed-out'],
    'clock-read': stay,
  },
}

/** One step of the machine; pure. */
export const stepUpload = <E extends UploadEventName>(
  upload: Upload,
  event: Extract<UploadEvent, { is: E }>,
  random: Random,
): UploadStep => {
  const cell = uploadTable[upload.state][event.is as E] as Cell<E>
  return cell(upload, event, random)
}
