import { type EntryHead, isOpen, isWaiting, type NewEntry } from './entry.ts'
import { type OutboxStorage, type ReadCommand, StorageFull } from './storage.ts'

export type MemoryRow = {
  readonly head: EntryHead
  readonly commandText: string
  readonly parcel?: unknown
}

const oldestFirst = (a: EntryHead, b: EntryHead): number =>
  a.madeAtMs - b.madeAtMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

const parseRow = (row: MemoryRow | undefined, mayRead: (makerId: string) => boolean): ReadCommand => {
  if (row === undefined) return { is: 'unreadable', reason: 'content-missing' }
  if (!mayRead(row.head.makerId))
    return row.parcel === undefined ? { is: 'locked' } : { is: 'read', command: row.parcel }
  try {
    return { is: 'read', command: JSON.parse(row.commandText) as unknown }
  } catch {
    return { is: 'unreadable', reason: 'not-json' }
  }
}

const prune = (rows: Map<string, MemoryRow>, madeBeforeMs: number): number => {
  const old = [...rows.values()].filter(
    ({ head }) => head.state.is === 'accepted' && head.madeAtMs < madeBeforeMs,
  )
  for (const { head } of old) rows.delete(head.id)
  return old.length
}

/**
 * Entries in memory: for tests, and as the plainest reading of the storage contract.
 * @param rows  outlives the storage, as a disk outlives a crash   @param isFull  whether writes find no room
 * @param mayRead  whether the vault of an account is open
 */
export const createMemoryStorage = (
  rows: Map<string, MemoryRow> = new Map(),
  isFull: () => boolean = () => false,
  mayRead: (makerId: string) => boolean = () => true,
): OutboxStorage => {
  const heads = (): EntryHead[] => [...rows.values()].map((row) => row.head)
  const openHeads = (): EntryHead[] => heads().filter(isOpen).sort(oldestFirst)
  const needRoom = (): void => {
    if (isFull()) throw new StorageFull('no room')
  }
  return {
    async add({ head, command, parcel }: NewEntry) {
      if (rows.has(head.id)) return 'known'
      needRoom()
      rows.set(head.id, {
        head,
        commandText: JSON.stringify(command),
        ...(parcel === undefined ? {} : { parcel }),
      })
      return 'added'
    },
    async revise(change) {
      const { write, result } = change(openHeads())
      if (write.length > 0) needRoom()
      for (const head of write) {
        const row = rows.get(head.id)
        if (row !== undefined && isOpen(row.head)) rows.set(head.id, { ...row, head })
      }
      return result
    },
    async readCommand(id) {
      return parseRow(rows.get(id), mayRead)
    },
    async addParcel(id, parcel) {
      const row = rows.get(id)
      if (row === undefined || !isWaiting(row.head)) return
      needRoom()
      rows.set(id, { ...row, parcel, head: { ...row.head, parcelled: true } })
    },
    async readOpen() {
      return openHeads()
    },
    async readClosed(limit) {
      const closed = heads().filter((head) => !isOpen(head))
      return closed.sort((a, b) => oldestFirst(b, a)).slice(0, limit)
    },
    pruneAccepted: async (madeBeforeMs) => prune(rows, madeBeforeMs),
  }
}
