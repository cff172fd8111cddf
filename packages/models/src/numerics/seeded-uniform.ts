/** A source of numbers that are uniform on (0, 1); every call moves it on. */
export type Uniform = () => number

const mix = (word: number): number => {
  let hash = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97)
  return hash ^ (hash >>> 15)
}

/**
 * Uniform numbers that depend on nothing but the keys, such as (seed, step).
 * @param keys  whole numbers up to 2^53 in size
 * @returns a source of numbers on the open interval (0, 1), in steps of 2^−32
 * @throws RangeError where a key is not such a number
 * Method: four words hashed from the keys, then the xorshift128 generator; period 2^128 − 1. For simulation, not for
 * secrets.
 * Source: Marsaglia, Xorshift RNGs, J Stat Softw 8(14) 2003, section 4, doi:10.18637/jss.v008.i14
 * @example seededUniform(7, 1)() === seededUniform(7, 1)() // true
 */
export const seededUniform = (...keys: readonly number[]): Uniform => {
  const words = [0x9e3779b9, 0x243f6a88, 0x85a308d3, 0x13198a2e]
  for (const key of keys) {
    if (!Number.isSafeInteger(key)) throw new RangeError(`not a whole number to draw from: ${key}`)
    for (let at = 0; at < 4; at++) {
      const low = mix((words[at] ?? 0) + (key | 0) + at)
      words[at] = mix(low + Math.floor(key / 0x1_0000_0000) + 0x632be5ab)
    }
  }
  let [a = 1, b = 2, c = 3, d = 4] = words
  if ((a | b | c | d) === 0) d = 1
  return () => {
    const shifted = a ^ (a << 11)
    a = b
    b = c
    c = d
    d = d ^ (d >>> 19) ^ shifted ^ (shifted >>> 8)
    return ((d >>> 0) + 0.5) / 0x1_0000_0000
  }
}
