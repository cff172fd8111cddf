import type { Parcel } from '@guankou/contract/sync/parcel.ts'
import { type EntryHead, isOpen, isWaiting, type NewEntry } from '@guankou/sync/outbox/entry.ts'
import { type Lot, lotOf, lotWith } from '@guankou/sync/outbox/lots.ts'
import type { OutboxStorage, ReadCommand, Revision } from '@guankou/sync/outbox/storage.ts'
import Dexie from 'dexie'
import { type CommandRow, type FieldDatabase, type HeadRow, writing } from './database.ts'
import type { Vault } from './vault.ts'

export const headRow = (head: EntryHead): HeadRow => ({
  id: head.id,
  open: isOpen(head) ? 1 : 0,
  ...(isOpen(head) ? { lot: lotOf(head) } : {}),
  madeAtMs: head.madeAtMs,
  head,
})

const commandLabel = (id: string): string => `command:${id}`

/** Seals a command; done before a transaction opens, because encryption would let it close. */
export const sealCommand = async (
  vault: Vault,
  { head, command, parcel }: NewEntry,
): Promise<CommandRow> => ({
  id: head.id,
  ...(parcel === undefined ? {} : { parcel: parcel as Parcel }),
  sealed: await vault.seal(commandLabel(head.id), command),
})

/** In IndexedDB's order of keys every array stands after every number, so `[open, []]` closes the range. */
const closedRows = (database: FieldDatabase) =>
  database.heads.where('[open+madeAtMs+id]').between([0], [0, []])

/** Rows read in one piece: what a slow phone takes from the store between two pictures. */
export const rowsAtOnce = 200

/**
 * All open rows, oldest first, piece by piece: thousands at once would keep the page from answering a touch. Inside a transaction it
 * is one look.
 */
const readOpenRows = async (database: FieldDatabase): Promise<readonly HeadRow[]> => {
  const rows: HeadRow[] = []
  let after: readonly unknown[] = [1]
  for (;;) {
    const piece = await database.heads
      .where('[open+madeAtMs+id]')
      .between(after, [1, []], rows.length === 0, true)
      .limit(rowsAtOnce)
      .toArray()
    rows.push(...piece)
    const last = piece.at(-1)
    if (last === undefined || piece.length < rowsAtOnce) return rows
    after = [1, last.madeAtMs, last.id]
  }
}

const headsOf = (rows: readonly HeadRow[]): readonly EntryHead[] => rows.map((row) => row.head)

/** Open rows of a few ids, oldest first. */
export const openRowsOf = async (
  { heads }: FieldDatabase,
  ids: readonly string[],
): Promise<readonly HeadRow[]> =>
  (await heads.bulkGet([...ids]))
    .filter((row) => row !== undefined)
    .filter((row) => row.open === 1)
    .sort((a, b) => a.madeAtMs - b.madeAtMs)

/**
 * The lots of the open rows by the index alone: no head but the oldest of each lot is read, so that it costs the same with five
 * entries on the phone and with five thousand.
 */
export const readLots = ({ dexie, heads }: FieldDatabase): Promise<readonly Lot[]> =>
  dexie.transaction('r', heads, async () => {
    const lots: Lot[] = []
    let after: readonly unknown[] = [Dexie.minKey]
    for (;;) {
      const oldest = await heads.where('[lot+madeAtMs]').above(after).first()
      if (oldest === undefined) return lots
      const { lot, head } = oldest
      after = [lot, Dexie.maxKey]
      const count = await heads.where('[lot+madeAtMs]').between([lot, Dexie.minKey], after).count()
      lots.push(lotWith(head, count))
    }
  })

/**
 * Applies a revision inside a transaction that is already open on `heads` and `commands`.
 * @param read  the rows that it looks at; all that are open where nothing else is said
 */
export const reviseWithin = async <R>(
  database: FieldDatabase,
  change: (open: readonly EntryHead[]) => Revision<R>,
  read: () => Promise<readonly HeadRow[]> = () => readOpenRows(database),
): Promise<R> => {
  const rows = await read()
  const { write, result } = change(headsOf(rows))
  const open = new Set(rows.map((row) => row.id))
  const changed = write.filter((head) => open.has(head.id))
  await database.heads.bulkPut(changed.map(headRow))
  // Over is over: what a record says lies on the phone only for as long as it may have to be sent.
  await database.commands.bulkDelete(changed.filter((head) => !isOpen(head)).map((head) => head.id))
  return result
}

const readCommand = async (database: FieldDatabase, vault: Vault, id: string): Promise<ReadCommand> => {
  const row = await database.commands.get(id)
  if (row === undefined) return { is: 'unreadable', reason: 'content-missing' }
  if (row.sealed === undefined)
    return row.parcel === undefined
      ? { is: 'unreadable', reason: 'content-missing' }
      : { is: 'read', command: row.parcel }
  const opened = await vault.open(commandLabel(id), row.sealed)
  if (opened.is === 'locked' && row.parcel !== undefined) return { is: 'read', command: row.parcel }
  return opened.is === 'read' ? { is: 'read', command: opened.value } : opened
}

const pruneAccepted = async (database: FieldDatabase, madeBeforeMs: number): Promise<number> => {
  const old = await database.heads
    .where('[open+madeAtMs+id]')
    .between([0], [0, madeBeforeMs])
    .filter((row) => row.head.state.is === 'accepted')
    .primaryKeys()
  await Promise.all([
    database.heads.bulkDelete(old),
    database.commands.bulkDelete(old),
    database.screenings.bulkDelete(old),
  ])
  return old.length
}

/**
 * Drops the vault's copy of what is sealed for the server: while the vault is closed nothing on the phone can tell what
 * these records say, whatever becomes of the PIN.
 */
export const shedSealedContent = ({ dexie, commands }: FieldDatabase): Promise<void> =>
  dexie.transaction('rw', commands, async () => {
    const rows = await commands
      .filter((row) => row.parcel !== undefined && row.sealed !== undefined)
      .toArray()
    await commands.bulkPut(rows.map(({ sealed: _, ...kept }) => kept))
  })

/** The outbox in IndexedDB: heads in clear for the machine, commands sealed. */
export const createOutboxStore = (database: FieldDatabase, vault: Vault): OutboxStorage => {
  const { dexie, heads, commands, screenings } = database
  return {
    async add(entry) {
      const command = await sealCommand(vault, entry)
      return writing(() =>
        dexie.transaction('rw', heads, commands, async () => {
          if ((await heads.get(entry.head.id)) !== undefined) return 'known'
          await heads.add(headRow(entry.head))
          await commands.add(command)
          return 'added'
        }),
      )
    },
    revise: (change) =>
      writing(() => dexie.transaction('rw', heads, commands, () => reviseWithin(database, change))),
    addParcel: (id, parcel) =>
      writing(() =>
        dexie.transaction('rw', heads, commands, async () => {
          const [row, command] = await Promise.all([heads.get(id), commands.get(id)])
          if (row === undefined || command === undefined || !isWaiting(row.head)) return
          await commands.put({ ...command, parcel: parcel as Parcel })
          await heads.put(headRow({ ...row.head, parcelled: true }))
        }),
      ),
    readCommand: (id) => readCommand(database, vault, id),
    readOpen: () => dexie.transaction('r', heads, async () => headsOf(await readOpenRows(database))),
    readClosed: async (limit) => headsOf(await closedRows(database).reverse().limit(limit).toArray()),
    pruneAccepted: (madeBeforeMs) =>
      dexie.transaction('rw', heads, commands, screenings, () => pruneAccepted(database, madeBeforeMs)),
  }
}
