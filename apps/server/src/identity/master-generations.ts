import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createFileOnce, overwriteFile, syncFolder } from '#src/identity/key-files.ts'
import { decodeMasterKey, loadMasterKey, MasterKeyError } from '#src/identity/master-key.ts'

const keyBytes = 32

/** The generations of a master key that this installation holds itself, by number, and how they are changed. */
export type MasterGenerations = {
  /** Where they come from, for a person. */
  readonly origin: string
  readonly read: () => Promise<ReadonlyMap<number, Buffer>>
  /** @returns the number of the new one   @throws MasterKeyError where they come from the environment */
  readonly add: () => Promise<number>
  readonly remove: (number: number) => Promise<void>
}

/**
 * Reads `GUANKOU_MASTER_KEY`: one key, or several as `2:base64,1:base64`, the highest number in use.
 * @throws MasterKeyError
 */
export const parseMasterKeys = (text: string): ReadonlyMap<number, Buffer> => {
  const keys = new Map<number, Buffer>()
  for (const part of text.split(',')) {
    const numbered = /^\s*([1-9]\d{0,3}):(.*)$/s.exec(part)
    const number = numbered === null ? 1 : Number(numbered[1])
    if (keys.has(number)) throw new MasterKeyError(`GUANKOU_MASTER_KEY names generation ${number} twice`)
    keys.set(number, decodeMasterKey(numbered?.[2] ?? part, 'GUANKOU_MASTER_KEY'))
  }
  return keys
}

/** Generations that an operator sets in the environment: only the operator can change them. */
export const environmentGenerations = (text: string): MasterGenerations => {
  const keys = parseMasterKeys(text)
  const refuse = async (): Promise<never> => {
    throw new MasterKeyError(
      'the master key comes from the environment: set GUANKOU_MASTER_KEY to 2:NEW,1:OLD, restart, run keys rewrap, then leave out the old one',
    )
  }
  return { origin: 'GUANKOU_MASTER_KEY', read: async () => keys, add: refuse, remove: refuse }
}

const numberOfFile = (name: string): number | undefined => {
  if (name === 'master.key') return 1
  const match = /^master-([1-9]\d{0,3})\.key$/.exec(name)
  return match === null ? undefined : Number(match[1])
}

const fileOf = (number: number): string => (number === 1 ? 'master.key' : `master-${number}.key`)

/**
 * Generations as files: `master.key` is the first, `master-2.key` the next. Read anew each time, so that a server that
 * runs takes part in a rotation from the command line; that is a few small files for each key that is wrapped.
 */
export const fileGenerations = (folder: string): MasterGenerations => {
  const read = async (): Promise<ReadonlyMap<number, Buffer>> => {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [] as string[]
      throw new MasterKeyError(`the key folder ${folder} cannot be read`, { cause: error })
    })
    const keys = new Map<number, Buffer>()
    for (const name of names) {
      const number = numberOfFile(name)
      if (number === undefined) continue
      const text = await readFile(join(folder, name), 'utf8').catch((error: unknown) => {
        throw new MasterKeyError(`the master key file ${join(folder, name)} cannot be read`, { cause: error })
      })
      keys.set(number, decodeMasterKey(text, join(folder, name)))
    }
    if (keys.size > 0) return keys
    return new Map([[1, await loadMasterKey({ fromEnvironment: undefined, file: join(folder, fileOf(1)) })]])
  }
  return {
    origin: folder,
    read,
    add: async () => {
      for (;;) {
        const number = Math.max(...(await read()).keys()) + 1
        const text = `${randomBytes(keyBytes).toString('base64')}\n`
        if (await createFileOnce(join(folder, fileOf(number)), text)) return number
      }
    },
    remove: async (number) => {
      const file = join(folder, fileOf(number))
      await overwriteFile(file, keyBytes)
      await rm(file, { force: true })
      await syncFolder(dirname(file))
    },
  }
}
