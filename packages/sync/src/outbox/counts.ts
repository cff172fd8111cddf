import type { OutboxCounts } from '@guankou/contract/sync/push.ts'
import { type EntryHead, isWaiting } from './entry.ts'

export type OpenCounts = {
  /** Waiting to be sent under the session that is signed in, of its own account or under seal. */
  readonly waiting: number
  /** Made by whoever is signed in, and waiting. */
  readonly ownWaiting: number
  /** Of those, what only their own session can send, because no parcel of it was made. */
  readonly unsealed: number
  /** Of `waiting`, what others made and sealed: it travels along under their names. */
  readonly carried: number
  /** Waiting for somebody else to sign in, by account. */
  readonly waitingForOthers: ReadonlyMap<
    string,
    { readonly name: EntryHead['makerName']; readonly count: number }
  >
  readonly rejected: number
  readonly unreadable: number
  /** Time made of the oldest entry that waits. */
  readonly oldestWaitingMs: number | undefined
}

/** The counts that travel with each push, of everybody's entries on the device. */
export const outboxCounts = (open: readonly EntryHead[]): OutboxCounts => ({
  queued: open.filter(isWaiting).length,
  rejected: open.filter((head) => head.state.is === 'rejected').length,
  unreadable: open.filter((head) => head.state.is === 'unreadable').length,
})
