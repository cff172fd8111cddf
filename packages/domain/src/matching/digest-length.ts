/** How often a check of somebody who is on no list may be a hit all the same. */
export const falseMatchRate = 1e-4

const [fewestDigits, mostDigits] = [4, 16]

/**
 * Probability that a number which is not on a list agrees with one of its digests: 1 − (1 − 16^−d)^n ≈ n / 16^d for n
 * entries cut to d hexadecimal digits, as digests under an unknown key are uniform.
 * @example falseMatches(20_000, 7).toPrecision(3) // '0.0000745'
 */
export const falseMatches = (entries: number, digits: number): number =>
  -Math.expm1(entries * Math.log1p(-(16 ** -digits)))

/**
 * The fewest digits that keep false matches of a list under the rate: d = ⌈log16(n / rate)⌉. Not one more: each digit that
 * is left out makes sixteen times as many numbers agree, so that whoever tries out all numbers there are finds many for
 * each that is on the list.
 * @returns hexadecimal digits, 4 to 16
 * @example digestDigits(20_000) // 7
 */
export const digestDigits = (entries: number): number => {
  const wanted = Math.ceil(Math.log(Math.max(1, entries) / falseMatchRate) / Math.log(16) - 1e-12)
  return Math.min(mostDigits, Math.max(fewestDigits, wanted))
}
