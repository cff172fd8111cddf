import { fromUtf8, toUtf8 } from '#src/certificates/utf8.ts'

/** What CBOR (RFC 8949) says once tags are taken off; numbers beyond 2⁵³ are big integers. */
export type Cbor =
  | number
  | bigint
  | string
  | boolean
  | null
  | undefined
  | Uint8Array
  | readonly Cbor[]
  | ReadonlyMap<Cbor, Cbor>

/** What is no CBOR, or deeper or longer than any certificate. */
export class UnreadableCbor extends Error {}

const deepest = 16
const longest = 65_536
const breakByte = 0xff

type Cursor = { readonly bytes: Uint8Array; at: number }

const take = (cursor: Cursor, length: number): Uint8Array => {
  if (cursor.at + length > cursor.bytes.length) throw new UnreadableCbor('ends too early')
  cursor.at += length
  return cursor.bytes.slice(cursor.at - length, cursor.at)
}

const takeByte = (cursor: Cursor): number => take(cursor, 1)[0] ?? 0

const bigNumber = (bytes: Uint8Array): bigint =>
  [...bytes].reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

const small = (value: bigint): number | bigint =>
  value >= -9_007_199_254_740_991n && value <= 9_007_199_254_740_991n ? Number(value) : value

/** The argument of a head, or nothing where the length is not told beforehand. */
const argumentOf = (cursor: Cursor, info: number): bigint | undefined => {
  if (info < 24) return BigInt(info)
  if (info < 28) return bigNumber(take(cursor, 2 ** (info - 24)))
  if (info === 31) return undefined
  throw new UnreadableCbor('a head that is reserved')
}

const lengthOf = (argument: bigint): number => {
  if (argument > longest) throw new UnreadableCbor('too long')
  return Number(argument)
}

/** IEEE 754 half, single and double. */
const floatOf = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length === 4) return view.getFloat32(0)
  if (bytes.length === 8) return view.getFloat64(0)
  const half = view.getUint16(0)
  const exponent = (half >> 10) & 31
  const fraction = half & 1023
  const sign = half & 0x8000 ? -1 : 1
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const simpleOf = (cursor: Cursor, info: number): Cbor => {
  if (info === 20 || info === 21) return info === 21
  if (info === 22) return null
  if (info === 23) return undefined
  if (info >= 25 && info <= 27) return floatOf(take(cursor, 2 ** (info - 24)))
  throw new UnreadableCbor('a simple value that is not known')
}

const isAtBreak = (cursor: Cursor): boolean => {
  if (cursor.bytes[cursor.at] !== breakByte) return false
  cursor.at += 1
  return true
}

/** Calls `read` as often as was told, or until the break. */
const repeat = (cursor: Cursor, argument: bigint | undefined, read: () => void): void => {
  if (argument !== undefined) {
    for (let left = lengthOf(argument); left > 0; left -= 1) read()
    return
  }
  while (!isAtBreak(cursor)) read()
}

const joined = (parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

const stringOf = (cursor: Cursor, major: number, argument: bigint | undefined): Uint8Array => {
  if (argument !== undefined) return take(cursor, lengthOf(argument))
  const parts: Uint8Array[] = []
  repeat(cursor, undefined, () => {
    const head = takeByte(cursor)
    const length = argumentOf(cursor, head & 31)
    if (head >> 5 !== major || length === undefined) throw new UnreadableCbor('a piece of another kind')
    parts.push(take(cursor, lengthOf(length)))
  })
  return joined(parts)
}

const textOf = (utf8: Uint8Array): string => {
  try {
    return fromUtf8(utf8)
  } catch (cause) {
    throw new UnreadableCbor('no UTF-8', { cause })
  }
}

const item = (cursor: Cursor, depth: number): Cbor => {
  if (depth > deepest) throw new UnreadableCbor('too deep')
  const head = takeByte(cursor)
  const major = head >> 5
  if (major === 7) return simpleOf(cursor, head & 31)
  const argument = argumentOf(cursor, head & 31)
  if (major === 2) return stringOf(cursor, major, argument)
  if (major === 3) return textOf(stringOf(cursor, major, argument))
  if (major === 4) {
    const list: Cbor[] = []
    repeat(cursor, argument, () => list.push(item(cursor, depth + 1)))
    return list
  }
  if (major === 5) {
    const map = new Map<Cbor, Cbor>()
    repeat(cursor, argument, () => {
      const key = item(cursor, depth + 1)
      if (map.has(key)) throw new UnreadableCbor('a key twice')
      map.set(key, item(cursor, depth + 1))
    })
    return map
  }
  if (argument === undefined) throw new UnreadableCbor('a number without end')
  // Tags say how to understand what follows; certificates nest them in any order, and none changes what is read here.
  if (major === 6) return item(cursor, depth + 1)
  return small(major === 0 ? argument : -1n - argument)
}

/** Reads one item and nothing behind it. @throws UnreadableCbor */
export const decodeCbor = (bytes: Uint8Array): Cbor => {
  const cursor = { bytes, at: 0 }
  const value = item(cursor, 0)
  if (cursor.at !== bytes.length) throw new UnreadableCbor('more than one item')
  return value
}

/** As JSON says it: keys as text; bytes have no form there and stay. */
export const toJson = (value: Cbor): unknown => {
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, inner]) => [String(key), toJson(inner)]))
  if (Array.isArray(value)) return value.map(toJson)
  return value
}

const headOf = (major: number, argument: number): number[] => {
  if (argument < 24) return [(major << 5) | argument]
  const size = argument < 256 ? 0 : argument < 65_536 ? 1 : argument < 4_294_967_296 ? 2 : 3
  const bytes = Array.from(
    { length: 2 ** size },
    (_, at) => Math.floor(argument / 256 ** (2 ** size - 1 - at)) % 256,
  )
  return [(major << 5) | (24 + size), ...bytes]
}

const floatBytes = (value: number): number[] => {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return [0xfb, ...new Uint8Array(view.buffer)]
}

const encoded = (value: unknown): number[] => {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) return floatBytes(value)
    return value >= 0 ? headOf(0, value) : headOf(1, -1 - value)
  }
  if (typeof value === 'string') {
    const utf8 = toUtf8(value)
    return [...headOf(3, utf8.length), ...utf8]
  }
  if (typeof value === 'boolean') return [value ? 0xf5 : 0xf4]
  if (value === null) return [0xf6]
  if (value instanceof Uint8Array) return [...headOf(2, value.length), ...value]
  if (Array.isArray(value)) return [...headOf(4, value.length), ...value.flatMap(encoded)]
  const pairs = value instanceof Map ? [...value] : Object.entries(value as object)
  return [
    ...headOf(5, pairs.length),
    ...pairs.flatMap(([key, inner]) => [...encoded(key), ...encoded(inner)]),
  ]
}

/** Writes numbers, texts, bytes, lists, maps and plain objects, each as short as it goes. */
export const encodeCbor = (value: unknown): Uint8Array<ArrayBuffer> => Uint8Array.from(encoded(value))
