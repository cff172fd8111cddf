import type { EntryHead, NewEntry, UnreadableReason } from './entry.ts'

/** Thrown by a storage when the device has no room; nothing of the failed call is kept. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull'
}

export type ReadCommand =
  | { readonly is: 'read'; readonly command: unknown }
  /** Only its maker can read it, after unlocking. */
  | { readonly is: 'locked' }
  | { readonly is: 'unreadable'; readonly reason: UnreadableReason }

export type Revision<R> = { readonly write: readonly EntryHead[]; readonly result: R }

/**
 * Where entries live. An adapter knows no rule of the protocol: every rule is a pure function handed to `revise`.
 * `registerStorageSuite` is the contract each adapter passes.
 */
export type OutboxStorage = {
  /** Stores an entry, or says that its id is known and changes nothing. @throws StorageFull */
  readonly add: (entry: NewEntry) => Promise<'added' | 'known'>
  /**
   * Shows all open heads, oldest first (time made, then id), to a pure synchronous function and writes the heads it
   * returns; heads it names that are not open are left alone. Atomic. @throws StorageFull
   */
  readonly revise: <R>(change: (open: readonly EntryHead[]) => Revision<R>) => Promise<R>
  /**
   * The command of an entry; where its maker’s vault is closed its parcel, if it has one. Damage is an answer, never an
   * exception.
   */
  readonly readCommand: (id: string) => Promise<ReadCommand>
  /** Puts a parcel beside the content of an entry that waits; nothing where it waits no more. @throws StorageFull */
  readonly addParcel: (id: string, parcel: unknown) => Promise<void>
  /** All open heads, oldest first. */
  readonly readOpen: () => Promise<readonly EntryHead[]>
  /** Accepted and withdrawn heads, newest first. */
  readonly readClosed: (limit: number) => Promise<readonly EntryHead[]>
  /** Removes accepted entries made before a time; nothing else is ever removed. Returns how many. */
  readonly pruneAccepted: (madeBeforeMs: number) => Promise<number>
}
