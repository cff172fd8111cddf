import type { HandoverPerson } from '@guankou/contract/handovers/commands.ts'
import type { ConveyanceKind } from '@guankou/contract/screening/vocabulary.ts'

/** Rows before and behind an index case whose passengers count as near (WHO 2008, Tuberculosis and air travel, 3rd ed.). */
export const rowsNear = 2

/** Seats in a row where passengers are seated in rows; the inspector may say otherwise. */
const usualSeatsPerRow: Readonly<Partial<Record<ConveyanceKind, number>>> = { coach: 4, train: 5, flight: 6 }

/** @returns undefined where people do not sit in rows, and everyone aboard was near */
export const usualSeatsPerRowOf = (kind: ConveyanceKind): number | undefined => usualSeatsPerRow[kind]

/** Row of a seat, from 1, where seats are counted from the front and row by row. @example rowOf(5, 4) // 2 */
export const rowOf = (seat: number, seatsPerRow: number): number => Math.ceil(seat / seatsPerRow)

/**
 * Seats of those who sat within two rows of an index case, the index cases left out, in order.
 * @param seats  of everyone aboard   @param index  of the index cases
 * @example nearSeats({ seats: [1, 5, 9, 13, 17], index: [1], seatsPerRow: 4 }) // [5, 9]
 */
export const nearSeats = ({
  seats,
  index,
  seatsPerRow,
}: {
  readonly seats: readonly number[]
  readonly index: readonly number[]
  readonly seatsPerRow: number
}): readonly number[] => {
  const rows = index.map((seat) => rowOf(seat, seatsPerRow))
  return seats
    .filter(
      (seat) =>
        !index.includes(seat) && rows.some((row) => Math.abs(row - rowOf(seat, seatsPerRow)) <= rowsNear),
    )
    .toSorted((a, b) => a - b)
}

/**
 * Who is in a hand-over unless the inspector says otherwise: the index cases; of a vehicle without rows everyone else as
 * companions, who go along; of one with rows those who sat near, who are named and stay.
 */
export const proposedPeople = ({
  seats,
  index,
  seatsPerRow,
}: {
  readonly seats: readonly number[]
  readonly index: readonly number[]
  readonly seatsPerRow: number | undefined
}): readonly HandoverPerson[] => {
  const others =
    seatsPerRow === undefined
      ? seats.filter((seat) => !index.includes(seat)).map((seat) => ({ seat, part: 'companion' as const }))
      : nearSeats({ seats, index, seatsPerRow }).map((seat) => ({ seat, part: 'near' as const }))
  return [...index.map((seat) => ({ seat, part: 'index' as const })), ...others].toSorted(
    (a, b) => a.seat - b.seat,
  )
}
