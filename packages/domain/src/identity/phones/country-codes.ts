/** Of one and two digits. */
const short =
  '1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'

/** Of three digits: the first two, then the last ones in use. */
const long: readonly (readonly [firstTwo: string, last: string])[] = [
  ['21', '12368'],
  ['22', '0123456789'],
  ['23', '0123456789'],
  ['24', '0123456789'],
  ['25', '012345678'],
  ['26', '0123456789'],
  ['29', '01789'],
  ['35', '0123456789'],
  ['37', '012345678'],
  ['38', '01235679'],
  ['42', '013'],
  ['50', '0123456789'],
  ['59', '0123456789'],
  ['67', '02345679'],
  ['68', '012356789'],
  ['69', '012'],
  ['80', '08'],
  ['85', '02356'],
  ['87', '08'],
  ['88', '0123678'],
  ['96', '012345678'],
  ['97', '012345679'],
  ['99', '234568'],
]

const codes = new Set([
  ...short.split(' '),
  ...long.flatMap(([firstTwo, last]) => [...last].map((digit) => firstTwo + digit)),
])

/**
 * The country code a number in international form begins with; undefined where none is assigned. No code is the beginning
 * of another.
 * @param digits  without the plus sign
 * Source: ITU-T E.164 (2010), list of assigned country codes.
 * @example countryCodeOf('85366123456') // '853'
 */
export const countryCodeOf = (digits: string): string | undefined =>
  [1, 2, 3].map((length) => digits.slice(0, length)).find((code) => codes.has(code))
