import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import type { Database } from '@guankou/db/database.ts'
import { findOrInsertIdentityKey } from '@guankou/db/queries/access/identity-keys.ts'
import type { SealedIdentity } from '@guankou/db/queries/screening/insert-screenings.ts'
import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { seal, unseal } from '#src/identity/envelope.ts'
import { deriveKey } from '#src/identity/master-key.ts'

const digestBytes = 16

/** Thrown where a day's key was destroyed: its identities are gone, and no new ones may be taken. */
export class DayKeyDestroyedError extends Error {
  constructor(jurisdiction: number, day: string) {
    super(`the identity key of ${jurisdiction} for ${day} was destroyed`)
    this.name = 'DayKeyDestroyedError'
  }
}

export type SealedScreening = {
  readonly plate: Buffer | null
  readonly plateDigest: Buffer | null
  readonly identities: readonly SealedIdentity[]
}

export type IdentitySealer = {
  /** Seals plate and identities of a screening under the data key of its jurisdiction and day. */
  readonly sealScreening: (fact: ScreeningRecorded) => Promise<SealedScreening>
  /** Keyed digest of a whole command, by which a retry is told from a different record under the same id. */
  readonly contentDigest: (content: string) => Buffer
  /** Seals one text, such as the reason of a look-up, under the data key of a jurisdiction and day. */
  readonly sealText: (owner: DataKeyOwner, place: string, text: string) => Promise<Buffer>
  /** Every digest under which a plate, phone or document number may stand, newest key first. */
  readonly lookUpDigests: (kind: string, text: string) => Promise<readonly Buffer[]>
  /** Opens one sealed field again. */
  readonly open: (owner: DataKeyOwner, place: string, envelope: Buffer) => Promise<string>
}

/** Whose data key seals a field: a jurisdiction and a day of its calendar. */
export type DataKeyOwner = { readonly jurisdiction: number; readonly day: string }

type DataKeys = (jurisdiction: number, day: string) => Promise<KeyObject>

const dataKeys = (db: Database, wrappingKey: KeyObject, now: () => number): DataKeys => {
  const known = new Map<string, Promise<KeyObject>>()
  const load = async (jurisdiction: number, day: string): Promise<KeyObject> => {
    const place = `data-key|${jurisdiction}|${day}`
    const wrapped = await findOrInsertIdentityKey(db.query, {
      jurisdiction,
      day,
      wrapped: seal(wrappingKey, place, randomBytes(32)),
      now: new Date(now()),
    })
    if (wrapped === null) throw new DayKeyDestroyedError(jurisdiction, day)
    return createSecretKey(unseal(wrappingKey, place, wrapped))
  }
  return (jurisdiction, day) => {
    const place = `${jurisdiction}|${day}`
    const held = known.get(place)
    if (held !== undefined) return held
    const key = load(jurisdiction, day)
    known.set(place, key)
    key.catch(() => known.delete(place))
    return key
  }
}

/** Where a sealed field of a screening belongs. */
export const fieldPlace = (screeningId: string, seat: number, field: string): string =>
  `${screeningId}|${seat}|${field}`

/** @param master  32 bytes, see `loadMasterKey` */
export const createIdentitySealer = (db: Database, master: Buffer, now: () => number): IdentitySealer => {
  const indexKey = deriveKey(master, 'look-up-digest')
  const contentKey = deriveKey(master, 'content-digest')
  const keyOf = dataKeys(db, deriveKey(master, 'wrap-data-keys'), now)
  const digest = (kind: string, text: string): Buffer =>
    createHmac('sha256', indexKey).update(`${kind}|${text}`).digest().subarray(0, digestBytes)
  const digestOf = (kind: string, text: string | undefined): Buffer | null =>
    text === undefined ? null : digest(kind, text)
  const sealField = (key: KeyObject, place: string, text: string | undefined): Buffer | null =>
    text === undefined ? null : seal(key, place, Buffer.from(text))
  return {
    contentDigest: (content) =>
      createHmac('sha256', contentKey).update(content).digest().subarray(0, digestBytes),
    sealText: async ({ jurisdiction, day }, place, text) =>
      seal(await keyOf(jurisdiction, day), place, Buffer.from(text)),
    lookUpDigests: async (kind, text) => [digest(kind, text)],
    open: async ({ jurisdiction, day }, place, envelope) =>
      unseal(await keyOf(jurisdiction, day), place, envelope).toString(),
    sealScreening: async (fact) => {
      const key = await keyOf(fact.jurisdiction, fact.day)
      return {
        plate: sealField(key, fieldPlace(fact.id, 0, 'plate'), fact.plate),
        plateDigest: digestOf('plate', fact.plate),
        identities: fact.travellers.map(({ entered }) => ({
          document: sealField(key, fieldPlace(fact.id, entered.seat, 'document'), entered.document.number),
          documentDigest: digestOf(entered.document.kind, entered.document.number),
          name: sealField(key, fieldPlace(fact.id, entered.seat, 'name'), entered.name),
          phone: sealField(key, fieldPlace(fact.id, entered.seat, 'phone'), entered.phone),
          phoneDigest: digestOf('phone', entered.phone),
        })),
      }
    },
  }
}
