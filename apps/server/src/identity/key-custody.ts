import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DayKeyStore } from '#src/identity/day-key-store.ts'
import { type SealAlgorithm, sealAlgorithms } from '#src/identity/envelope.ts'
import { createFileDayKeyStore, putDayKey, withEscrow } from '#src/identity/file-day-key-store.ts'
import { type KeyService, KeyServiceError } from '#src/identity/key-service.ts'
import { createLocalKeyService, localGeneration } from '#src/identity/local-key-service.ts'
import { environmentGenerations, fileGenerations } from '#src/identity/master-generations.ts'
import { MasterKeyError } from '#src/identity/master-key.ts'
import { createSealedRoot, openRoot, readSealedRoot } from '#src/identity/root-key.ts'
import { createTransitKeyService, readTransitSettings } from '#src/identity/transit-key-service.ts'

/** Everything that keys of identities come from; one for each process. */
export type KeyCustody = {
  readonly keyFolder: string
  /** Signing keys and digests that are not of one day derive from it. It stays when the master key is rotated. */
  readonly rootKey: Buffer
  /** Wraps and unwraps data keys; unwraps those of services that were used before as well. */
  readonly keyService: KeyService
  readonly dayKeys: DayKeyStore
  /** Seals what is new. */
  readonly algorithm: SealAlgorithm
  /** What another process opens the same keys with; holds the master key where that comes from the environment. */
  readonly settings: KeySettings
}

/** Folder and environment that keys are opened from. */
export type KeySettings = { readonly keyFolder: string; readonly env: Environment }

/** The part of an environment that concerns keys. */
export type Environment = Readonly<Record<string, string | undefined>>

const readAlgorithm = (env: Environment): SealAlgorithm => {
  const text = env.GUANKOU_SEAL_ALGORITHM
  if (text === undefined || text === '') return 'aes-256-gcm'
  const found = sealAlgorithms.find((algorithm) => algorithm === text.toLowerCase())
  if (found === undefined)
    throw new MasterKeyError(`GUANKOU_SEAL_ALGORITHM is one of ${sealAlgorithms.join(', ')}`)
  return found
}

/** The service of the city for what is new; keys that this installation wrapped itself before still open. */
const withEarlierKeys = (service: KeyService, earlier: KeyService): KeyService => ({
  ...service,
  unwrap: (wrapped, place) =>
    (wrapped.generation.startsWith('local:') ? earlier : service).unwrap(wrapped, place),
  retire: (generation) => (generation.startsWith('local:') ? earlier : service).retire(generation),
})

const openDayKeys = (keyFolder: string, env: Environment): DayKeyStore => {
  const folder = join(keyFolder, 'days')
  const store = createFileDayKeyStore(folder)
  const escrow = env.GUANKOU_DAY_KEY_ESCROW
  if (escrow === undefined || escrow === '') return store
  return withEscrow(store, createFileDayKeyStore(escrow), (owner, key, to) =>
    putDayKey(to === 'store' ? folder : escrow, owner, key),
  )
}

const names = [
  'GUANKOU_MASTER_KEY',
  'GUANKOU_SEAL_ALGORITHM',
  'GUANKOU_DAY_KEY_ESCROW',
  'GUANKOU_KEY_SERVICE_URL',
  'GUANKOU_KEY_SERVICE_KEY',
  'GUANKOU_KEY_SERVICE_TOKEN',
  'GUANKOU_KEY_SERVICE_TOKEN_FILE',
]

const ownPart = (env: Environment): Environment =>
  Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))

const holdsMaster = async (keyFolder: string): Promise<boolean> => {
  const files = await readdir(keyFolder).catch(() => [] as string[])
  return files.some((name) => /^master(-\d+)?\.key$/.test(name))
}

/**
 * Opens the keys of an installation as the environment says: `GUANKOU_MASTER_KEY`, or files in the key folder that are
 * made on first start, or a key service at `GUANKOU_KEY_SERVICE_URL`; `GUANKOU_SEAL_ALGORITHM`;
 * `GUANKOU_DAY_KEY_ESCROW`.
 * @throws MasterKeyError, KeyServiceError, KeyServiceUnavailableError
 */
export const openKeyCustody = async ({ keyFolder, env }: KeySettings): Promise<KeyCustody> => {
  await mkdir(keyFolder, { recursive: true, mode: 0o700 })
  const algorithm = readAlgorithm(env)
  const fromEnvironment = env.GUANKOU_MASTER_KEY
  const masters =
    fromEnvironment === undefined ? fileGenerations(keyFolder) : environmentGenerations(fromEnvironment)
  const local = createLocalKeyService(masters, algorithm)
  const transit = await readTransitSettings(env)
  const keyService = transit === undefined ? local : withEarlierKeys(createTransitKeyService(transit), local)
  const settings = { keyFolder, env: ownPart(env) }
  const parts = { keyFolder, keyService, algorithm, settings, dayKeys: openDayKeys(keyFolder, env) }
  const sealed = await readSealedRoot(keyFolder)
  if (sealed !== undefined) return { ...parts, rootKey: await openRoot(keyService, sealed) }
  if (transit !== undefined && fromEnvironment === undefined && !(await holdsMaster(keyFolder)))
    return { ...parts, rootKey: await createSealedRoot(keyFolder, keyService) }
  const rootKey = (await masters.read()).get(1)
  if (rootKey === undefined)
    throw new KeyServiceError(
      `${localGeneration(1)} is not here and ${join(keyFolder, 'root.sealed')} is not either: without one of them no signature and no earlier digest can be made`,
    )
  return { ...parts, rootKey }
}
