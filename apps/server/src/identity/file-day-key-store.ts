import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type DataKeyOwner, DayKeyDestroyedError, type DayKeyStore } from '#src/identity/day-key-store.ts'
import { createFileOnce, overwriteFile, syncFolder } from '#src/identity/key-files.ts'

const keyBytes = 32
const keySuffix = '.key'
const destroyedSuffix = '.destroyed'

/** Thrown where a file of the store is not what was written there. */
export class DayKeyDamagedError extends Error {
  constructor(file: string) {
    super(`the day key ${file} is damaged; take it from the escrow`)
    this.name = 'DayKeyDamagedError'
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

const readIfThere = (file: string): Promise<Buffer | undefined> =>
  readFile(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })

const ownerOf = (jurisdiction: string, day: string): DataKeyOwner => ({
  jurisdiction: Number(jurisdiction),
  day,
})

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (names) => names.sort(),
    (error: unknown) => {
      if (isMissing(error)) return []
      throw error
    },
  )

const listDays = async (folder: string): Promise<readonly (DataKeyOwner & { destroyed: boolean })[]> => {
  const days: (DataKeyOwner & { destroyed: boolean })[] = []
  for (const jurisdiction of (await namesIn(folder)).filter((name) => /^\d+$/.test(name))) {
    const files = await namesIn(join(folder, jurisdiction))
    const endingIn = (suffix: string): string[] =>
      files.filter((name) => name.endsWith(suffix)).map((name) => basename(name, suffix))
    const destroyed = new Set(endingIn(destroyedSuffix))
    const live = endingIn(keySuffix).filter((day) => !destroyed.has(day))
    for (const day of destroyed) days.push({ ...ownerOf(jurisdiction, day), destroyed: true })
    for (const day of live) days.push({ ...ownerOf(jurisdiction, day), destroyed: false })
  }
  return days
}

/**
 * Day keys as files, `440402/2020-02-10.key`: one for each key, so that making one is a link and destroying one leaves
 * all others untouched. A destroyed key leaves an empty `2020-02-10.destroyed`, which holds against a database that is
 * restored from before.
 * @param folder  made on first use, for its owner alone; shared by every process that works on one database
 */
export const createFileDayKeyStore = (folder: string): DayKeyStore => {
  const fileOf = ({ jurisdiction, day }: DataKeyOwner, suffix: string): string => {
    if (!Number.isSafeInteger(jurisdiction) || !/^\d{4}-\d\d-\d\d$/.test(day))
      throw new RangeError(`not a jurisdiction and day: ${jurisdiction} ${day}`)
    return join(folder, String(jurisdiction), day + suffix)
  }
  const find = async (owner: DataKeyOwner): Promise<KeyObject | undefined> => {
    const file = fileOf(owner, keySuffix)
    if ((await readIfThere(fileOf(owner, destroyedSuffix))) !== undefined)
      throw new DayKeyDestroyedError(owner)
    const bytes = await readIfThere(file)
    if (bytes === undefined) return undefined
    if (bytes.length !== keyBytes) throw new DayKeyDamagedError(file)
    return createSecretKey(bytes)
  }
  return {
    find,
    findOrCreate: async (owner) => {
      const known = await find(owner)
      if (known !== undefined) return known
      await createFileOnce(fileOf(owner, keySuffix), randomBytes(keyBytes))
      const made = await find(owner)
      if (made === undefined) throw new DayKeyDestroyedError(owner)
      return made
    },
    destroy: async (owner) => {
      const [file, mark] = [fileOf(owner, keySuffix), fileOf(owner, destroyedSuffix)]
      await createFileOnce(mark, Buffer.alloc(0))
      const found = await overwriteFile(file, keyBytes)
      if (!found) return
      await rm(file, { force: true })
      await syncFolder(dirname(file))
    },
    list: () => listDays(folder),
  }
}

/**
 * A store with its escrow: what is made is in both before it is used, and what is destroyed is destroyed in both. A
 * key that the first store has lost is taken from the escrow.
 * @throws whatever either store throws; destroying is then repeated
 */
export const withEscrow = (store: DayKeyStore, escrow: DayKeyStore, copy: CopyDayKey): DayKeyStore => ({
  list: store.list,
  find: async (owner) => (await store.find(owner)) ?? (await recovered(store, escrow, copy, owner)),
  findOrCreate: async (owner) => {
    const known = (await store.find(owner)) ?? (await recovered(store, escrow, copy, owner))
    if (known !== undefined) return known
    const made = await store.findOrCreate(owner)
    await copy(owner, made, 'escrow')
    return made
  },
  destroy: async (owner) => {
    // The escrow first: a key that is left in the working store alone is found again by the next run.
    await escrow.destroy(owner)
    await store.destroy(owner)
  },
})

/** Writes a key where it is missing. */
export type CopyDayKey = (owner: DataKeyOwner, key: KeyObject, to: 'store' | 'escrow') => Promise<void>

const recovered = async (
  store: DayKeyStore,
  escrow: DayKeyStore,
  copy: CopyDayKey,
  owner: DataKeyOwner,
): Promise<KeyObject | undefined> => {
  const kept = await escrow.find(owner)
  if (kept === undefined) return undefined
  await copy(owner, kept, 'store')
  return store.find(owner)
}

/** Puts a key into a folder of a file store, where none is. */
export const putDayKey = async (folder: string, owner: DataKeyOwner, key: KeyObject): Promise<void> => {
  const file = join(folder, String(owner.jurisdiction), owner.day + keySuffix)
  await createFileOnce(file, key.export())
}
