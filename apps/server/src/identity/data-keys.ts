import { createHash, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { type Database, isConnectionLost } from '@guankou/db/database.ts'
import {
  findDataKey,
  insertDataKey,
  readLiveDataKeys,
  type StoredDataKey,
} from '@guankou/db/queries/identity/data-keys.ts'
import { type DataKeyOwner, DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import { seal, unseal } from '#src/identity/envelope.ts'
import type { KeyCustody } from '#src/identity/key-custody.ts'
import { KeyServiceUnavailableError } from '#src/identity/key-service.ts'
import { localGeneration } from '#src/identity/local-key-service.ts'

/** How long what was read of a key is believed, milliseconds: so soon every process knows of a destroyed key. */
export const believedMs = 30_000
/** Keys that are unwrapped at once, where many days are read. */
const atOnce = 16

/** The keys of one jurisdiction and day, in memory. */
export type DaySecrets = {
  readonly owner: DataKeyOwner
  readonly dataKey: KeyObject
  readonly contentKey: KeyObject
  /** Generations of digests that rows of this day may carry, the one for new rows first. */
  readonly digestGenerations: readonly number[]
  /** Undefined for 0, the key that all days shared once. */
  readonly digestKey: (generation: number) => KeyObject | undefined
}

export type DataKeys = {
  /** The keys of a day, made on first use. What is in memory goes on sealing while the key service is away. */
  readonly forSealing: (owner: DataKeyOwner) => Promise<DaySecrets>
  /** The keys of a day that exist. @throws DayKeyDestroyedError, KeyServiceUnavailableError */
  readonly forOpening: (owner: DataKeyOwner) => Promise<DaySecrets>
  /** Those of every day that still opens, newest day first. @throws KeyServiceUnavailableError */
  readonly live: () => Promise<readonly DaySecrets[]>
  readonly forget: (owner: DataKeyOwner) => void
}

type Held = { readonly stored: StoredDataKey; readonly secrets: DaySecrets; readonly checkedAtMs: number }

/** Where a data key belongs, as its envelopes authenticate it. */
export const dataKeyPlace = ({ jurisdiction, day }: DataKeyOwner): string => `data-key|${jurisdiction}|${day}`

/** By what a certificate names a data key: half of a SHA-256, which tells nothing of a random key. */
export const fingerprintOf = (dataKey: Buffer): Buffer =>
  createHash('sha256').update('guankou/data-key').update(dataKey).digest().subarray(0, 16)

/** Opens a data key with the master key and the key of its day. @throws DayKeyDestroyedError, KeyServiceUnavailableError */
export const openDataKey = async (
  { keyService, dayKeys }: KeyCustody,
  stored: StoredDataKey & { readonly wrapped: Buffer },
): Promise<Buffer> => {
  const place = dataKeyPlace(stored)
  const { generation, wrapped } = stored
  if (generation === null) return keyService.unwrap({ generation: localGeneration(1), wrapped }, place)
  const dayKey = await dayKeys.find(stored)
  if (dayKey === undefined)
    throw new KeyServiceUnavailableError(
      `the day key of ${stored.jurisdiction} for ${stored.day} is not in the key folder`,
    )
  return unseal(dayKey, place, await keyService.unwrap({ generation, wrapped }, place))
}

/** Wraps a data key for the database: by the key of its day, then by the newest master key. */
export const wrapDataKey = async (
  { keyService, dayKeys, algorithm }: KeyCustody,
  owner: DataKeyOwner,
  dataKey: Buffer,
): Promise<{ wrapped: Buffer; generation: string; fingerprint: Buffer }> => {
  const place = dataKeyPlace(owner)
  const inner = seal(await dayKeys.findOrCreate(owner), place, dataKey, algorithm)
  return { ...(await keyService.wrap(inner, place)), fingerprint: fingerprintOf(dataKey) }
}

const secretsOf = (stored: StoredDataKey, bytes: Buffer): DaySecrets => {
  const derived = (use: string): KeyObject =>
    createSecretKey(Buffer.from(hkdfSync('sha256', bytes, Buffer.alloc(0), `guankou/${use}`, 32)))
  const { jurisdiction, day, digestGeneration, digestsFrom } = stored
  const generations = Array.from(
    { length: digestGeneration - digestsFrom + 1 },
    (_, back) => digestGeneration - back,
  )
  const digestKeys = new Map(
    generations.filter((each) => each > 0).map((each) => [each, derived(`look-up-digest/${each}`)]),
  )
  return {
    owner: { jurisdiction, day },
    dataKey: createSecretKey(bytes),
    contentKey: derived('content-digest'),
    digestGenerations: generations,
    digestKey: (generation) => digestKeys.get(generation),
  }
}

const isSame = (a: StoredDataKey, b: StoredDataKey): boolean =>
  a.digestGeneration === b.digestGeneration &&
  a.digestsFrom === b.digestsFrom &&
  a.wrapped !== null &&
  b.wrapped !== null &&
  a.wrapped.equals(b.wrapped)

const inTurns = async <In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> => {
  const results: Out[] = []
  for (let first = 0; first < items.length; first += atOnce)
    results.push(...(await Promise.all(items.slice(first, first + atOnce).map(work))))
  return results
}

/** Holds the data keys in memory, each for a short time before it is looked at again. */
export const createDataKeys = (db: Database, custody: KeyCustody, now: () => number): DataKeys => {
  const held = new Map<string, Held>()
  const underWay = new Map<string, Promise<DaySecrets>>()
  const keyOf = ({ jurisdiction, day }: DataKeyOwner): string => `${jurisdiction}|${day}`

  const make = async (owner: DataKeyOwner): Promise<StoredDataKey> => {
    const wrapped = await wrapDataKey(custody, owner, randomBytes(32))
    await insertDataKey(db.query, { ...owner, ...wrapped, now: new Date(now()) })
    const stored = await findDataKey(db.query, owner)
    if (stored === undefined) throw new Error('a data key was made and is not there')
    return stored
  }
  /** What the database says of a key against what is in memory. @param mayTrust whether memory will do without the service */
  const settle = async (stored: StoredDataKey, mayTrust: boolean): Promise<DaySecrets> => {
    const key = keyOf(stored)
    const { wrapped } = stored
    if (wrapped === null) {
      held.delete(key)
      throw new DayKeyDestroyedError(stored)
    }
    const known = held.get(key)
    if (known !== undefined && isSame(known.stored, stored)) {
      // Reading is over when the key service is: it may have been told to refuse us.
      if (!mayTrust) await custody.keyService.keyId()
      held.set(key, { ...known, checkedAtMs: now() })
      return known.secrets
    }
    const secrets = secretsOf(stored, await openDataKey(custody, { ...stored, wrapped }))
    held.set(key, { stored, secrets, checkedAtMs: now() })
    return secrets
  }
  const isFresh = (found: Held | undefined): found is Held =>
    found !== undefined && Math.abs(now() - found.checkedAtMs) < believedMs

  const load = async (owner: DataKeyOwner, purpose: 'seal' | 'open'): Promise<DaySecrets> => {
    const known = held.get(keyOf(owner))
    try {
      const stored =
        (await findDataKey(db.query, owner)) ?? (purpose === 'seal' ? await make(owner) : undefined)
      if (stored === undefined) throw new DayKeyDestroyedError(owner)
      return await settle(stored, purpose === 'seal')
    } catch (error) {
      const isAway = error instanceof KeyServiceUnavailableError || isConnectionLost(error)
      if (purpose === 'seal' && known !== undefined && isAway) return known.secrets
      if (error instanceof DayKeyDestroyedError) held.delete(keyOf(owner))
      throw error
    }
  }
  const once = (owner: DataKeyOwner, purpose: 'seal' | 'open'): Promise<DaySecrets> => {
    const key = `${purpose}|${keyOf(owner)}`
    const running = underWay.get(key) ?? load(owner, purpose).finally(() => underWay.delete(key))
    underWay.set(key, running)
    return running
  }
  /** When each key was last known to open with the service there: sealing alone does not show that. */
  const openedAt = new Map<string, number>()
  return {
    forSealing: async (owner) => {
      const known = held.get(keyOf(owner))
      return isFresh(known) ? known.secrets : once(owner, 'seal')
    },
    forOpening: async (owner) => {
      const known = held.get(keyOf(owner))
      const opened = openedAt.get(keyOf(owner)) ?? Number.NEGATIVE_INFINITY
      if (isFresh(known) && Math.abs(now() - opened) < believedMs) return known.secrets
      const secrets = await once(owner, 'open')
      openedAt.set(keyOf(owner), now())
      return secrets
    },
    live: async () => {
      const rows = await readLiveDataKeys(db.query)
      const found = await inTurns(rows, (stored) =>
        settle(stored, false).catch((error: unknown) => {
          // Destroyed between our reading and our looking, or with a key folder that knows more than a restored database.
          if (error instanceof DayKeyDestroyedError) return undefined
          throw error
        }),
      )
      return found.filter((each) => each !== undefined)
    },
    forget: (owner) => {
      held.delete(keyOf(owner))
      openedAt.delete(keyOf(owner))
    },
  }
}
