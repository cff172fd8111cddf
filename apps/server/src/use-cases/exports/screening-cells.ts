import type { ExportColumn, ScreeningColumn } from '@guankou/contract/exports/columns.ts'
import { type IdentityField, identityFieldNames } from '@guankou/contract/identity/purposes.ts'
import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { documentKindNames, exposureNames, feverNames } from '@guankou/contract/screening/names.ts'
import { overrideGroundNames } from '@guankou/contract/screening/override.ts'
import type { ExportSource } from '@guankou/db/queries/exports/source-rows.ts'
import type { FindingCorrection } from '@guankou/db/queries/screening/finding-corrections.ts'
import type { StoredCorrection } from '@guankou/db/queries/subject-access/corrections.ts'
import { harmlessCell } from '@guankou/domain/exports/cells.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import { fieldPlace } from '#src/identity/identity-sealer.ts'
import { findingCell, findingCorrectionsTold } from '#src/use-cases/exports/finding-cells.ts'
import { localTime } from '#src/use-cases/exports/local-time.ts'
import { phoneCell, type RowMaker, word } from '#src/use-cases/exports/row-maker.ts'
import { openCorrection } from '#src/use-cases/subject-access/show-corrections.ts'

/** Corrections of one person: of fields that are sealed, and of what was found. */
export type PutRight = {
  readonly corrections: readonly StoredCorrection[]
  readonly findings: readonly FindingCorrection[]
}

/** The field that a column shows, where it is one that is sealed. */
export const fieldOfColumn: Readonly<Partial<Record<ExportColumn, IdentityField>>> = {
  name: 'name',
  'document-number': 'document',
  phone: 'phone',
  plate: 'plate',
  service: 'service',
}

const openCell = async (
  { sealer }: RowMaker,
  person: ExportSource,
  field: IdentityField,
): Promise<string> => {
  const envelope = person[field]
  if (envelope === null) return ''
  const seat = field === 'plate' || field === 'service' ? 0 : person.seat
  const text = await sealer.open(person, fieldPlace(person.screeningId, seat, field), envelope)
  return field === 'phone' ? phoneCell(text) : harmlessCell(text)
}

/** What a lead put in the place of what: both dispositions and the ground. */
const overrideCell = ({ language }: RowMaker, person: ExportSource): string => {
  const { recorded, disposition, overrideGround } = person
  if (overrideGround === null) return ''
  const [was, is] = [recorded, disposition].map((each) => word(dispositionNames, each, language))
  const ground = word(overrideGroundNames, overrideGround, language)
  return language === 'zh' ? `${was}→${is}（${ground}）` : `${was} → ${is} (${ground})`
}

/** What the fields of the list were corrected to, oldest first; what is recorded stands in its own column. */
const correctionsCell = async (
  maker: RowMaker,
  person: ExportSource,
  { corrections, findings }: PutRight,
): Promise<string> => {
  const { sealer, reference, columns, language } = maker
  const timeZone = reference.jurisdiction(person.jurisdiction)?.timeZone ?? 'UTC'
  const told: string[] = []
  for (const correction of corrections) {
    const column = columns.find((each) => fieldOfColumn[each] === correction.field)
    if (column === undefined) continue
    const text = await openCorrection(sealer, correction)
    if (text === null) continue
    const name = word(identityFieldNames, correction.field, language)
    const day = localTime(timeZone, correction.grantedAt).slice(0, 10)
    told.push(language === 'zh' ? `${name}：${text}（${day}）` : `${name}: ${text} (${day})`)
  }
  const found = findingCorrectionsTold(maker, person, findings)
  return harmlessCell([...told, ...found].join(language === 'zh' ? '；' : '; '))
}

const cellOf = async (
  maker: RowMaker,
  person: ExportSource,
  column: ScreeningColumn,
  putRight: PutRight,
): Promise<string> => {
  const { reference, language } = maker
  switch (column) {
    case 'occurred-at':
      return localTime(reference.jurisdiction(person.jurisdiction)?.timeZone ?? 'UTC', person.occurredAt)
    case 'post':
      return harmlessCell(reference.post(person.postId)?.name[language] ?? String(person.postId))
    case 'lane':
      return String(person.lane)
    case 'plate':
    case 'service':
    case 'name':
    case 'phone':
      return openCell(maker, person, column)
    case 'seat':
      return person.seatLabel ?? ''
    case 'document-number':
      return openCell(maker, person, 'document')
    case 'document-kind':
      return word(documentKindNames, person.documentKind, language)
    case 'origin':
      return originName(person.originCode, language) ?? String(person.originCode)
    case 'exposure':
      return word(exposureNames, person.exposure, language)
    case 'fever':
      return word(feverNames, person.fever, language)
    case 'readings':
    case 'symptoms':
    case 'certificates':
      return harmlessCell(findingCell(maker, person, column))
    case 'disposition':
      return word(dispositionNames, person.disposition, language)
    case 'override':
      return overrideCell(maker, person)
    case 'corrections':
      return correctionsCell(maker, person, putRight)
  }
}

/**
 * The cells of one person, each harmless in a spreadsheet.
 * @param putRight  of this person, oldest first   @throws DayKeyDestroyedError
 */
export const screeningCells = async (
  maker: RowMaker,
  person: ExportSource,
  putRight: PutRight,
): Promise<readonly string[]> => {
  const cells: string[] = []
  for (const column of maker.columns)
    cells.push(await cellOf(maker, person, column as ScreeningColumn, putRight))
  return cells
}
