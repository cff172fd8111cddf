import { uuidTimeMs } from '#src/screening/uuid-time.ts'

/** Digits and letters of Crockford's base 32: none that is taken for another. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLetters = 12
const msPerDay = 86_400_000
/** Days are counted modulo this; screenings of one remainder are told apart by their random bits. */
const dayCycle = 256
const mostSeat = 127

/** What a slip code says: which day it may be of, the random bits of the screening, and the seat. */
export type SlipCode = {
  /** UTC day of the screening since 1 January 1970, modulo 256. */
  readonly dayRemainder: number
  /** The last 40 bits of the id of the screening, as ten hexadecimal digits. */
  readonly randomBits: string
  readonly seat: number
}

/** Times a power of 2 in the field of 32 elements with the polynomial x⁵ + x² + 1. */
const timesPower = (value: number, power: number): number => {
  let product = value
  for (let step = 0; step < power; step += 1) product = ((product << 1) & 31) ^ (product & 16 ? 5 : 0)
  return product
}

/** Zero for every code: each place has a weight of its own, and no two are the same. */
const syndrome = (symbols: readonly number[]): number =>
  symbols.reduce((sum, symbol, place) => sum ^ timesPower(symbol, place), 0)

const symbolsOf = (bits: bigint): number[] =>
  Array.from({ length: codeLetters - 1 }, (_, index) => Number((bits >> BigInt(index * 5)) & 31n))

/**
 * The code on the slip of a traveller: 8 bits of the day, 40 random bits of the screening and 7 of the seat, and a check
 * character by which every single wrong character and every pair of exchanged ones is noticed (a Reed–Solomon code with
 * one check symbol over 32 elements). Made without a network; the same wherever it is made.
 * @param screeningId  UUID version 7   @param seat  1 to 127   @throws RangeError for another seat
 * @example formatSlipCode(slipCodeOf('017f22e2-79b0-7cc3-98c4-dc0c0c07398f', 1)) // '1G60-EECF-CM1C'
 */
export const slipCodeOf = (screeningId: string, seat: number): string => {
  if (!Number.isInteger(seat) || seat < 1 || seat > mostSeat) throw new RangeError('a seat is 1 to 127')
  const day = Math.floor(uuidTimeMs(screeningId) / msPerDay) % dayCycle
  const random = BigInt(`0x${screeningId.slice(-10)}`)
  const bits = (((random << 8n) | BigInt(day)) << 7n) | BigInt(seat)
  const symbols = symbolsOf(bits)
  const check = syndrome([0, ...symbols])
  return [check, ...symbols]
    .map((symbol) => alphabet[symbol])
    .reverse()
    .join('')
}

/** In groups of four, as it is printed and read out. @example formatSlipCode('0123456789AB') // '0123-4567-89AB' */
export const formatSlipCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')

/**
 * Reads a code as somebody typed it: in any case, with any blanks and hyphens, and with the letters that are taken for
 * digits put right.
 * @returns undefined where it cannot be a code, because a character is wrong, missing or exchanged with another
 */
export const readSlipCode = (typed: string): SlipCode | undefined => {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (letters.length !== codeLetters) return undefined
  const symbols = [...letters].map((letter) => alphabet.indexOf(letter)).reverse()
  if (symbols.includes(-1) || syndrome(symbols) !== 0) return undefined
  const bits = symbols
    .slice(1)
    .reduce((sum, symbol, index) => sum | (BigInt(symbol) << BigInt(index * 5)), 0n)
  const seat = Number(bits & 127n)
  if (seat === 0) return undefined
  return {
    dayRemainder: Number((bits >> 7n) & 255n),
    randomBits: (bits >> 15n).toString(16).padStart(10, '0'),
    seat,
  }
}

/**
 * UTC days on which a code can have been made, newest first: from tomorrow, because clocks differ, back for as long as
 * anything is kept.
 * @param nowMs  Unix time, milliseconds   @param daysBack  how long facts are kept
 */
export const slipDays = ({ dayRemainder }: SlipCode, nowMs: number, daysBack: number): readonly string[] => {
  const tomorrow = Math.floor(nowMs / msPerDay) + 1
  const newest = tomorrow - ((((tomorrow - dayRemainder) % dayCycle) + dayCycle) % dayCycle)
  const days: string[] = []
  for (let day = newest; day >= tomorrow - 1 - daysBack && day >= 0; day -= dayCycle)
    days.push(new Date(day * msPerDay).toISOString().slice(0, 10))
  return days
}
