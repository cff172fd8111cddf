/**
 * The invisible mark of a download: which list, and which of its downloads, in characters that no screen and no printer
 * shows. Whoever copies a row copies the mark. It does not survive a scan, a retyped row, or a program that strips such
 * characters; then the reference of the row tells the list, and nothing tells the download.
 *
 * Two bits a character: 32 bits name the list, 8 the download, 8 are a checksum (CRC-8, polynomial 0x07, as in ITU-T
 * I.432.1), so that chance runs of such characters, as emoji and Indic scripts have them, are not taken for a mark.
 */
const symbols = ['\u200b', '\u200c', '\u200d', '\u2060'] as const
const symbolsPerMark = 24

export type InvisibleMark = {
  /** Of the list, 0 to 2³¹ − 1. */
  readonly mark: number
  /** Of the list's downloads, 1 to 255. */
  readonly download: number
}

const crc8 = (bytes: readonly number[]): number =>
  bytes.reduce((crc, byte) => {
    let rest = crc ^ byte
    for (let bit = 0; bit < 8; bit += 1) rest = ((rest << 1) ^ (rest & 0x80 ? 0x07 : 0)) & 0xff
    return rest
  }, 0)

const bytesOf = ({ mark, download }: InvisibleMark): readonly number[] => {
  const bytes = [
    (mark >>> 24) & 0xff,
    (mark >>> 16) & 0xff,
    (mark >>> 8) & 0xff,
    mark & 0xff,
    download & 0xff,
  ]
  return [...bytes, crc8(bytes)]
}

/** The mark as 24 invisible characters. */
export const invisibleMark = (mark: InvisibleMark): string =>
  bytesOf(mark)
    .flatMap((byte) => [byte >> 6, (byte >> 4) & 3, (byte >> 2) & 3, byte & 3])
    .map((pair) => symbols[pair] ?? '')
    .join('')

const decode = (run: readonly number[]): InvisibleMark | undefined => {
  const bytes = Array.from({ length: symbolsPerMark / 4 }, (_, index) =>
    run.slice(index * 4, index * 4 + 4).reduce((byte, pair) => (byte << 2) | pair, 0),
  )
  const [a = 0, b = 0, c = 0, d = 0, download = 0, check] = bytes
  if (check !== crc8(bytes.slice(0, 5)) || a > 0x7f || download === 0) return undefined
  return { mark: ((a << 24) | (b << 16) | (c << 8) | d) >>> 0, download }
}

const runs = /(?:\u200b|\u200c|\u200d|\u2060)+/g

/** Every mark in a text, each once. */
export const findInvisibleMarks = (text: string): readonly InvisibleMark[] => {
  const found = new Map<string, InvisibleMark>()
  for (const [run] of text.matchAll(runs)) {
    const pairs = [...run].map((symbol) => symbols.indexOf(symbol as (typeof symbols)[number]))
    for (let start = 0; start + symbolsPerMark <= pairs.length; start += 1) {
      const mark = decode(pairs.slice(start, start + symbolsPerMark))
      if (mark !== undefined) found.set(`${mark.mark}|${mark.download}`, mark)
    }
  }
  return [...found.values()]
}

/** A text without the characters that marks are made of. */
export const withoutInvisible = (text: string): string =>
  text.replace(/\u200b|\u200c|\u200d|\u2060|\ufeff/g, '')
