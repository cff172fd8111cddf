import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/** A source of random bits that moves on with every draw. */
export type Random = Pick<RandomGenerator, 'next'>

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits))

const mixIn = (hash: number, word: number): number => {
  const scrambled = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593)
  return (Math.imul(rotate(hash ^ scrambled, 13), 5) + 0xe6546b64) | 0
}

const finish = (hash: number): number => {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return twice ^ (twice >>> 16)
}

const starts = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]

/**
 * An independent stream for a list of keys, such as (seed, post, day): the same keys give the same stream, and no stream
 * depends on how much was drawn from another.
 * @param keys  integers up to 2^53 in size
 * @throws RangeError where a key is not such an integer
 * Method: each of the four words of the state is a MurmurHash3 (x86, 32 bits; public domain) of the keys from its own
 * start; the stream is xoroshiro128+. For simulation, not for secrets.
 */
export const streamOf = (...keys: readonly number[]): Random => {
  const state = [0, 0, 0, 0]
  for (let index = 0; index < 4; index++) {
    let hash = starts[index] ?? 0
    for (const key of keys) {
      if (!Number.isSafeInteger(key)) throw new RangeError(`a random stream needs integer keys, not ${key}`)
      hash = mixIn(mixIn(hash, key | 0), Math.floor(key / 0x1_0000_0000))
    }
    state[index] = finish(hash)
  }
  return xoroshiro128plusFromState(state[0] === 0 && state[2] === 0 ? [1, 2, 3, 4] : state)
}

/** Uniform on the open interval (0, 1), in steps of 2^-32. */
export const uniform = (random: Random): number => ((random.next() >>> 0) + 0.5) / 0x1_0000_0000

/** A whole number from 0 to `count` − 1. */
export const below = (random: Random, count: number): number => Math.floor(uniform(random) * count)

/** Whether something that has this probability happens. */
export const happens = (random: Random, probability: number): boolean => uniform(random) < probability

/** Exponential with mean 1. */
export const exponential = (random: Random): number => -Math.log(uniform(random))

/** Standard normal (Box and Muller 1958, doi:10.1214/aoms/1177706645; one of the pair). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random))

/** Any member of a list that is not empty, all equally likely. */
export const pick = <T>(random: Random, list: readonly T[]): T => {
  const chosen = list[below(random, list.length)]
  if (chosen === undefined) throw new RangeError('nothing to pick from')
  return chosen
}
