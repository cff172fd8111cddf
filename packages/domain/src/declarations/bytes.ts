import { fromUtf8, toUtf8 } from '#src/certificates/utf8.ts'

/** What cannot be read: too short, too long, or no number that was written here. */
export class UnreadableBytes extends Error {}

/** How a text is packed; the two lowest bits of its length say which. */
const packings = { utf8: 0, digits: 1, capitals: 2 } as const

const capitals = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const longestText = 400

/** Bytes that hold every number of so many places. */
const bytesFor = (length: number, base: number): number => Math.ceil((length * Math.log2(base)) / 8)

const numberOf = (text: string, base: number): bigint => {
  let value = 0n
  for (const letter of text) value = value * BigInt(base) + BigInt(capitals.indexOf(letter))
  return value
}

const textOf = (utf8: Uint8Array): string => {
  try {
    return fromUtf8(utf8)
  } catch (cause) {
    throw new UnreadableBytes('no text', { cause })
  }
}

/** Writes numbers and texts one behind the other, each as short as it can be told from the next. */
export const createByteWriter = () => {
  const bytes: number[] = []
  /** LEB128, as in DWARF 5 §7.6. @throws RangeError for what is no integer from 0 to 2³¹ − 1 */
  const number = (value: number): void => {
    if (!Number.isInteger(value) || value < 0 || value > 0x7fff_ffff) throw new RangeError('a small integer')
    let rest = value
    for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128)
    bytes.push(rest)
  }
  const raw = (some: Uint8Array): void => {
    for (const byte of some) bytes.push(byte)
  }
  const packed = (text: string, base: number): void => {
    let value = numberOf(text, base)
    for (let left = bytesFor(text.length, base); left > 0; left -= 1) {
      bytes.push(Number(value & 255n))
      value >>= 8n
    }
  }
  const text = (some: string): void => {
    if (/^[0-9]+$/.test(some)) {
      number(some.length * 4 + packings.digits)
      packed(some, 10)
      return
    }
    if (/^[0-9A-Z]+$/.test(some)) {
      number(some.length * 4 + packings.capitals)
      packed(some, 36)
      return
    }
    const encoded = toUtf8(some)
    number(encoded.length * 4 + packings.utf8)
    bytes.push(...encoded)
  }
  return { number, raw, text, bytes: () => Uint8Array.from(bytes) }
}

export type ByteWriter = ReturnType<typeof createByteWriter>

/** Reads what a writer wrote. Every method throws `UnreadableBytes` where it cannot. */
export const createByteReader = (bytes: Uint8Array) => {
  let at = 0
  const raw = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new UnreadableBytes('ends too early')
    at += length
    return bytes.slice(at - length, at)
  }
  const byte = (): number => raw(1)[0] ?? 0
  const number = (): number => {
    let value = 0
    for (let shift = 0; shift <= 28; shift += 7) {
      const next = byte()
      value += (next & 127) * 2 ** shift
      if (next < 128) {
        if (value > 0x7fff_ffff) break
        return value
      }
    }
    throw new UnreadableBytes('a number too large')
  }
  const packed = (length: number, base: number): string => {
    let value = 0n
    const taken = raw(bytesFor(length, base))
    for (let index = taken.length - 1; index >= 0; index -= 1)
      value = (value << 8n) | BigInt(taken[index] ?? 0)
    let text = ''
    for (let left = length; left > 0; left -= 1) {
      text = (capitals[Number(value % BigInt(base))] ?? '') + text
      value /= BigInt(base)
    }
    if (value !== 0n) throw new UnreadableBytes('more than its places hold')
    return text
  }
  const text = (): string => {
    const head = number()
    const length = head >>> 2
    if (length > longestText) throw new UnreadableBytes('a text too long')
    if ((head & 3) === packings.digits) return packed(length, 10)
    if ((head & 3) === packings.capitals) return packed(length, 36)
    if ((head & 3) !== packings.utf8) throw new UnreadableBytes('a packing that is not known')
    return textOf(raw(length))
  }
  /** @returns how often something follows, no more than `most` times */
  const count = (most: number): number => {
    const value = number()
    if (value > most) throw new UnreadableBytes('more than there can be')
    return value
  }
  return { number, raw, text, count, isAtEnd: () => at === bytes.length }
}

export type ByteReader = ReturnType<typeof createByteReader>
