import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createFileOnce, syncFolder } from '#src/identity/key-files.ts'
import type { KeyService, WrappedKey } from '#src/identity/key-service.ts'
import { MasterKeyError } from '#src/identity/master-key.ts'

const place = 'root-key'
const fileIn = (folder: string): string => join(folder, 'root.sealed')

/** The wrapped root key, or `undefined` while the first master key still serves as root key. */
export const readSealedRoot = async (folder: string): Promise<WrappedKey | undefined> => {
  const file = fileIn(folder)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new MasterKeyError(`${file} cannot be read`, { cause: error })
  })
  if (text === undefined) return undefined
  const [generation, wrapped] = text.trim().split(' ')
  if (generation === undefined || wrapped === undefined) throw new MasterKeyError(`${file} is damaged`)
  return { generation, wrapped: Buffer.from(wrapped, 'base64') }
}

const textOf = ({ generation, wrapped }: WrappedKey): string =>
  `${generation} ${wrapped.toString('base64')}\n`

/** Opens the root key. @throws KeyServiceUnavailableError, KeyServiceError */
export const openRoot = (service: KeyService, sealed: WrappedKey): Promise<Buffer> =>
  service.unwrap(sealed, place)

/** Makes a root key that nobody has seen, wrapped from the first moment; processes that do so at once agree on one. */
export const createSealedRoot = async (folder: string, service: KeyService): Promise<Buffer> => {
  await createFileOnce(fileIn(folder), textOf(await service.wrap(randomBytes(32), place)))
  const sealed = await readSealedRoot(folder)
  if (sealed === undefined) throw new MasterKeyError(`${fileIn(folder)} was made and is gone`)
  return openRoot(service, sealed)
}

/** Wraps the root key anew; the file is replaced as a whole or not at all. */
export const sealRoot = async (folder: string, service: KeyService, root: Buffer): Promise<void> => {
  const file = fileIn(folder)
  const text = textOf(await service.wrap(root, place))
  const unfinished = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(unfinished, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, file)
  await syncFolder(dirname(file))
}
