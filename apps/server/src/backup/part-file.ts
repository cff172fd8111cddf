import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable, type Transform } from 'node:stream'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { damagedPart } from '#src/backup/backup-error.ts'

/**
 * A part is compressed, cut into chunks, and each chunk is sealed with AES-256-GCM under a key of this part alone. The nonce
 * counts the chunks and marks the last one, so that chunks cannot be left out, moved, or cut off at the end (the STREAM
 * construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015, DOI 10.1007/978-3-662-47989-6_24).
 */
const magic = Buffer.from('GUANKOU1')
const saltBytes = 32
const headerBytes = magic.length + saltBytes
const chunkBytes = 2 ** 20
const tagBytes = 16
const lengthBytes = 4

const partKey = (backupKey: Buffer, salt: Buffer, name: string): Buffer =>
  Buffer.from(hkdfSync('sha256', backupKey, salt, `guankou/backup-part/${name}`, 32))

const nonceOf = (index: number, isLast: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(index, 7)
  nonce.writeUInt8(isLast ? 1 : 0, 11)
  return nonce
}

/** What a transform makes of a source; an error of either is thrown to whoever reads. */
const through = (source: AsyncIterable<Buffer>, transform: Transform): AsyncIterable<Buffer> => {
  pipeline(Readable.from(source), transform, () => undefined)
  return transform
}

const sealChunk = (key: Buffer, index: number, isLast: boolean, plain: Buffer): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index, isLast))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  const length = Buffer.alloc(lengthBytes)
  // The highest bit says that this is the last one; the nonce binds it.
  length.writeUInt32BE((sealed.length | (isLast ? 0x80000000 : 0)) >>> 0)
  return Buffer.concat([length, sealed])
}

const sealed = async function* (
  source: AsyncIterable<Buffer>,
  key: Buffer,
  header: Buffer,
): AsyncGenerator<Buffer> {
  yield header
  let [waiting, waitingBytes, index]: [Buffer[], number, number] = [[], 0, 0]
  for await (const piece of source) {
    waiting.push(piece)
    waitingBytes += piece.length
    if (waitingBytes <= chunkBytes) continue
    let rest = Buffer.concat(waiting)
    for (; rest.length > chunkBytes; index += 1) {
      yield sealChunk(key, index, false, rest.subarray(0, chunkBytes))
      rest = rest.subarray(chunkBytes)
    }
    waiting = [rest]
    waitingBytes = rest.length
  }
  yield sealChunk(key, index, true, Buffer.concat(waiting))
}

export type WrittenPart = { readonly bytes: number; readonly sha256: string }

/**
 * Writes a part and waits until it is on disk.
 * @param file  must not be there   @param name  what the part is called; it opens under no other name
 */
export const writePart = async (
  file: string,
  name: string,
  backupKey: Buffer,
  source: AsyncIterable<Buffer>,
): Promise<WrittenPart> => {
  const salt = randomBytes(saltBytes)
  const compressed = through(source, createZstdCompress())
  const sum = createHash('sha256')
  let bytes = 0
  const handle = await open(file, 'wx', 0o600)
  try {
    const key = partKey(backupKey, salt, name)
    for await (const piece of sealed(compressed, key, Buffer.concat([magic, salt]))) {
      sum.update(piece)
      bytes += piece.length
      await handle.writeFile(piece)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { bytes, sha256: sum.digest('hex') }
}

/** Takes exact numbers of bytes from a stream of pieces of any size. */
const reader = (source: AsyncIterable<Buffer>) => {
  const iterator = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  const fill = async (wanted: number): Promise<void> => {
    const pieces = [held]
    for (let length = held.length; length < wanted; ) {
      const { done, value } = await iterator.next()
      if (done === true) break
      pieces.push(value)
      length += value.length
    }
    held = Buffer.concat(pieces)
  }
  return {
    /** Fewer bytes only at the end. */
    take: async (wanted: number): Promise<Buffer> => {
      if (held.length < wanted) await fill(wanted)
      const taken = held.subarray(0, wanted)
      held = held.subarray(wanted)
      return taken
    },
  }
}

const opened = async function* (
  source: AsyncIterable<Buffer>,
  name: string,
  what: string,
  backupKey: Buffer,
): AsyncGenerator<Buffer> {
  const { take } = reader(source)
  const header = await take(headerBytes)
  if (header.length < headerBytes || !header.subarray(0, magic.length).equals(magic))
    throw damagedPart(what, 'does not begin as a part does')
  const key = partKey(backupKey, header.subarray(magic.length), name)
  for (let index = 0; ; index += 1) {
    const prefix = await take(lengthBytes)
    if (prefix.length < lengthBytes) throw damagedPart(what, 'ends too early')
    const word = prefix.readUInt32BE()
    const [isLast, length] = [word >= 0x80000000, word & 0x7fffffff]
    if (length < tagBytes || length > chunkBytes + tagBytes) throw damagedPart(what, 'was changed')
    const chunk = await take(length)
    if (chunk.length < length) throw damagedPart(what, 'ends too early')
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, isLast))
    decipher.setAuthTag(chunk.subarray(-tagBytes))
    try {
      yield Buffer.concat([decipher.update(chunk.subarray(0, -tagBytes)), decipher.final()])
    } catch (error) {
      throw damagedPart(what, 'was changed', error)
    }
    if (isLast) break
  }
  if ((await take(1)).length > 0) throw damagedPart(what, 'goes on after its end')
}

/**
 * Reads a part. What it gives has been authenticated chunk by chunk; that it is whole is known at its end.
 * @param part.what  how the part is called to a person
 * @param part.sha256  of the file, where it is known   @throws BackupError naming the part
 */
export const readPart = async function* (
  file: string,
  part: { readonly name: string; readonly what: string; readonly sha256?: string },
  backupKey: Buffer,
): AsyncGenerator<Buffer> {
  const sum = createHash('sha256')
  const raw = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of createReadStream(file, {
      highWaterMark: chunkBytes,
    }) as AsyncIterable<Buffer>) {
      sum.update(piece)
      yield piece
    }
  }
  try {
    const plain = opened(raw(), part.name, part.what, backupKey)
    yield* through(plain, createZstdDecompress())
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw damagedPart(part.what, 'is missing', error)
    throw error
  }
  if (part.sha256 !== undefined && sum.digest('hex') !== part.sha256)
    throw damagedPart(part.what, 'is another one than was written')
}

/** Reads a part that is small. */
export const readWholePart = async (...asked: Parameters<typeof readPart>): Promise<Buffer> => {
  const pieces: Buffer[] = []
  for await (const piece of readPart(...asked)) pieces.push(piece)
  return Buffer.concat(pieces)
}
