import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { readDocument, recogniseDocument } from '#src/identity/documents/read-document.ts'
import { columnsOf, type ManifestColumn, tellsWho } from './columns.ts'
import type { TableRow } from './csv-table.ts'
import { comparePlaces, readPlace } from './seats.ts'

/** Why a row of a list has to be looked at by a person. */
export const manifestFaults = [
  'nobody',
  'number-wrong',
  'number-rounded',
  'number-twice',
  'number-of-other',
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
  /** Where the row says that they sit; nothing where it says none that can be read. */
  readonly place?: string
  readonly carriage: string
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
    carriage: at('carriage')
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
      .slice(0, 3),
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

/** Places that are taken, and the names that stand beside a number above. */
type Before = { readonly places: Set<string>; readonly numbers: Map<string, string> }

const placeFaults = (
  { place, key }: { readonly place: string | undefined; readonly key: string },
  written: string,
  { places }: Before,
): readonly ManifestFault[] => {
  if (written === '') return ['seat-missing']
  if (place === undefined) return ['seat-unread']
  return places.has(key) ? ['seat-taken'] : []
}

/** A number that stands above already: the same person again, or a child or companion who was listed under it. */
const repeatFaults = ({ name, number }: Cells, { numbers }: Before): readonly ManifestFault[] => {
  const earlier = number === '' ? undefined : numbers.get(number)
  if (earlier === undefined) return []
  return name !== '' && earlier !== '' && name !== earlier ? ['number-of-other'] : ['number-twice']
}

/** What a row says. */
const readRow = (
  row: TableRow,
  columns: ReadonlyMap<ManifestColumn, number>,
  ask: ManifestAsk,
  before: Before,
): ManifestPerson => {
  const cells = cellsOf(row, columns)
  const place = readPlace(cells.seat, ask.seatsPerRow)
  const key = `${cells.carriage} ${place ?? ''}`
  const documentKind = kindOf(cells.document, cells.number, ask.today)
  const ofPlace = columns.has('seat') ? placeFaults({ place, key }, cells.seat, before) : []
  const faults: readonly ManifestFault[] = [
    ...(cells.name === '' && cells.number === '' ? (['nobody'] as const) : []),
    ...numberFaults(cells.number, documentKind, ask.today),
    ...repeatFaults(cells, before),
    ...lengthFaults(cells),
    ...phoneFaults(cells.phone),
    ...ofPlace,
  ]
  const keeps = place !== undefined && columns.has('seat') && ofPlace.length === 0
  if (keeps) before.places.add(key)
  if (!before.numbers.has(cells.number)) before.numbers.set(cells.number, cells.name)
  return {
    line: row.line,
    text: row.cells.filter((cell) => cell !== '').join(' · '),
    ...(keeps ? { place } : {}),
    carriage: cells.carriage,
    name: cells.name.slice(0, longest.name),
    documentKind,
    documentNumber: inPowers.test(cells.number) ? '' : cells.number.slice(0, longest.number),
    phone: faults.includes('phone-wrong') ? '' : cells.phone,
    faults,
  }
}

/** Whether a row can be taken as it is. The others are looked at one by one. */
export const isWhole = ({ faults }: ManifestPerson): boolean => faults.length === 0

/** The first row that names columns that tell who somebody is, and its columns. */
export const headOf = (
  rows: readonly TableRow[],
): { readonly at: number; readonly columns: ReadonlyMap<ManifestColumn, number> } | undefined => {
  const at = rows.slice(0, 10).findIndex(({ cells }) => tellsWho(columnsOf(cells)))
  return at < 0 ? undefined : { at, columns: columnsOf(rows[at]?.cells ?? []) }
}

/**
 * Reads a list of passengers. Every row below its head becomes a person, and what is wrong with a row is told beside what
 * could be read of it: nothing is dropped, and nothing is guessed.
 * @param mapped  columns as a person chose them, where the heads do not say
 */
export const readManifest = (
  rows: readonly TableRow[],
  ask: ManifestAsk,
  mapped?: { readonly at: number; readonly columns: ReadonlyMap<ManifestColumn, number> },
): Manifest => {
  if (rows.length === 0) return { is: 'empty' }
  const head = mapped ?? headOf(rows)
  if (head === undefined || !tellsWho(head.columns)) return { is: 'no-head' }
  const before: Before = { places: new Set(), numbers: new Map() }
  const people = rows.slice(head.at + 1).map((row) => readRow(row, head.columns, ask, before))
  return people.length === 0 ? { is: 'empty' } : { is: 'read', columns: [...head.columns.keys()], people }
}

/** The most people that one record holds. */
export const mostInPart = 100

/** People of one carriage, as many as one record holds, in the order in which they sit. */
export type ManifestPart = { readonly carriage: string; readonly people: readonly ManifestPerson[] }

/** A list in the parts that one record each can hold: by carriage, then from the front. */
export const partsOf = (
  people: readonly ManifestPerson[],
  seatsPerRow: number | undefined,
): readonly ManifestPart[] => {
  const carriages = [...new Set(people.map(({ carriage }) => carriage))].toSorted((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  return carriages.flatMap((carriage) => {
    const own = people
      .filter((person) => person.carriage === carriage)
      .toSorted((a, b) => comparePlaces(a.place ?? '999', b.place ?? '999', seatsPerRow ?? 1))
    return Array.from({ length: Math.ceil(own.length / mostInPart) }, (_, index) => ({
      carriage,
      people: own.slice(index * mostInPart, (index + 1) * mostInPart),
    }))
  })
}
