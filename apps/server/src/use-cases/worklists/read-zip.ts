import { createInflateRaw } from 'node:zlib'

/** Thrown where a file unpacks to far more than a list can be. */
export class SwollenFileError extends Error {}
/** Thrown where a file is not what its beginning says. */
export class UnreadableFileError extends Error {}

const endMark = 0x06054b50
const entryMark = 0x02014b50
const localMark = 0x04034b50
const endBytes = 22
const mostComment = 65_535
const mostEntries = 2_000
/** What all parts of a workbook may unpack to, bytes. */
const mostUnpacked = 419_430_400
/** Texts of a workbook pack about ten times; nothing that people write packs a hundred times. */
const mostRatio = 100
const ratioCountsFrom = 4_194_304

export type ZipEntry = {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly offset: number
}

const findEnd = (file: Buffer): number => {
  const first = Math.max(0, file.length - endBytes - mostComment)
  for (let at = file.length - endBytes; at >= first; at -= 1) if (file.readUInt32LE(at) === endMark) return at
  throw new UnreadableFileError('no end of a zip')
}

/**
 * Parts of a zip by name, from its directory at the end. Names are only compared with those of a workbook; nothing is ever
 * written under one. Source: APPNOTE.TXT 6.3.10, 4.3.12 and 4.3.16.
 */
export const readDirectory = (file: Buffer): ReadonlyMap<string, ZipEntry> => {
  const end = findEnd(file)
  const count = file.readUInt16LE(end + 10)
  if (count > mostEntries) throw new SwollenFileError('more parts than a workbook has')
  const entries = new Map<string, ZipEntry>()
  let at = file.readUInt32LE(end + 16)
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== entryMark)
      throw new UnreadableFileError('a part of the directory is missing')
    const nameBytes = file.readUInt16LE(at + 28)
    const name = file.toString('utf8', at + 46, at + 46 + nameBytes)
    entries.set(name, {
      name,
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      offset: file.readUInt32LE(at + 42),
    })
    at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return entries
}

const packedBytes = (file: Buffer, { offset, packed }: ZipEntry): Buffer => {
  if (offset + 30 > file.length || file.readUInt32LE(offset) !== localMark)
    throw new UnreadableFileError('a part is not where the directory says')
  const from = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28)
  if (from + packed > file.length) throw new UnreadableFileError('a part is cut short')
  return file.subarray(from, from + packed)
}

/** What has been unpacked of one file so far. */
export type UnpackBudget = { unpacked: number }

/** Unpacks a part piece by piece. @throws SwollenFileError before more is in memory than a piece */
export async function* unpack(
  file: Buffer,
  entry: ZipEntry,
  budget: UnpackBudget,
): AsyncGenerator<{ readonly bytes: Buffer; readonly share: number }> {
  const packed = packedBytes(file, entry)
  if (entry.method === 0) {
    yield { bytes: packed, share: 1 }
    return
  }
  if (entry.method !== 8) throw new UnreadableFileError('packed in an unknown way')
  const inflate = createInflateRaw()
  inflate.end(packed)
  let own = 0
  try {
    for await (const bytes of inflate as AsyncIterable<Buffer>) {
      own += bytes.length
      budget.unpacked += bytes.length
      const ratio = own / Math.max(1, packed.length)
      if (budget.unpacked > mostUnpacked || (own > ratioCountsFrom && ratio > mostRatio))
        throw new SwollenFileError(`${entry.name} unpacks to more than a list`)
      yield { bytes, share: Math.min(1, inflate.bytesWritten / Math.max(1, packed.length)) }
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('Z_') === true)
      throw new UnreadableFileError('a part is damaged')
    throw error
  }
}
