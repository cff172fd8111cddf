import { withoutInvisible } from '#src/exports/invisible-mark.ts'

/** Digits and letters without I, L, O and U, so that none is taken for another (Crockford’s base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const refLetters = 16

/**
 * The reference of a row from a digest: 80 bits in four groups of four.
 * @param digest  at least 10 bytes   @throws RangeError for fewer
 */
export const refOf = (digest: Uint8Array): string => {
  if (digest.length < (refLetters * 5) / 8) throw new RangeError('a reference takes 10 bytes')
  let letters = ''
  for (let index = 0; index < refLetters; index += 1) {
    const bit = index * 5
    const two = ((digest[bit >> 3] ?? 0) << 8) | (digest[(bit >> 3) + 1] ?? 0)
    letters += alphabet[(two >> (11 - (bit & 7))) & 31] ?? ''
  }
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

const refPattern = /(?<![0-9A-Z])[0-9A-HJKMNP-TV-Z]{4}(?:[-–—‐ ]?[0-9A-HJKMNP-TV-Z]{4}){3}(?![0-9A-Z])/g

/** Every reference in a text, in the form in which it is kept; lower case and lost hyphens are put right. */
export const refsIn = (text: string): readonly string[] => [
  ...new Set(
    [...withoutInvisible(text).normalize('NFKC').toUpperCase().matchAll(refPattern)].map(([found]) =>
      found.replace(/[^0-9A-Z]/g, '').replace(/(.{4})(?=.)/g, '$1-'),
    ),
  ),
]

const unquoted = (cell: string): string => {
  const bare = cell.trim()
  const inner = /^"(.*)"$/s.exec(bare)?.[1]?.replaceAll('""', '"') ?? bare
  return inner.replace(/^'/, '').trim()
}

/** Cut at the commas that an even number of quotes follows, in one pass: the text comes from anybody. */
const splitAtCommas = (text: string): readonly string[] => {
  let left = text.split('"').length - 1
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') left -= 1
    else if (text[at] === ',' && left % 2 === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)]
}

/** The cells of a line as it is pasted: by tabs where there are any, else by commas outside quotes. */
export const cellsOf = (line: string): readonly string[] => {
  const text = withoutInvisible(line)
  const parts = text.includes('\t') ? text.split('\t') : splitAtCommas(text)
  return parts.map(unquoted).filter((cell) => cell !== '')
}

/**
 * A row in the form by which two copies of it are the same: its cells without reference, marks, blanks and order.
 * Columns that were moved do not matter; a cell that was changed or left out does.
 */
export const canonicalRow = (cells: readonly string[]): string =>
  cells
    .map((cell) => unquoted(withoutInvisible(cell)).normalize('NFKC').replace(/\s+/g, ' '))
    .filter((cell) => cell !== '' && refsIn(cell).length === 0)
    .sort()
    .join('\u001f')
