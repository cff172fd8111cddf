import { type Random, uniform } from '#src/random/stream.ts'

/** Draws members of a list in proportion to their weights, in constant time. */
export type WeightedChoice<T> = (random: Random) => T

/**
 * Prepares weighted drawing.
 * @param weights  one per item, each ≥ 0 and finite, at least one > 0; they need not add up to 1
 * @throws RangeError where they are not
 * Method: the alias tables of Walker (1977, doi:10.1145/355744.355749), filled as Vose (1991, doi:10.1109/32.92917) does.
 */
export const weightedChoice = <T>(items: readonly T[], weights: readonly number[]): WeightedChoice<T> => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const legal = weights.every((weight) => weight >= 0) && Number.isFinite(total) && total > 0
  if (!legal || weights.length !== items.length)
    throw new RangeError('weights must be ≥ 0, finite, not all 0, and one per item')
  const { keep, alias } = aliasTables(weights.map((weight) => (weight * items.length) / total))
  return (random) => {
    const place = uniform(random) * items.length
    const column = Math.floor(place)
    const index = place - column < (keep[column] ?? 1) ? column : (alias[column] ?? column)
    return items[index] as T
  }
}

/** @param scaled  weights that average 1 */
const aliasTables = (scaled: readonly number[]): { keep: Float64Array; alias: Uint32Array } => {
  const left = Float64Array.from(scaled)
  const keep = new Float64Array(left.length).fill(1)
  const alias = Uint32Array.from(left, (_, index) => index)
  const small: number[] = []
  const large: number[] = []
  for (const [index, weight] of left.entries()) (weight < 1 ? small : large).push(index)
  while (small.length > 0 && large.length > 0) {
    const low = small.pop() ?? 0
    const high = large.pop() ?? 0
    keep[low] = left[low] ?? 0
    alias[low] = high
    const rest = (left[high] ?? 0) - (1 - (left[low] ?? 0))
    left[high] = rest
    ;(rest < 1 ? small : large).push(high)
  }
  return { keep, alias }
}
