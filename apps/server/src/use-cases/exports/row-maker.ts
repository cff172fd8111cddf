import { createHmac } from 'node:crypto'
import type { ExportColumn } from '@guankou/contract/exports/columns.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { PersonKey } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { harmlessCell } from '@guankou/domain/exports/cells.ts'
import { refOf } from '@guankou/domain/exports/trace-text.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'
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

const phoneAlone = /^\+\d{5,20}$/

/** A number with its country code runs nothing, and has to stay one that can be dialled. */
export const phoneCell = (text: string): string => (phoneAlone.test(text) ? text : harmlessCell(text))

export const word = (names: Readonly<Record<string, Bilingual>>, key: string, language: Language): string =>
  names[key]?.[language] ?? key

/**
 * The reference of a row. It is derived from the list’s own key, so that nobody can work out from two lists whether they
 * hold the same person.
 */
export const refOfRow = ({ refKey }: RowMaker, { jurisdiction, screeningId, seat }: PersonKey): string =>
  refOf(createHmac('sha256', refKey).update(`${jurisdiction}|${screeningId}|${seat}`).digest())
