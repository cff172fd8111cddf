import type { Random } from '#src/random/stream.ts'

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

const hex16 = (word: number): string =>
  (hexOfByte[(word >>> 8) & 0xff] ?? '') + (hexOfByte[word & 0xff] ?? '')

/**
 * A UUID version 7 (RFC 9562 §5.7) for a given moment, its 74 other bits taken from a seeded stream.
 * @param ms  Unix time in milliseconds, a whole number from 0 to 2^48 − 1
 * @throws RangeError where it is not
 */
export const uuidV7FromRandom = (ms: number, random: Random): string => {
  if (!Number.isInteger(ms) || ms < 0 || ms >= 2 ** 48)
    throw new RangeError(`no UUID version 7 has the time ${ms}`)
  const [a, b, c] = [random.next(), random.next(), random.next()]
  const high = Math.floor(ms / 0x1_0000)
  return (
    `${hex16(high >>> 16)}${hex16(high)}-${hex16(ms % 0x1_0000)}` +
    `-${hex16(0x7000 | (a & 0x0fff))}-${hex16(0x8000 | ((a >>> 16) & 0x3fff))}` +
    `-${hex16(b)}${hex16(b >>> 16)}${hex16(c)}`
  )
}
