/** Letters of places in a row by how many there are, from one window to the other; I is skipped on aircraft and trains. */
const lettersOf = (seatsPerRow: number): string =>
  ({ 2: 'AB', 3: 'ABC', 4: 'ABCD', 5: 'ABCDF', 6: 'ABCDEF' })[seatsPerRow] ??
  'ABCDEFGHJK'.slice(0, seatsPerRow)

/** After how many places of a row an aisle comes. @example aislesOf(5) // [3] */
export const aislesOf = (seatsPerRow: number): readonly number[] => {
  if (seatsPerRow >= 7)
    return [
      seatsPerRow === 9 || seatsPerRow === 10 ? 3 : 2,
      seatsPerRow < 9 ? seatsPerRow - 2 : seatsPerRow - 3,
    ]
  return seatsPerRow === 2 ? [1] : [Math.ceil(seatsPerRow / 2)]
}

/** Whether places are a row and a letter, or counted. */
export type PlaceStyle = 'letters' | 'numbers'

/** No conveyance has more rows than this. */
export const mostRows = 99

/**
 * A place as it is written on a ticket, in its normal form.
 * @param seatsPerRow  where it is known, a letter must be one of such a row
 * @returns undefined where it is no such place
 * @example readPlace('03 a', 4) // '3A'
 * @example readPlace('12号', undefined) // '12'
 */
export const readPlace = (written: string, seatsPerRow: number | undefined): string | undefined => {
  const text = written
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s号座排-]/gu, '')
  const [, digits, letter = ''] = /^0*([1-9]\d{0,2})([A-HJK]?)$/.exec(text) ?? []
  if (digits === undefined) return undefined
  if (letter === '') return digits
  if (Number(digits) > mostRows) return undefined
  return seatsPerRow === undefined || lettersOf(seatsPerRow).includes(letter) ? digits + letter : undefined
}

/** The place at a row and position, both from 1. @example placeAt({ row: 3, at: 1 }, 4, 'numbers') // '9' */
export const placeAt = (
  { row, at }: { readonly row: number; readonly at: number },
  seatsPerRow: number,
  style: PlaceStyle,
): string =>
  style === 'numbers' ? String((row - 1) * seatsPerRow + at) : `${row}${lettersOf(seatsPerRow)[at - 1] ?? ''}`

/** Where a place is in the rows; undefined where there is no such place in them. @example positionOf('12', 4) // { row: 3, at: 4 } */
export const positionOf = (
  place: string,
  seatsPerRow: number,
): { readonly row: number; readonly at: number } | undefined => {
  const number = Number.parseInt(place, 10)
  const letter = place.replace(/^\d+/, '')
  if (!(number >= 1)) return undefined
  if (letter === '') return { row: Math.ceil(number / seatsPerRow), at: ((number - 1) % seatsPerRow) + 1 }
  const at = lettersOf(seatsPerRow).indexOf(letter) + 1
  return at === 0 ? undefined : { row: number, at }
}

/** How places are written here: counted where all that are known are. */
export const styleOf = (places: readonly string[], usual: PlaceStyle): PlaceStyle => {
  if (places.length === 0) return usual
  return places.every((place) => /^\d+$/.test(place)) ? 'numbers' : 'letters'
}

/** The place after one, row by row. @example placeAfter('3D', 4) // '4A' */
export const placeAfter = (place: string, seatsPerRow: number): string | undefined => {
  const position = positionOf(place, seatsPerRow)
  if (position === undefined) return undefined
  const style: PlaceStyle = /\d$/.test(place) ? 'numbers' : 'letters'
  const { row, at } = position
  const next = at < seatsPerRow ? { row, at: at + 1 } : { row: row + 1, at: 1 }
  return next.row > mostRows ? undefined : placeAt(next, seatsPerRow, style)
}

/** In the order in which people sit: by row, then across. */
export const comparePlaces = (a: string, b: string, seatsPerRow: number): number => {
  const [one, other] = [positionOf(a, seatsPerRow), positionOf(b, seatsPerRow)]
  if (one === undefined || other === undefined) return a.localeCompare(b)
  return one.row - other.row || one.at - other.at
}
