import { createHmac, type KeyObject } from 'node:crypto'
import type { Database } from '@guankou/db/database.ts'
import type { SealedIdentity } from '@guankou/db/queries/screening/insert-screenings.ts'
import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { serviceText } from '@guankou/domain/screening/service.ts'
import { createDataKeys, type DaySecrets } from '#src/identity/data-keys.ts'
import { type DataKeyOwner, DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import { type SealAlgorithm, seal, unseal } from '#src/identity/envelope.ts'
import type { KeyCustody } from '#src/identity/key-custody.ts'
import { deriveKey } from '#src/identity/master-key.ts'

const digestBytes = 16

export type SealedScreening = {
  readonly plate: Buffer | null
  readonly plateDigest: Buffer | null
  readonly service: Buffer | null
  readonly serviceDigest: Buffer | null
  readonly identities: readonly SealedIdentity[]
  /** Keyed digest of the whole command, by which a retry is told from a different record under the same id. */
  readonly contentDigest: Buffer
}

export type IdentitySealer = {
  /** Seals plate and identities of a screening under the data key of its jurisdiction and day. */
  readonly sealScreening: (fact: ScreeningRecorded, content: string) => Promise<SealedScreening>
  /**
   * Every digest that a command may have been kept under, or `undefined` where its day has no key (any more). The key of
   * the digest ends with the day: whoever held one for all days could try out the few plates there are.
   */
  readonly contentDigests: (owner: DataKeyOwner, content: string) => Promise<readonly Buffer[] | undefined>
  /** Seals one text, such as the reason of a look-up, under the data key of a jurisdiction and day. */
  readonly sealText: (owner: DataKeyOwner, place: string, text: string) => Promise<Buffer>
  /** The digest under which a row of a jurisdiction and day keeps a plate, phone or document number. */
  readonly digestText: (owner: DataKeyOwner, kind: string, text: string) => Promise<Buffer>
  /**
   * Every digest under which a plate, phone or document number may stand in a row of any day that still opens, newest
   * day first. Each jurisdiction and day has a digest key of its own, so that there are about as many as those.
   */
  readonly lookUpDigests: (kind: string, text: string) => Promise<readonly Buffer[]>
  /**
   * The digests under which rows of some days may keep a plate, phone or document number: made ready once, for lists with
   * thousands of them. The one that a new row of the first day carries comes first. Days without a key are left out.
   */
  readonly digestsOfDays: (owners: readonly DataKeyOwner[]) => Promise<DigestsOf>
  /** Opens one sealed field again. */
  readonly open: (owner: DataKeyOwner, place: string, envelope: Buffer) => Promise<string>
  /** Drops what is in memory of a day, after its key was destroyed. */
  readonly forget: (owner: DataKeyOwner) => void
}

/** Every digest that a text of a kind may stand under. */
export type DigestsOf = (kind: string, text: string) => readonly Buffer[]

/** Where a sealed field of a screening belongs. */
export const fieldPlace = (screeningId: string, seat: number, field: string): string =>
  `${screeningId}|${seat}|${field}`

const hmac = (key: KeyObject, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest().subarray(0, digestBytes)

/** Makes digests for look-up. @param sharedKey  the key that all days shared once, generation 0 */
export const createDigester = (sharedKey: KeyObject) => {
  const digest = (secrets: DaySecrets, generation: number, kind: string, text: string): Buffer =>
    hmac(secrets.digestKey(generation) ?? sharedKey, `${kind}|${text}`)
  return {
    newest: (secrets: DaySecrets, kind: string, text: string): Buffer =>
      digest(secrets, secrets.digestGenerations[0] ?? 0, kind, text),
    every: (secrets: DaySecrets, kind: string, text: string): Buffer[] =>
      secrets.digestGenerations.map((generation) => digest(secrets, generation, kind, text)),
  }
}

/** The digest key of before each day had its own. */
export const sharedDigestKey = (rootKey: Buffer): KeyObject => deriveKey(rootKey, 'look-up-digest')

/** Seals every field of a screening that names somebody. */
const sealIdentities = (
  fact: ScreeningRecorded,
  secrets: DaySecrets,
  how: {
    readonly digests: ReturnType<typeof createDigester>
    readonly algorithm: SealAlgorithm
    readonly content: string
  },
): SealedScreening => {
  const { digests, algorithm, content } = how
  const sealed = (seat: number, field: string, text: string | undefined): Buffer | null =>
    text === undefined
      ? null
      : seal(secrets.dataKey, fieldPlace(fact.id, seat, field), Buffer.from(text), algorithm)
  const digested = (kind: string, text: string | undefined): Buffer | null =>
    text === undefined ? null : digests.newest(secrets, kind, text)
  return {
    plate: sealed(0, 'plate', fact.plate),
    plateDigest: digested('plate', fact.plate),
    service: sealed(0, 'service', fact.service && serviceText(fact.service)),
    serviceDigest: digested('service', fact.service?.number),
    identities: fact.travellers.map(({ entered }) => ({
      document: sealed(entered.seat, 'document', entered.document.number),
      documentDigest: digested(entered.document.kind, entered.document.number),
      name: sealed(entered.seat, 'name', entered.name),
      phone: sealed(entered.seat, 'phone', entered.phone),
      phoneDigest: digested('phone', entered.phone),
    })),
    contentDigest: hmac(secrets.contentKey, content),
  }
}

export const createIdentitySealer = (
  db: Database,
  custody: KeyCustody,
  now: () => number,
): IdentitySealer => {
  const digests = createDigester(sharedDigestKey(custody.rootKey))
  // Records from before each day had a content key of its own.
  const earlierContentKey = deriveKey(custody.rootKey, 'content-digest')
  const keys = createDataKeys(db, custody, now)
  const { algorithm } = custody
  return {
    contentDigests: async (owner, content) => {
      try {
        const own = hmac((await keys.forOpening(owner)).contentKey, content)
        return [own, hmac(earlierContentKey, content)]
      } catch (error) {
        if (error instanceof DayKeyDestroyedError) return undefined
        throw error
      }
    },
    sealText: async (owner, place, text) =>
      seal((await keys.forSealing(owner)).dataKey, place, Buffer.from(text), algorithm),
    digestText: async (owner, kind, text) => digests.newest(await keys.forSealing(owner), kind, text),
    lookUpDigests: async (kind, text) => {
      const found = new Map<string, Buffer>()
      for (const secrets of await keys.live())
        for (const digest of digests.every(secrets, kind, text)) found.set(digest.toString('hex'), digest)
      return [...found.values()]
    },
    digestsOfDays: async ([own, ...others]) => {
      if (own === undefined) return () => []
      const days = [await keys.forSealing(own)]
      for (const owner of others) {
        const secrets = await keys.forOpening(owner).catch((error: unknown) => {
          if (error instanceof DayKeyDestroyedError) return undefined
          throw error
        })
        if (secrets !== undefined) days.push(secrets)
      }
      return (kind, text) => days.flatMap((secrets) => digests.every(secrets, kind, text))
    },
    open: async (owner, place, envelope) =>
      unseal((await keys.forOpening(owner)).dataKey, place, envelope).toString(),
    forget: keys.forget,
    sealScreening: async (fact, content) => {
      const secrets = await keys.forSealing({ jurisdiction: fact.jurisdiction, day: fact.day })
      return sealIdentities(fact, secrets, { digests, algorithm, content })
    },
  }
}
