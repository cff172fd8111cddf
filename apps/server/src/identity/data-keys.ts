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
/** How long an answer of the key service stands for all who ask whether it is there, milliseconds. */
const rollCallMs = 1_000
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

/** Sealing goes on with what is in memory; opening needs the key service. */
type Use = 'seal' | 'open'

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

const keyOf = ({ jurisdiction, day }: DataKeyOwner): string => `${jurisdiction}|${day}`

/** Asks whether the key service is there, once for all that want to know at the same time. */
const createRollCall = ({ keyService }: KeyCustody, now: () => number): (() => Promise<unknown>) => {
  let last: { readonly atMs: number; readonly answer: Promise<unknown> } | undefined
  return () => {
    if (last !== undefined && Math.abs(now() - last.atMs) < rollCallMs) return last.answer
    const asked = { atMs: now(), answer: keyService.keyId() }
    last = asked
    asked.answer.catch(() => {
      if (last === asked) last = undefined
    })
    return asked.answer
  }
}

/** What is in memory, and what the database says against it. */
const createMemory = (custody: KeyCustody, now: () => number) => {
  const held = new Map<string, Held>()
  /** When each key was last opened with the key service there: sealing alone does not show that. */
  const openedAt = new Map<string, number>()
  const isServiceThere = createRollCall(custody, now)
  const isRecent = (atMs: number | undefined): boolean =>
    atMs !== undefined && Math.abs(now() - atMs) < believedMs
  const forget = (owner: DataKeyOwner): void => {
    held.delete(keyOf(owner))
    openedAt.delete(keyOf(owner))
  }
  const settle = async (stored: StoredDataKey, purpose: Use): Promise<DaySecrets> => {
    const key = keyOf(stored)
    const { wrapped } = stored
    if (wrapped === null) throw new DayKeyDestroyedError(stored)
    const known = held.get(key)
    const isKnown = known !== undefined && isSame(known.stored, stored)
    // Reading is over when the key service is: it may have been told to refuse us.
    if (isKnown && purpose === 'open') await isServiceThere()
    const secrets = isKnown
      ? known.secrets
      : secretsOf(stored, await openDataKey(custody, { ...stored, wrapped }))
    held.set(key, { stored, secrets, checkedAtMs: now() })
    if (purpose === 'open') openedAt.set(key, now())
    return secrets
  }
  return {
    forget,
    settle: (stored: StoredDataKey, purpose: Use): Promise<DaySecrets> =>
      settle(stored, purpose).catch((error: unknown) => {
        if (error instanceof DayKeyDestroyedError) forget(stored)
        throw error
      }),
    /** What is in memory, however old. */
    any: (owner: DataKeyOwner): DaySecrets | undefined => held.get(keyOf(owner))?.secrets,
    /** What is in memory and may be used without looking. */
    fresh: (owner: DataKeyOwner, purpose: Use): DaySecrets | undefined => {
      const known = held.get(keyOf(owner))
      if (known === undefined || !isRecent(known.checkedAtMs)) return undefined
      return purpose === 'seal' || isRecent(openedAt.get(keyOf(owner))) ? known.secrets : undefined
    },
  }
}

const makeDataKey = async (
  db: Database,
  custody: KeyCustody,
  owner: DataKeyOwner,
  now: Date,
): Promise<StoredDataKey> => {
  const wrapped = await wrapDataKey(custody, owner, randomBytes(32))
  await insertDataKey(db.query, { ...owner, ...wrapped, now })
  const stored = await findDataKey(db.query, owner)
  if (stored === undefined) throw new Error('a data key was made and is not there')
  return stored
}

/** Holds the data keys in memory, each for a short time before it is looked at again. */
export const createDataKeys = (db: Database, custody: KeyCustody, now: () => number): DataKeys => {
  const memory = createMemory(custody, now)
  const underWay = new Map<string, Promise<DaySecrets>>()

  const look = async (owner: DataKeyOwner, purpose: Use): Promise<DaySecrets> => {
    const stored = await findDataKey(db.query, owner)
    if (stored !== undefined) return memory.settle(stored, purpose)
    if (purpose === 'open') throw new DayKeyDestroyedError(owner)
    return memory.settle(await makeDataKey(db, custody, owner, new Date(now())), purpose)
  }
  const load = (owner: DataKeyOwner, purpose: Use): Promise<DaySecrets> =>
    look(owner, purpose).catch((error: unknown) => {
      const isAway = error instanceof KeyServiceUnavailableError || isConnectionLost(error)
      const known = memory.any(owner)
      if (purpose === 'seal' && known !== undefined && isAway) return known
      throw error
    })
  const find = async (owner: DataKeyOwner, purpose: Use): Promise<DaySecrets> => {
    const known = memory.fresh(owner, purpose)
    if (known !== undefined) return known
    const key = `${purpose}|${keyOf(owner)}`
    const running = underWay.get(key) ?? load(owner, purpose).finally(() => underWay.delete(key))
    underWay.set(key, running)
    return running
  }
  return {
    forSealing: (owner) => find(owner, 'seal'),
    forOpening: (owner) => find(owner, 'open'),
    live: async () => {
      const found = await inTurns(await readLiveDataKeys(db.query), (stored) =>
        memory.settle(stored, 'open').catch((error: unknown) => {
          // Destroyed since we read it, or known to be by the key folder while the database is of before.
          if (error instanceof DayKeyDestroyedError) return undefined
          throw error
        }),
      )
      return found.filter((each) => each !== undefined)
    },
    forget: memory.forget,
  }
}
