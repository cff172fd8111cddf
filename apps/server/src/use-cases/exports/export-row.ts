import { createHmac } from 'node:crypto'
import type { ExportColumn } from '@guankou/contract/exports/columns.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { documentKindNames, exposureNames, feverNames } from '@guankou/contract/screening/names.ts'
import type { ExportSource } from '@guankou/db/queries/exports/source-rows.ts'
import { harmlessCell } from '@guankou/domain/exports/cells.ts'
import { refOf } from '@guankou/domain/exports/trace-text.ts'
import { utcOffsetMinutes } from '@guankou/domain/places/calendar.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import { fieldPlace, type IdentitySealer } from '#src/identity/identity-sealer.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'
import type { Language } from '#src/use-cases/exports/words.ts'

/** What every row of a list is made with. */
export type RowMaker = {
  readonly sealer: IdentitySealer
  readonly reference: ReferenceData
  readonly columns: readonly ExportColumn[]
  readonly language: Language
  readonly refKey: Buffer
}

/** Local time to the minute, as people write it. */
export const localTime = (timeZone: string, at: Date): string =>
  new Date(at.getTime() + utcOffsetMinutes(timeZone, at.getTime()) * 60_000)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ')

const phoneAlone = /^\+\d{5,20}$/

const openCell = async (
  { sealer }: RowMaker,
  person: ExportSource,
  field: 'name' | 'document' | 'phone' | 'plate',
): Promise<string> => {
  const envelope = person[field]
  if (envelope === null) return ''
  const seat = field === 'plate' ? 0 : person.seat
  const text = await sealer.open(person, fieldPlace(person.screeningId, seat, field), envelope)
  // A number with its country code runs nothing, and has to stay one that can be dialled.
  return field === 'phone' && phoneAlone.test(text) ? text : harmlessCell(text)
}

const word = (names: Readonly<Record<string, Bilingual>>, key: string, language: Language): string =>
  names[key]?.[language] ?? key

const cellOf = async (maker: RowMaker, person: ExportSource, column: ExportColumn): Promise<string> => {
  const { reference, language } = maker
  switch (column) {
    case 'occurred-at':
      return localTime(reference.jurisdiction(person.jurisdiction)?.timeZone ?? 'UTC', person.occurredAt)
    case 'post':
      return harmlessCell(reference.post(person.postId)?.name[language] ?? String(person.postId))
    case 'lane':
      return String(person.lane)
    case 'plate':
    case 'name':
    case 'phone':
      return openCell(maker, person, column)
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
    case 'disposition':
      return word(dispositionNames, person.disposition, language)
  }
}

/** Reference first, then the columns asked for, each harmless in a spreadsheet. */
export type ExportRowCells = { readonly ref: string; readonly cells: readonly string[] }

/**
 * The row of one person. Its reference is derived from the list’s own key, so that nobody can work out from two lists
 * whether they hold the same person.
 * @throws DayKeyDestroyedError
 */
export const makeRow = async (maker: RowMaker, person: ExportSource): Promise<ExportRowCells> => {
  const cells: string[] = []
  for (const column of maker.columns) cells.push(await cellOf(maker, person, column))
  const row = `${person.jurisdiction}|${person.screeningId}|${person.seat}`
  return { ref: refOf(createHmac('sha256', maker.refKey).update(row).digest()), cells }
}
