import type { CallColumn } from '@guankou/contract/exports/columns.ts'
import { documentKindNames } from '@guankou/contract/screening/names.ts'
import { callOutcomeNames, rowStateNames, worklistKindNames } from '@guankou/contract/worklists/vocabulary.ts'
import { type CallSource, countCallSource, readCallSource } from '@guankou/db/queries/exports/call-rows.ts'
import { harmlessCell } from '@guankou/domain/exports/cells.ts'
import type { RowContent } from '@guankou/domain/worklists/read-row.ts'
import type { SubjectOfExport } from '#src/use-cases/exports/export-subject.ts'
import { localTime } from '#src/use-cases/exports/local-time.ts'
import { phoneCell, type RowMaker, word } from '#src/use-cases/exports/row-maker.ts'
import { seenInList } from '#src/use-cases/exports/seen-in-list.ts'
import { rowPlace } from '#src/use-cases/worklists/list-scope.ts'

/** Columns that come from what is sealed of a row; a list without them opens none. */
const sealedColumns = [
  'name',
  'document-kind',
  'document-number',
  'phone',
  'plate',
  'address',
  'place',
] as const satisfies readonly CallColumn[]
type SealedColumn = (typeof sealedColumns)[number]

const isSealed = (column: CallColumn): column is SealedColumn =>
  (sealedColumns as readonly CallColumn[]).includes(column)

const sealedCell = (
  content: RowContent | null,
  column: SealedColumn,
  language: RowMaker['language'],
): string => {
  const said = content ?? {}
  switch (column) {
    case 'phone':
      return phoneCell(said.phone ?? '')
    case 'document-number':
      return harmlessCell(said.document ?? '')
    case 'document-kind':
      return said.documentKind === undefined ? '' : word(documentKindNames, said.documentKind, language)
    case 'place':
      return harmlessCell(
        [said.place, said.unit].filter((part) => part !== undefined && part !== '').join(' '),
      )
    case 'name':
    case 'plate':
    case 'address':
      return harmlessCell(said[column] ?? '')
  }
}

const callCell = (
  { reference, language }: RowMaker,
  row: CallSource,
  column: Exclude<CallColumn, SealedColumn>,
): string => {
  const timeZone = reference.jurisdiction(row.jurisdiction)?.timeZone ?? 'UTC'
  const told = (at: Date | null): string => (at === null ? '' : localTime(timeZone, at))
  switch (column) {
    case 'list-kind':
      return word(worklistKindNames, row.kind, language)
    case 'list':
      return harmlessCell(row.title)
    case 'brought-on':
      return row.day
    case 'call-state':
      return word(rowStateNames, row.state, language)
    case 'attempts':
      return String(row.attempts)
    case 'call-outcome':
      return row.lastOutcome === null ? '' : word(callOutcomeNames, row.lastOutcome, language)
    case 'called-at':
      return told(row.lastAt)
    case 'next-call-at':
      return told(row.nextAt)
  }
}

const openContent = async ({ sealer }: RowMaker, row: CallSource): Promise<RowContent | null> =>
  row.sealed === null
    ? null
    : (JSON.parse(await sealer.open(row, rowPlace(row.screeningId, row.seat), row.sealed)) as RowContent)

/** The cells of one row of a worklist. @throws DayKeyDestroyedError */
const callCells = async (maker: RowMaker, row: CallSource): Promise<readonly string[]> => {
  const columns = maker.columns as readonly CallColumn[]
  const content = columns.some(isSealed) ? await openContent(maker, row) : null
  return columns.map((column) =>
    isSealed(column) ? sealedCell(content, column, maker.language) : callCell(maker, row, column),
  )
}

/** Rows of worklists, with what came of calling them. */
export const callSubject: SubjectOfExport = {
  count: countCallSource,
  read: async (transaction, { filters, window, after, most }) => {
    const from = after === null ? null : { at: after.at, listId: after.screeningId, row: after.seat }
    const rows = await readCallSource(transaction, window, filters, { after: from, most })
    return rows.map((row) => {
      const { jurisdiction, occurredAt, screeningId, seat, day } = row
      return {
        key: { jurisdiction, occurredAt, screeningId, seat },
        day,
        cells: (maker) => callCells(maker, row),
      }
    })
  },
  seen: seenInList('call', {
    name: 'name',
    'document-number': 'document',
    phone: 'phone',
    plate: 'plate',
    address: 'address',
  }),
}
