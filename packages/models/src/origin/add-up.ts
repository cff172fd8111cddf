/**
 * Sum of values.
 * @example addUp([1, 2, 3]) // 6
 */
export const addUp = (values: Iterable<number>): number => {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
