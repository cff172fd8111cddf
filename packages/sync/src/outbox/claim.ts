import { maxCommandsPerPush } from '@guankou/contract/sync/push.ts'
import { type EntryHead, isWaiting } from './entry.ts'
import type { Revision } from './storage.ts'

/** Commands of one batch together, bytes; an entry larger than this travels alone. */
export const maxBytesPerPush = 1_000_000

type ClaimLimits = {
  /** Whose content can be read now; nobody’s while the vault is closed. */
  readonly makerId: string | undefined
  readonly nowMs: number
  readonly maxCommands: number
  readonly maxBytes: number
}

export type Claim = {
  readonly heads: readonly EntryHead[]
  /** When the next entry that may be sent falls due, where nothing is due now. */
  readonly nextDueMs: number | undefined
}

/** The first open entry of each aggregate; those behind it wait, whatever it waits for. */
const leaders = (open: readonly EntryHead[]): readonly EntryHead[] => {
  const seen = new Set<string>()
  return open.filter((head) => {
    if (seen.has(head.aggregateId)) return false
    seen.add(head.aggregateId)
    return true
  })
}

/**
 * Takes the next batch: oldest first, only what its maker's session may send or is sealed for the server, one entry per
 * aggregate, within the limits. There is one sender at a time, so an entry found in `sending` is left over from a crash and goes again.
 * @param open  open heads, oldest first
 */
export const claimBatch = (open: readonly EntryHead[], limits: ClaimLimits): Revision<Claim> => {
  const mine = leaders(open).filter(
    (head) => isWaiting(head) && (head.parcelled === true || head.makerId === limits.makerId),
  )
  const heads: EntryHead[] = []
  let bytes = 0
  let nextDueMs: number | undefined
  for (const head of mine) {
    if (head.state.is === 'queued' && head.notBeforeMs > limits.nowMs) {
      nextDueMs = Math.min(nextDueMs ?? head.notBeforeMs, head.notBeforeMs)
      continue
    }
    if (heads.length >= Math.min(limits.maxCommands, maxCommandsPerPush)) break
    if (heads.length > 0 && bytes + head.bytes > limits.maxBytes) break
    bytes += head.bytes
    heads.push({ ...head, attempts: head.attempts + 1, state: { is: 'sending' } })
  }
  return { write: heads, result: { heads, nextDueMs } }
}

/** Entries found in `sending` at start, or after an answer that never came, are queued again. */
export const releaseSending = (
  open: readonly EntryHead[],
  ids?: ReadonlySet<string>,
): Revision<readonly EntryHead[]> => {
  const write = open
    .filter((head) => head.state.is === 'sending' && (ids === undefined || ids.has(head.id)))
    .map((head): EntryHead => ({ ...head, state: { is: 'queued' } }))
  return { write, result: write }
}
