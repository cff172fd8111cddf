import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { readDocument, recogniseDocument } from '#src/identity/documents/read-document.ts'
import { columnsOf, type ManifestColumn, tellsWho } from './columns.ts'
import type { TableRow } from './csv-table.ts'
import { highestSeat, seatNumberOf } from './seats.ts'

/** Why a row of a list has to be looked at by a person. */
export const manifestFaults = [
  'nobody',
  'number-wrong',
  'number-rounded',
  'number-twice',
  'seat-missing',
  'seat-unread',
  'seat-taken',
  'too-long',
  'phone-wrong',
] as const
export type ManifestFault = (typeof manifestFaults)[number]

/** One person of a list, with what could be read; nothing of the row is lost, for it stands beside as it was written. */
export type ManifestPerson = {
  readonly line: number
  readonly text: string
  readonly seat: number
  readonly name: string
  readonly documentKind: DocumentKind
  readonly documentNumber: string
  readonly phone: string
  readonly faults: readonly ManifestFault[]
}

export type Manifest =
  | { readonly is: 'no-head' }
  | { readonly is: 'empty' }
  | {
      readonly is: 'read'
      readonly columns: readonly ManifestColumn[]
      readonly people: readonly ManifestPerson[]
    }

export type ManifestAsk = {
  /** Of a conveyance with rows, how many seats there are in a row. */
  readonly seatsPerRow: number | undefined
  /** Local day, YYYY-MM-DD. */
  readonly today: string
}

const longest = { name: 80, number: 32, phone: 20 } as const
/** How a spreadsheet shows a long number that it took for one: most of its digits are lost. */
const inPowers = /^\d(\.\d+)?E\+?\d+$/i
/** Fifteen digits are what a spreadsheet keeps. One number in a thousand ends so of itself: it is looked at, and kept. */
const endsInZeros = /^\d{15}0{3}$/

const kindWords: readonly (readonly [RegExp, DocumentKind])[] = [
  [/身份证|resident|^id/i, 'resident-id'],
  [/护照|passport/i, 'passport'],
  [/港澳|回乡|macao|hong kong/i, 'hk-macao-permit'],
  [/台湾|台胞|taiwan/i, 'taiwan-permit'],
]

const kindOf = (word: string, number: string, today: string): DocumentKind => {
  const told = kindWords.find(([words]) => words.test(word))?.[1]
  if (told !== undefined) return told
  if (number === '') return 'none'
  return recogniseDocument(number, today)[0]?.kind ?? (/^\d{17}.$/.test(number) ? 'resident-id' : 'other')
}

type Cells = Readonly<Record<ManifestColumn, string>>

const clean = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .toWellFormed()

const cellsOf = ({ cells }: TableRow, columns: ReadonlyMap<ManifestColumn, number>): Cells => {
  const at = (column: ManifestColumn): string => clean(cells[columns.get(column) ?? -1] ?? '')
  return {
    seat: at('seat'),
    name: at('name'),
    document: at('document'),
    number: at('number').normalize('NFKC').toUpperCase().replace(/^'/, '').replace(/\s/g, ''),
    phone: at('phone').normalize('NFKC'),
  }
}

const numberFaults = (number: string, kind: DocumentKind, today: string): readonly ManifestFault[] => {
  if (number === '') return []
  if (inPowers.test(number) || endsInZeros.test(number)) return ['number-rounded']
  return readDocument({ kind, number }, today).ok ? [] : ['number-wrong']
}

const phoneFaults = (phone: string): readonly ManifestFault[] =>
  phone === '' || /^[0-9+ ()-]{3,20}$/.test(phone) ? [] : ['phone-wrong']

const lengthFaults = ({ name, number }: Cells): readonly ManifestFault[] =>
  name.length > longest.name || number.length > longest.number ? ['too-long'] : []

const seatFaults = (
  seat: number | undefined,
  written: string,
  taken: ReadonlySet<number>,
): readonly ManifestFault[] => {
  if (written === '') return ['seat-missing']
  if (seat === undefined) return ['seat-unread']
  return taken.has(seat) ? ['seat-taken'] : []
}

type Read = ManifestPerson & { readonly hasSeat: boolean }

/** What a row says; its seat is given out afterwards where it says none. */
const readRow = (
  row: TableRow,
  columns: ReadonlyMap<ManifestColumn, number>,
  ask: ManifestAsk,
  before: { readonly seats: Set<number>; readonly numbers: Set<string> },
): Read => {
  const cells = cellsOf(row, columns)
  const seat = seatNumberOf(cells.seat, ask.seatsPerRow)
  const documentKind = kindOf(cells.document, cells.number, ask.today)
  const ofSeat = columns.has('seat') ? seatFaults(seat, cells.seat, before.seats) : []
  const hasSeat = seat !== undefined && columns.has('seat') && ofSeat.length === 0
  const faults: readonly ManifestFault[] = [
    ...(cells.name === '' && cells.number === '' ? (['nobody'] as const) : []),
    ...numberFaults(cells.number, documentKind, ask.today),
    ...(cells.number !== '' && before.numbers.has(cells.number) ? (['number-twice'] as const) : []),
    ...lengthFaults(cells),
    ...phoneFaults(cells.phone),
    ...ofSeat,
  ]
  if (hasSeat) before.seats.add(seat)
  before.numbers.add(cells.number)
  return {
    line: row.line,
    text: row.cells.filter((cell) => cell !== '').join(' · '),
    seat: hasSeat ? seat : 0,
    name: cells.name.slice(0, longest.name),
    documentKind,
    documentNumber: inPowers.test(cells.number) ? '' : cells.number.slice(0, longest.number),
    phone: faults.includes('phone-wrong') ? '' : cells.phone,
    faults,
    hasSeat,
  }
}

/** Gives free seats, from the front, to those whose row names none that can be read. */
const withSeats = (read: readonly Read[]): readonly ManifestPerson[] => {
  const taken = new Set(read.flatMap(({ hasSeat, seat }) => (hasSeat ? [seat] : [])))
  let next = 1
  return read.map(({ hasSeat, ...person }) => {
    if (hasSeat) return person
    while (taken.has(next)) next += 1
    taken.add(next)
    return { ...person, seat: next }
  })
}

/**
 * Reads a list of passengers. Every row below its head becomes a person, and what is wrong with a row is told beside what
 * could be read of it: nothing is dropped, and nothing is guessed.
 */
export const readManifest = (rows: readonly TableRow[], ask: ManifestAsk): Manifest => {
  if (rows.length === 0) return { is: 'empty' }
  const at = rows.slice(0, 10).findIndex(({ cells }) => tellsWho(columnsOf(cells)))
  const head = rows[at]
  if (head === undefined) return { is: 'no-head' }
  const columns = columnsOf(head.cells)
  const before = { seats: new Set<number>(), numbers: new Set<string>() }
  const people = withSeats(rows.slice(at + 1).map((row) => readRow(row, columns, ask, before)))
  return people.length === 0 ? { is: 'empty' } : { is: 'read', columns: [...columns.keys()], people }
}

/**
 * A list in the parts that one record each can hold. Where seats run beyond, everybody in the part is counted anew, in the
 * order of the list.
 */
export const partsOf = (people: readonly ManifestPerson[]): readonly (readonly ManifestPerson[])[] => {
  const parts: ManifestPerson[][] = []
  for (let from = 0; from < people.length; from += highestSeat) {
    const part = people.slice(from, from + highestSeat)
    const fits = part.every(({ seat }) => seat <= highestSeat)
    parts.push(fits ? part : part.map((person, index) => ({ ...person, seat: index + 1 })))
  }
  return parts
}
