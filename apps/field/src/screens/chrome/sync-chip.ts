import type { SyncView } from '#src/sync/field-sync.ts'

export type ChipTone = 'well' | 'look' | 'act'
export type Chip = {
  readonly key:
    | 'revoked'
    | 'full'
    | 'clock'
    | 'rejected'
    | 'signIn'
    | 'offline'
    | 'offlineWaiting'
    | 'sending'
    | 'waiting'
    | 'synced'
  readonly tone: ChipTone
  readonly n: number
}

/**
 * The one thing the header says of the sync: what needs a person first, then what waits, then that all is well.
 */
export const chipOf = ({ upload, counts, online }: SyncView): Chip => {
  const { waiting, rejected, unreadable } = counts
  const chip = (key: Chip['key'], tone: ChipTone, n = waiting): Chip => ({ key, tone, n })
  if (upload.state === 'device-revoked') return chip('revoked', 'act')
  if (upload.state === 'storage-full') return chip('full', 'act')
  if (upload.state === 'clock-wrong') return chip('clock', 'act')
  if (rejected + unreadable > 0) return chip('rejected', 'act', rejected + unreadable)
  if (upload.state === 'signed-out') return chip('signIn', 'look')
  if (!online || upload.state === 'offline') return chip(waiting > 0 ? 'offlineWaiting' : 'offline', 'look')
  if (waiting === 0) return chip('synced', 'well')
  return chip(upload.state === 'sending' ? 'sending' : 'waiting', 'look')
}
