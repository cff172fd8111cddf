import { type CitizenNumber, readCitizenNumber } from '#src/identity/documents/citizen-number.ts'
import {
  type PermanentResidenceNumber,
  readPermanentResidenceNumber,
} from '#src/identity/documents/permanent-residence.ts'
import { digitOf } from '#src/identity/look-alikes.ts'
import { normaliseDocumentNumber } from '#src/identity/normalise.ts'
import type { Reading, ReadingDoubt } from '#src/identity/reading.ts'

/** How a candidate differs from what was typed, the likeliest way first. */
export const repairWays = ['look-alike', 'swap', 'neighbour-key', 'one-character'] as const
export type RepairWay = (typeof repairWays)[number]

/** A number that somebody may have meant. It is shown to be compared with the paper, and used only when chosen. */
export type Repair<Value> = {
  readonly number: string
  readonly way: RepairWay
  readonly value: Value
  readonly doubts: readonly ReadingDoubt[]
}

type Candidate = { readonly number: string; readonly way: RepairWay }

const keyRows = ['123', '456', '789', ' 0 ']
const keyPlaces: ReadonlyMap<string, readonly [number, number]> = new Map(
  keyRows.flatMap((row, y) => [...row].map((key, x): [string, readonly [number, number]] => [key, [x, y]])),
)

const areNeighbours = (one: string, other: string): boolean => {
  const [a, b] = [keyPlaces.get(one), keyPlaces.get(other)]
  return a !== undefined && b !== undefined && Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) === 1
}

const lookAlikesOf = (typed: string): Candidate => ({
  number: [...typed].map((symbol) => (symbol === 'X' ? symbol : digitOf(symbol))).join(''),
  way: 'look-alike',
})

const lettersKeptLookAlikesOf = (typed: string): Candidate => ({
  number: typed.slice(0, 3) + lookAlikesOf(typed.slice(3)).number,
  way: 'look-alike',
})

const swapsOf = (typed: string): Candidate[] =>
  Array.from({ length: typed.length - 1 }, (_, at) => ({
    number: typed.slice(0, at) + typed.charAt(at + 1) + typed.charAt(at) + typed.slice(at + 2),
    way: 'swap',
  }))

const changesOf = (typed: string): Candidate[] =>
  [...typed].flatMap((symbol, at) =>
    [...'0123456789X'].map(
      (digit): Candidate => ({
        number: typed.slice(0, at) + digit + typed.slice(at + 1),
        way: areNeighbours(symbol, digit) ? 'neighbour-key' : 'one-character',
      }),
    ),
  )

/**
 * Numbers with a right check digit that lie one slip from what was typed: letters for digits that look like them, two
 * neighbours swapped, one character wrong. Ranked by the way of the slip and by doubts; none where the typed number fits
 * or where two slips were made. A right check digit restored is no proof: about one in eleven wrong numbers has one.
 * @param read  the rules of the number; they alone say what is a candidate
 */
export const offerRepairs = <Value>(
  typed: string,
  read: (number: string) => Reading<Value>,
): readonly Repair<Value>[] => {
  const number = normaliseDocumentNumber(typed)
  if (number === '' || number.length > 18 || read(number).ok) return []
  const found = new Map<string, Repair<Value>>()
  const candidates = [
    lookAlikesOf(number),
    lettersKeptLookAlikesOf(number),
    ...swapsOf(number),
    ...changesOf(number),
  ]
  for (const { number: candidate, way } of candidates) {
    const reading = read(candidate)
    if (reading.ok && !found.has(candidate))
      found.set(candidate, { number: candidate, way, value: reading.value, doubts: reading.doubts })
  }
  const rank = ({ way, doubts }: Repair<Value>): number =>
    doubts.length * repairWays.length + repairWays.indexOf(way)
  return [...found.values()].toSorted((one, other) => rank(one) - rank(other))
}

const readChecked = (typed: string, today: string): Reading<CitizenNumber | PermanentResidenceNumber> => {
  const citizen = readCitizenNumber(typed, today)
  // Without a check digit every number of 15 digits would be a candidate.
  if (citizen.ok && citizen.value.form !== 'resident-id-15') return citizen
  return readPermanentResidenceNumber(typed, today)
}

/**
 * What may have been meant by a citizen number or one of a permanent residence card, which end in a check digit.
 * @param today  local day, YYYY-MM-DD
 * @example offerDocumentRepairs('1101O519491231002X', '2020-01-23')[0].number // '11010519491231002X'
 */
export const offerDocumentRepairs = (
  typed: string,
  today: string,
): readonly Repair<CitizenNumber | PermanentResidenceNumber>[] =>
  readCitizenNumber(typed, today).ok ? [] : offerRepairs(typed, (number) => readChecked(number, today))
