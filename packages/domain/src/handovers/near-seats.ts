import type { HandoverPerson } from '@guankou/contract/handovers/commands.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { ConveyanceKind } from '@guankou/contract/screening/vocabulary.ts'

/**
 * Rows before and behind an index case whose passengers count as near, where the rules of the response say nothing else
 * (WHO 2008, Tuberculosis and air travel, 3rd ed.).
 */
export const rowsNear = 2

/** Seats in a row where passengers are seated in rows; the inspector may say otherwise. */
const usualSeatsPerRow: Readonly<Partial<Record<ConveyanceKind, number>>> = { coach: 4, train: 5, flight: 6 }

/** @returns undefined where people do not sit in rows, and everyone aboard was near */
export const usualSeatsPerRowOf = (kind: ConveyanceKind): number | undefined => usualSeatsPerRow[kind]

/** Somebody aboard: their number in the record, and their place as the ticket names it. */
export type Seated = { readonly seat: number; readonly seatLabel?: string | undefined }

/**
 * Row of a place, from 1. A place with a letter names its row; a number counts places from the front and row by row.
 * @example rowOfLabel('12C', 4) // 12
 * @example rowOfLabel('5', 4) // 2
 */
export const rowOfLabel = (label: string, seatsPerRow: number): number => {
  const number = Number.parseInt(label, 10)
  return /[A-K]$/.test(label) ? number : Math.ceil(number / seatsPerRow)
}

/**
 * Row of somebody. Where nobody has a place, people were entered in the order in which they sat.
 * @returns undefined where others have places and this one has none
 */
const rowOf = (person: Seated, seatsPerRow: number, hasPlaces: boolean): number | undefined => {
  if (person.seatLabel !== undefined) return rowOfLabel(person.seatLabel, seatsPerRow)
  return hasPlaces ? undefined : Math.ceil(person.seat / seatsPerRow)
}

/** What the rules say of a conveyance: rows before and behind, or everyone aboard. */
export const nearOf = (kind: ConveyanceKind, { near }: Pick<RuleSet, 'near'>): number | 'everyone' => {
  const rule = near?.find((each) => each.kind === kind)
  if (rule !== undefined) return rule.withinRows ?? 'everyone'
  return usualSeatsPerRowOf(kind) === undefined ? 'everyone' : rowsNear
}

export type NearAsk = {
  readonly people: readonly Seated[]
  /** Numbers of the index cases. */
  readonly index: readonly number[]
  readonly seatsPerRow: number
  readonly within: number | 'everyone'
}

/**
 * Numbers of those who sat near an index case, the index cases left out, in order. Whoever has no place among people with places
 * counts as near, and so does everyone where an index case has none: nobody can say that they were not.
 * @example nearSeats({ people: [1, 5, 9, 13, 17].map((seat) => ({ seat })), index: [1], seatsPerRow: 4, within: 2 }) // [5, 9]
 */
export const nearSeats = ({ people, index, seatsPerRow, within }: NearAsk): readonly number[] => {
  const hasPlaces = people.some(({ seatLabel }) => seatLabel !== undefined)
  const others = people.filter(({ seat }) => !index.includes(seat))
  const rows = people
    .filter(({ seat }) => index.includes(seat))
    .map((person) => rowOf(person, seatsPerRow, hasPlaces))
  const isNear = (person: Seated): boolean => {
    const own = rowOf(person, seatsPerRow, hasPlaces)
    return (
      within === 'everyone' ||
      rows.some((row) => own === undefined || row === undefined || Math.abs(row - own) <= within)
    )
  }
  return others
    .filter(isNear)
    .map(({ seat }) => seat)
    .toSorted((a, b) => a - b)
}

/**
 * Who is in a hand-over unless the inspector says otherwise: the index cases; of a vehicle without rows everyone else as
 * companions, who go along; of one with rows those who sat near, who are named and stay.
 */
export const proposedPeople = ({
  people,
  index,
  seatsPerRow,
  within,
}: Omit<NearAsk, 'seatsPerRow'> & {
  readonly seatsPerRow: number | undefined
}): readonly HandoverPerson[] => {
  const others =
    seatsPerRow === undefined
      ? people
          .filter(({ seat }) => !index.includes(seat))
          .map(({ seat }) => ({ seat, part: 'companion' as const }))
      : nearSeats({ people, index, seatsPerRow, within }).map((seat) => ({ seat, part: 'near' as const }))
  return [...index.map((seat) => ({ seat, part: 'index' as const })), ...others].toSorted(
    (a, b) => a.seat - b.seat,
  )
}
