import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { Parcel } from '@guankou/contract/sync/parcel.ts'
import type { EntryHead } from '@guankou/sync/outbox/entry.ts'
import { lotOf } from '@guankou/sync/outbox/lots.ts'
import { StorageFull } from '@guankou/sync/outbox/storage.ts'
import Dexie, { type Table } from 'dexie'
import type { Sealed } from './vault.ts'

/**
 * `open`, `lot` and `madeAtMs` repeat what the head says, so that it can be indexed. Closed entries have no lot: there is nothing
 * left to count.
 */
export type HeadRow = {
  readonly id: string
  readonly open: 0 | 1
  readonly lot?: string
  readonly madeAtMs: number
  readonly head: EntryHead
}
export type SealedRow = { readonly id: string; readonly sealed: Sealed }
/** A command under its maker's vault, sealed for the server, or both; the vault's copy goes when the vault closes. */
export type CommandRow = { readonly id: string; readonly sealed?: Sealed; readonly parcel?: Parcel }
export type ScreeningLine = SealedRow & {
  readonly makerId: string
  readonly madeAtMs: number
  readonly durationMs: number
}
export type HeldRow = { readonly name: string; readonly value: unknown }
export type KeyRow = { readonly name: string; readonly key: CryptoKey }

/** The vault of one account on this phone: its key under a PIN, or under a key of the phone where no PIN is set. */
export type VaultRow = {
  readonly accountId: string
  readonly name: Bilingual
  readonly lock:
    | {
        readonly is: 'pin'
        readonly salt: Uint8Array<ArrayBuffer>
        readonly rounds: number
        readonly wrapped: Sealed
      }
    | { readonly is: 'phone'; readonly wrapped: Sealed }
  /** Wrong PINs in a row, counted before each try. */
  readonly tries: number
  readonly notBeforeMs: number
}

export type FieldDatabase = {
  readonly dexie: Dexie
  readonly heads: Table<HeadRow, string>
  readonly commands: Table<CommandRow, string>
  /** What the records screen shows of each vehicle. */
  readonly screenings: Table<ScreeningLine, string>
  readonly drafts: Table<SealedRow, string>
  readonly held: Table<HeldRow, string>
  readonly keys: Table<KeyRow, string>
  readonly vaults: Table<VaultRow, string>
}

/** Opens the phone's database. The only place that knows its tables. */
export const openDatabase = (name = 'guankou-field'): FieldDatabase => {
  const dexie = new Dexie(name)
  dexie.version(1).stores({
    heads: 'id, [open+madeAtMs+id]',
    commands: 'id',
    screenings: 'id, [makerId+madeAtMs]',
    drafts: 'id',
    held: 'name',
    keys: 'name',
  })
  dexie.version(2).stores({ vaults: 'accountId' })
  dexie
    .version(3)
    .stores({ heads: 'id, [open+madeAtMs+id], [lot+madeAtMs]' })
    .upgrade((transaction) =>
      transaction
        .table<HeadRow & { lot?: string }, string>('heads')
        .toCollection()
        .modify((row) => {
          if (row.open === 1) row.lot = lotOf(row.head)
        }),
    )
  return {
    dexie,
    heads: dexie.table('heads'),
    commands: dexie.table('commands'),
    screenings: dexie.table('screenings'),
    drafts: dexie.table('drafts'),
    held: dexie.table('held'),
    keys: dexie.table('keys'),
    vaults: dexie.table('vaults'),
  }
}

const names = (cause: unknown): readonly string[] => {
  if (typeof cause !== 'object' || cause === null) return []
  const { name, inner, failures } = cause as { name?: unknown; inner?: unknown; failures?: unknown }
  const own = typeof name === 'string' ? [name] : []
  const within = Array.isArray(failures) ? failures.flatMap(names) : []
  return [...own, ...within, ...(inner === cause ? [] : names(inner))]
}

/** Runs a write and names the one failure that has its own screen. @throws StorageFull */
export const writing = async <T>(run: () => Promise<T>): Promise<T> => {
  try {
    return await run()
  } catch (cause) {
    if (names(cause).includes('QuotaExceededError')) throw new StorageFull('no room', { cause })
    throw cause
  }
}
