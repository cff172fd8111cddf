import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

const keyBytes = 32

/** Thrown where the master key cannot be used; without the right one no identity can be read again. */
export class MasterKeyError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MasterKeyError'
  }
}

/** Reads 32 bytes in base64. @throws MasterKeyError */
export const decodeMasterKey = (text: string, from: string): Buffer => {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== keyBytes)
    throw new MasterKeyError(`the master key in ${from} is not ${keyBytes} bytes in base64`)
  return key
}

const syncFile = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The file appears under its name with all it holds or not at all: half a key could never be told from a damaged one. */
const createKeyFile = async (file: string): Promise<Buffer> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const key = randomBytes(keyBytes)
  const unfinished = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await syncFile(unfinished, `${key.toString('base64')}\n`)
    await link(unfinished, file)
  } finally {
    await rm(unfinished, { force: true })
  }
  return key
}

/**
 * The master key: from the environment where it is given, otherwise from a file that is made on first start and
 * that only its owner can read.
 * @throws MasterKeyError
 */
export const loadMasterKey = async (source: {
  readonly fromEnvironment: string | undefined
  readonly file: string
}): Promise<Buffer> => {
  if (source.fromEnvironment !== undefined)
    return decodeMasterKey(source.fromEnvironment, 'GUANKOU_MASTER_KEY')
  const text = await readFile(source.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new MasterKeyError(`the master key file ${source.file} cannot be read`, { cause: error })
  })
  if (text !== undefined) return decodeMasterKey(text, source.file)
  return createKeyFile(source.file).catch(async (error: NodeJS.ErrnoException) => {
    // Another process made the file between our look and our write.
    if (error.code === 'EEXIST') return decodeMasterKey(await readFile(source.file, 'utf8'), source.file)
    throw error
  })
}

/** Bytes for one use, derived from the master key (HKDF-SHA-256, RFC 5869). */
export const deriveBytes = (master: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `guankou/${use}`, keyBytes))

/**
 * A key for one use, derived from the master key. A key object and not its bytes: every call with bytes makes a key
 * object first, which costs five times as much as sealing a name.
 */
export const deriveKey = (master: Buffer, use: string): KeyObject => createSecretKey(deriveBytes(master, use))
