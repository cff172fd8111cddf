const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const mod112Digits = '10X98765432'

/**
 * Check character of 17 digits by ISO/IEC 7064 MOD 11-2: with weight 2^(18−i) mod 11 for digit i from the left, the sum
 * over all 18 is 1 mod 11. Every single wrong digit and every swap of neighbours that differ is found by it.
 * @returns a digit, or X for ten   @throws RangeError where these are not 17 digits
 * Source: GB 11643-1999, 4.5 and annex A; ISO/IEC 7064.
 * @example mod112CheckOf('11010519491231002') // 'X'
 * @example mod112CheckOf('44052418800101001') // '4'
 */
export const mod112CheckOf = (body: string): string => {
  if (!/^\d{17}$/.test(body)) throw new RangeError('a check character is computed from 17 digits')
  const sum = weights.reduce((total, weight, index) => total + weight * (body.charCodeAt(index) - 48), 0)
  return mod112Digits.charAt(sum % 11)
}

const placeValue = (symbol: string): number => {
  if (symbol >= '0' && symbol <= '9') return symbol.charCodeAt(0) - 48
  return symbol >= 'A' && symbol <= 'Z' ? symbol.charCodeAt(0) - 55 : 0
}

/**
 * Check digit of a machine readable field: values 0–9, A–Z as 10–35 and the filler as 0, weighted 7, 3, 1 in turn, mod 10.
 * A swap of two symbols that differ by a multiple of five is not found by it, nor a letter read as the digit ten below.
 * @param field  capital letters, digits and `<`
 * Source: ICAO Doc 9303-3, 8th edition, 4.9 and its examples.
 * @example mrzCheckOf('520727') // '3'
 * @example mrzCheckOf('AB2134<<<') // '5'
 */
export const mrzCheckOf = (field: string): string => {
  const sum = [...field].reduce(
    (total, symbol, index) => total + placeValue(symbol) * ([7, 3, 1][index % 3] ?? 0),
    0,
  )
  return String(sum % 10)
}
