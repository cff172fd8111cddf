import {
  type DateOrder,
  mostCellLetters,
  neededFields,
  type RejectReason,
  type WorklistField,
  type WorklistKind,
} from '@guankou/contract/worklists/vocabulary.ts'
import { readCitizenNumber } from '#src/identity/documents/citizen-number.ts'
import { recogniseDocument } from '#src/identity/documents/read-document.ts'
import { offerDocumentRepairs } from '#src/identity/documents/repair.ts'
import { normaliseDocumentNumber } from '#src/identity/normalise.ts'
import { offerCountryCodes, offerPhoneRepair, readPhone } from '#src/identity/phones/read-phone.ts'
import { readPlate } from '#src/identity/plates/read-plate.ts'
import { offerPlateRepairs } from '#src/identity/plates/repair-plate.ts'
import { readDate } from '#src/worklists/read-date.ts'

/** What a column was confirmed to say. */
export type ConfirmedColumn = { readonly field: WorklistField | null; readonly order: DateOrder | null }

/** What a row says, every value in its stored form. */
export type RowContent = Readonly<Partial<Record<WorklistField, string>>> & {
  /** Kind of the document, as the contract has it. */
  readonly documentKind?: string
}

/** Why a cell was not taken, and what may have been meant: shown, never used by itself. */
export type CellProblem = {
  readonly field: WorklistField
  readonly why: RejectReason
  readonly offers: readonly string[]
}

export type RowReading =
  | { readonly is: 'empty' }
  | { readonly is: 'row'; readonly content: RowContent }
  | { readonly is: 'rejected'; readonly problems: readonly CellProblem[] }

export type RowContext = {
  readonly kind: WorklistKind
  readonly columns: readonly ConfirmedColumn[]
  /** Local day, YYYY-MM-DD. */
  readonly today: string
  readonly countsFrom1904: boolean
}

type CellReading = { readonly value?: string; readonly kind?: string; readonly problem?: CellProblem }

const mostOffers = 3
/** Dates may lie ahead so far: somebody books, or leaves later. */
const aheadAllowed: Readonly<Partial<Record<WorklistField, boolean>>> = { 'left-on': true }

const problem = (field: WorklistField, why: RejectReason, offers: readonly string[] = []): CellReading => ({
  problem: { field, why, offers: offers.slice(0, mostOffers) },
})

/**
 * Whether a number passed through a spreadsheet as a number: it keeps 15 digits, so that the last ones of a citizen number
 * are zeros, or it stands as 4.40402E+17. One in eleven of these fits its check digit all the same, so that it counts for
 * nothing; a number that does end so is written in groups.
 * @example hasLostDigits('4.40402199001011E+17') // true
 * @example hasLostDigits('440402199001011000') // true
 * @example hasLostDigits('440402 19900101 1000') // false
 * @example hasLostDigits('440402199001011234') // false
 */
export const hasLostDigits = (text: string): boolean =>
  /^\d(?:\.\d+)?E\+?\d{2}$/i.test(text.trim()) || /^\d{15}0{3}$/.test(text.trim())

/** A number that a spreadsheet keeps as one: 13800138000.0 and 1.3800138E+10 lose nothing. */
const wholeNumber = (text: string): string => {
  const trimmed = text.trim()
  if (/^\d{5,15}\.0{1,6}$/.test(trimmed)) return trimmed.slice(0, trimmed.indexOf('.'))
  if (!/^\d\.\d{6,14}E\+?1[0-4]$/i.test(trimmed)) return trimmed
  const value = Number(trimmed)
  return Number.isSafeInteger(value) ? String(value) : trimmed
}

const readPhoneCell = (text: string): CellReading => {
  const whole = wholeNumber(text)
  if (hasLostDigits(whole)) return problem('phone', 'phone-rounded')
  // Two numbers in one cell: the first is called.
  const first = whole.split(/[/,;、，；]| {2,}/)[0] ?? whole
  const reading = readPhone(first)
  if (reading.ok) return { value: reading.value.phone }
  if (reading.problem === 'country-code-missing')
    return problem(
      'phone',
      'phone-country',
      offerCountryCodes(first).map(({ phone }) => phone),
    )
  const repair = offerPhoneRepair(first)
  return problem('phone', 'phone-form', repair === undefined ? [] : [repair.phone])
}

const documentWhy: Readonly<Record<string, RejectReason>> = {
  'check-digit': 'document-check',
  'no-such-day': 'document-date',
  'not-born-yet': 'document-date',
}

const readDocumentCell = (text: string, { today }: RowContext): CellReading => {
  if (hasLostDigits(text)) return problem('document', 'digits-lost')
  const [known] = recogniseDocument(text, today)
  if (known !== undefined) return { value: normaliseDocumentNumber(text), kind: known.kind }
  const reading = readCitizenNumber(text, today)
  const why = reading.ok ? 'document-form' : (documentWhy[reading.problem] ?? 'document-form')
  return problem(
    'document',
    why,
    offerDocumentRepairs(text, today).map(({ number }) => number),
  )
}

const readPlateCell = (text: string): CellReading => {
  const reading = readPlate(text)
  if (reading.ok) return { value: reading.value.plate }
  return problem(
    'plate',
    'plate-form',
    offerPlateRepairs(text).map(({ plate }) => plate),
  )
}

const readDateCell = (
  field: WorklistField,
  text: string,
  order: DateOrder | null,
  { today, countsFrom1904 }: RowContext,
): CellReading => {
  const reading = readDate(text, { today, order, countsFrom1904 })
  if (reading.is === 'zero-lost') return problem(field, 'date-zero-lost', reading.days)
  if (reading.is === 'ambiguous') return problem(field, 'date-ambiguous')
  if (reading.is !== 'day') return problem(field, 'date-unreadable')
  if (reading.day > today && aheadAllowed[field] !== true) return problem(field, 'date-ahead')
  return { value: reading.day }
}

/** Errors of formulas as spreadsheets show them, and formulas that came without a result. */
const isCellError = (text: string): boolean =>
  /^#(?:REF|VALUE|DIV\/0|NAME|NUM|NULL|SPILL|CALC)[!?]$|^#N\/A$/i.test(text) || text.startsWith('=')

/** What happened to a cell before it came here, whatever it was to say. */
const damageOf = (text: string): RejectReason | undefined => {
  if (isCellError(text)) return 'cell-error'
  if (text.includes('\ufffd')) return 'garbled'
  return text.startsWith('"') && text.split('"').length % 2 === 0 ? 'quote-open' : undefined
}

/** An apostrophe in front only tells a spreadsheet that what follows is text. */
const bareCell = (cell: string): string => cell.trim().replace(/^['‘’＇](?=[^'‘’＇]+$)/u, '')

const readCell = (
  column: ConfirmedColumn,
  field: WorklistField,
  text: string,
  context: RowContext,
): CellReading => {
  const damage = damageOf(text)
  if (damage !== undefined) return problem(field, damage)
  if (text.length > mostCellLetters) return problem(field, 'too-long')
  switch (field) {
    case 'phone':
      return readPhoneCell(text)
    case 'document':
      return readDocumentCell(text, context)
    case 'plate':
      return readPlateCell(text)
    case 'arrived-on':
    case 'left-on':
      return readDateCell(field, text, column.order, context)
    default:
      return {
        value: text
          .normalize('NFKC')
          .replace(/\p{Cc}/gu, ' ')
          .trim(),
      }
  }
}

/** What people write where there is nothing. */
const isNothing = (text: string): boolean => /^(?:[-—/\\.。]+|无|没有|不详|n\/?a|none|null)?$/i.test(text)

/** Reads a row by its confirmed columns. Either everything in it can be used, or it says what cannot. */
export const readRow = (cells: readonly string[], context: RowContext): RowReading => {
  if (cells.every((cell) => cell.trim() === '')) return { is: 'empty' }
  const content: Record<string, string> = {}
  const problems: CellProblem[] = []
  for (const [at, column] of context.columns.entries()) {
    const text = bareCell(cells[at] ?? '')
    if (column.field === null || isNothing(text)) continue
    const reading = readCell(column, column.field, text, context)
    if (reading.problem !== undefined) problems.push(reading.problem)
    if (reading.value !== undefined && reading.value !== '') content[column.field] = reading.value
    if (reading.kind !== undefined) content.documentKind = reading.kind
  }
  for (const field of neededFields[context.kind])
    if (content[field] === undefined && !problems.some((each) => each.field === field))
      problems.push({ field, why: 'missing', offers: [] })
  return problems.length > 0 ? { is: 'rejected', problems } : { is: 'row', content: content as RowContent }
}
