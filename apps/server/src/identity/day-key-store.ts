import type { KeyObject } from 'node:crypto'

/** Whose data key seals a field: a jurisdiction and a day of its calendar. */
export type DataKeyOwner = { readonly jurisdiction: number; readonly day: string }

/** Thrown where a day's key was destroyed: its identities are gone, and no new ones may be taken. */
export class DayKeyDestroyedError extends Error {
  constructor({ jurisdiction, day }: DataKeyOwner) {
    super(`the identity key of ${jurisdiction} for ${day} was destroyed`)
    this.name = 'DayKeyDestroyedError'
  }
}

/**
 * Where day keys are kept: outside the database, and never in a backup of it. Every data key in the database is sealed
 * by the day key of its jurisdiction and day before the master key wraps it, so that a copy of the database made
 * yesterday, with the master key of today, opens nothing of a day whose day key is gone.
 *
 * Whoever writes backups: take nothing from this store. What must outlive the machine lies in its escrow, a second
 * store that retention empties together with the first (decision 18).
 */
export type DayKeyStore = {
  /** The key of a day, made on first use; all who ask at once get the same. @throws DayKeyDestroyedError */
  readonly findOrCreate: (owner: DataKeyOwner) => Promise<KeyObject>
  /** @returns undefined where there is none, such as for a day from before day keys   @throws DayKeyDestroyedError */
  readonly find: (owner: DataKeyOwner) => Promise<KeyObject | undefined>
  /** Overwrites and removes the key, and remembers that it was there. May be repeated. */
  readonly destroy: (owner: DataKeyOwner) => Promise<void>
  /** Every day that has a key, and every day that had one. */
  readonly list: () => Promise<readonly (DataKeyOwner & { readonly destroyed: boolean })[]>
}
