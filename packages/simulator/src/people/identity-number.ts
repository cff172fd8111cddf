import { below, type Random } from '#src/random/stream.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'

/**
 * Check digit of a resident identity number: GB 11643, by ISO/IEC 7064 MOD 11-2.
 * @param body  its first 17 digits
 * @throws RangeError where they are not 17 digits
 */
export const checkDigitOf = (body: string): string => {
  if (!/^\d{17}$/.test(body)) throw new RangeError('a check digit is computed from 17 digits')
  const sum = weights.reduce((total, weight, index) => total + weight * (body.charCodeAt(index) - 48), 0)
  return checkDigits.charAt(sum % 11)
}

/** Everybody in the simulation is “born” so many years early that an age can be read back: 1879 − age. */
export const bornForAgeZero = 1879

/**
 * An identity number that is valid in form (18 characters, real division prefix, real calendar day, right check digit)
 * and belongs to nobody alive.
 *
 * The year of birth is 1879 or earlier. The numbers were first given out in the 1980s, in their present form of 18
 * characters from October 1999; whoever bore one with such a year would have been 119 or more even then, and over 140 in
 * 2020. Besides, the prefix is that of a whole prefecture (ending in 00) where there is one, and real numbers name a
 * county. Both are reasons, not a guarantee by the issuing authority, which keeps no range for tests.
 *
 * @param homeCode  division of registration, six digits   @param age  years, 0 to 110
 * @throws RangeError where an argument is out of range
 */
export const syntheticIdentityNumber = (homeCode: number, age: number, random: Random): string => {
  const outOfRange = !(homeCode >= 100_000 && homeCode <= 999_999) || !(age >= 0 && age <= 110)
  if (outOfRange || !Number.isInteger(homeCode) || !Number.isInteger(age))
    throw new RangeError(`no identity number for division ${homeCode} and age ${age}`)
  const monthAndDay = (1 + below(random, 12)) * 100 + 1 + below(random, 28)
  const sequence = 1 + below(random, 999)
  const body =
    String(homeCode) +
    String(bornForAgeZero - age) +
    String(monthAndDay).padStart(4, '0') +
    String(sequence).padStart(3, '0')
  return body + checkDigitOf(body)
}
