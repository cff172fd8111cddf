import { type EntryHead, isWaiting } from './entry.ts'
import type { Revision } from './storage.ts'

/** A person asks for a rejected or deferred entry to be sent again now. */
export const retryByHand = (
  open: readonly EntryHead[],
  ids: ReadonlySet<string>,
  nowMs: number,
): Revision<number> => {
  const write = open
    .filter((head) => ids.has(head.id) && (head.state.is === 'rejected' || head.state.is === 'queued'))
    .map(
      (head): EntryHead => ({
        ...head,
        deferrals: 0,
        notBeforeMs: head.attempts === 0 ? head.notBeforeMs : nowMs,
        state: { is: 'queued' },
      }),
    )
  return { write, result: write.length }
}

/**
 * Takes an entry back. Granted only while nothing of it can have left the phone: queued and never tried. It stays in
 * the list, marked as withdrawn.
 */
export const withdraw = (open: readonly EntryHead[], id: string, nowMs: number): Revision<boolean> => {
  const head = open.find((entry) => entry.id === id)
  if (head === undefined || head.state.is !== 'queued' || head.attempts > 0)
    return { write: [], result: false }
  return { write: [{ ...head, state: { is: 'withdrawn', atMs: nowMs } }], result: true }
}

/** Takes back what belongs together: all of it, or none. */
export const withdrawTogether = (
  open: readonly EntryHead[],
  ids: readonly string[],
  nowMs: number,
): Revision<boolean> => {
  const each = ids.map((id) => withdraw(open, id, nowMs))
  const isGranted = each.every(({ result }) => result)
  return { write: isGranted ? each.flatMap(({ write }) => write) : [], result: isGranted }
}

/** The stored content turned out to be damaged: kept, and shown. */
export const markUnreadable = (
  open: readonly EntryHead[],
  damaged: ReadonlyMap<string, Extract<EntryHead['state'], { is: 'unreadable' }>['reason']>,
): Revision<number> => {
  const write = open.flatMap((head): EntryHead[] => {
    const reason = damaged.get(head.id)
    return reason === undefined ? [] : [{ ...head, state: { is: 'unreadable', reason } }]
  })
  return { write, result: write.length }
}

/** What cannot be sent any more once the vault of an account is destroyed: it waits, and no parcel of it is left. */
export const lostWithVault = (open: readonly EntryHead[], makerId: string): readonly EntryHead[] =>
  open.filter((head) => head.makerId === makerId && isWaiting(head) && head.parcelled !== true)

/** The vault of an account was destroyed: what is lost with it stays in sight, and is not tried again. */
export const markVaultDestroyed = (
  open: readonly EntryHead[],
  makerId: string,
): Revision<readonly string[]> => {
  const write = lostWithVault(open, makerId).map(
    (head): EntryHead => ({ ...head, state: { is: 'unreadable', reason: 'vault-destroyed' } }),
  )
  return { write, result: write.map((head) => head.id) }
}
