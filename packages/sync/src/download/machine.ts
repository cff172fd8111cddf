import type { RetryRule } from '@guankou/contract/errors/error-entry.ts'
import type { MachineStep } from '#src/machine-runner.ts'
import { lineBackOff, politeBackOffMs } from '#src/upload/back-off.ts'
import type { PackFault } from './check-pack.ts'

/*
 * The download machine keeps the pack fresh. What is in hand (none, current, expired) is a matter of the clock and is
 * read with `heldAt`; this machine only says what is being done about it.
 */

export type DownloadState = 'resting' | 'fetching' | 'backing-off' | 'signed-out' | 'distrusted'

export type DownloadEvent =
  | { readonly is: 'asked' }
  | { readonly is: 'timer' }
  | { readonly is: 'online' }
  | { readonly is: 'signed-in' }
  | { readonly is: 'signed-out' }
  /** A pack was checked and stored, or the one in hand was confirmed. */
  | { readonly is: 'fresh' }
  | { readonly is: 'unreachable' }
  | { readonly is: 'refused'; readonly retry: RetryRule; readonly retryAfterSeconds?: number }
  | { readonly is: 'faulty'; readonly fault: PackFault }
  | { readonly is: 'storage-failed' }

export type DownloadEventName = DownloadEvent['is']

export type Download = {
  readonly state: DownloadState
  readonly failures: number
  readonly fault: PackFault | undefined
  /** Somebody signed in while a fetch was out. */
  readonly renewed: boolean
}

export type DownloadStep = MachineStep<Download, 'fetch'>

/** Between looks at a pack that is fresh, and at one that cannot be trusted, milliseconds. */
export const refreshEveryMs = 5 * 60_000

export const freshDownload: Download = {
  state: 'resting',
  failures: 0,
  fault: undefined,
  renewed: false,
}

type Random = () => number
type Cell<E extends DownloadEventName> = (
  download: Download,
  event: Extract<DownloadEvent, { is: E }>,
  random: Random,
) => DownloadStep

const stay = (next: Download): DownloadStep => ({ next, effects: [], timer: 'keep' })
const fetchNow = (download: Download): DownloadStep => ({
  next: { ...download, state: 'fetching', renewed: false },
  effects: ['fetch'],
  timer: 'none',
})
const signedOut = (download: Download): DownloadStep => ({
  next: { ...download, state: 'signed-out' },
  effects: [],
  timer: 'none',
})
const askedOf = (event: DownloadEvent): number | undefined =>
  event.is === 'refused' ? event.retryAfterSeconds : undefined
const backOff = (download: Download, event: DownloadEvent, random: Random): DownloadStep => {
  const failures = download.failures + 1
  return {
    next: { ...download, state: 'backing-off', failures },
    effects: [],
    timer: politeBackOffMs(failures, random, lineBackOff, askedOf(event)),
  }
}
const refused: Cell<'refused'> = (download, event, random) => {
  if (event.retry !== 'after-sign-in') return backOff(download, event, random)
  return download.renewed ? fetchNow(download) : signedOut(download)
}

const noAnswerDue = {
  fresh: stay,
  unreachable: stay,
  refused: stay,
  faulty: stay,
  'storage-failed': stay,
} as const

const atRest = {
  ...noAnswerDue,
  asked: fetchNow,
  timer: fetchNow,
  online: fetchNow,
  'signed-in': fetchNow,
  'signed-out': signedOut,
} as const

type Table = { readonly [S in DownloadState]: { readonly [E in DownloadEventName]: Cell<E> } }

/** States × events; leaving a cell out does not compile. */
export const downloadTable: Table = {
  resting: { ...atRest, online: stay },
  fetching: {
    asked: stay,
    timer: stay,
    online: stay,
    'signed-in': (download) => stay({ ...download, renewed: true }),
    'signed-out': stay,
    fresh: (download) => ({
      next: { ...download, state: 'resting', failures: 0, fault: undefined },
      effects: [],
      timer: refreshEveryMs,
    }),
    unreachable: backOff,
    refused,
    faulty: (download, event) => ({
      next: { ...download, state: 'distrusted', fault: event.fault },
      effects: [],
      timer: refreshEveryMs,
    }),
    'storage-failed': backOff,
  },
  'backing-off': atRest,
  'signed-out': { ...atRest, asked: stay, timer: stay, online: stay },
  distrusted: { ...atRest, online: stay },
}

/** One step of the machine; pure. */
export const stepDownload = <E extends DownloadEventName>(
  download: Download,
  event: Extract<DownloadEvent, { is: E }>,
  random: Random,
): DownloadStep => {
  const cell = downloadTable[download.state][event.is as E] as Cell<E>
  return cell(download, event, random)
}
