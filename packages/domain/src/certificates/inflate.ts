import { Inflate } from 'fflate'

/** No certificate is longer; what unfolds to more is meant to hurt. */
const mostBytes = 65_536

class TooMuch extends Error {}

/** @returns undefined where it is no deflated stream (RFC 1951) that ends, or unfolds to too much */
export const inflateRaw = (bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined => {
  const parts: Uint8Array[] = []
  let length = 0
  let isWhole = false
  const stream = new Inflate((part, isLast) => {
    length += part.length
    if (length > mostBytes) throw new TooMuch()
    parts.push(part.slice())
    isWhole = isLast
  })
  try {
    stream.push(bytes.slice(), true)
  } catch {
    return undefined
  }
  if (!isWhole) return undefined
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** RFC 1950 §9. */
const adler32 = (bytes: Uint8Array): number => {
  let low = 1
  let high = 0
  for (const byte of bytes) {
    low = (low + byte) % 65_521
    high = (high + low) % 65_521
  }
  return high * 65_536 + low
}

/** A zlib stream (RFC 1950) with head and checksum checked. */
export const inflateZlib = (bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined => {
  if (bytes.length < 7) return undefined
  const [method = 0, flags = 0] = bytes
  if ((method & 15) !== 8 || (method * 256 + flags) % 31 !== 0 || (flags & 32) !== 0) return undefined
  const whole = inflateRaw(bytes.subarray(2, -4))
  const view = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4)
  return whole !== undefined && adler32(whole) === view.getUint32(0) ? whole : undefined
}
