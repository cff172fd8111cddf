/** Seats of one record are numbered from 1 to here; the contract's bound. */
export const highestSeat = 100

/** Letters of seats in a row by how many there are, from one window to the other; I is skipped on aircraft and trains. */
const lettersOf = (seatsPerRow: number): string =>
  ({ 2: 'AB', 3: 'ABC', 4: 'ABCD', 5: 'ABCDF', 6: 'ABCDEF' })[seatsPerRow] ??
  'ABCDEFGHJK'.slice(0, seatsPerRow)

/**
 * A seat as it is written on a ticket, as the number that counts seats from the front and row by row.
 * @returns undefined where it is no seat of such rows
 * @example seatNumberOf('3A', 4) // 9
 * @example seatNumberOf('12', 4) // 12
 */
export const seatNumberOf = (written: string, seatsPerRow: number | undefined): number | undefined => {
  const text = written
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s号座排-]/gu, '')
  const [, digits, letter = ''] = /^0*([1-9]\d{0,2})([A-K]?)$/.exec(text) ?? []
  if (digits === undefined) return undefined
  const row = Number(digits)
  if (letter === '') return row > highestSeat ? undefined : row
  if (seatsPerRow === undefined) return undefined
  const place = lettersOf(seatsPerRow).indexOf(letter)
  const seat = (row - 1) * seatsPerRow + place + 1
  return place < 0 || seat > highestSeat ? undefined : seat
}

/** How a seat is written where there are rows. @example seatLabelOf(9, 4) // '3A' */
export const seatLabelOf = (seat: number, seatsPerRow: number): string =>
  `${Math.ceil(seat / seatsPerRow)}${lettersOf(seatsPerRow)[(seat - 1) % seatsPerRow] ?? ''}`
