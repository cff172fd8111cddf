/** Letters and digits that are mistaken for one another by eye, by hand and by a camera. */
const pairs: readonly (readonly [letter: string, digit: string])[] = [
  ['O', '0'],
  ['I', '1'],
  ['Z', '2'],
  ['S', '5'],
  ['G', '6'],
  ['B', '8'],
  ['D', '0'],
  ['Q', '0'],
  ['L', '1'],
]

const digits: ReadonlyMap<string, string> = new Map(pairs)
const letters: ReadonlyMap<string, string> = new Map(
  [...pairs].reverse().map(([letter, digit]) => [digit, letter]),
)

/**
 * The digit a letter looks like, or the character itself.
 * @example digitOf('O') // '0'
 */
export const digitOf = (symbol: string): string => digits.get(symbol) ?? symbol

/**
 * The letter a digit looks most like, or the character itself.
 * @example letterOf('8') // 'B'
 */
export const letterOf = (symbol: string): string => letters.get(symbol) ?? symbol

/**
 * All that a character could be taken for, itself not among them.
 * @example lookAlikes('0') // ['O', 'D', 'Q']
 */
export const lookAlikes = (symbol: string): readonly string[] =>
  pairs.flatMap(([letter, digit]) => {
    if (symbol === letter) return [digit]
    return symbol === digit ? [letter] : []
  })
