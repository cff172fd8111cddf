import type { ExportSubject } from '@guankou/contract/exports/columns.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import type { ExportRecord } from '@guankou/db/queries/exports/exports.ts'
import type { PersonKey } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import type { ServerContext } from '#src/context.ts'
import type { RowMaker } from '#src/use-cases/exports/row-maker.ts'

/** What lists are made with. */
export type ExportContext = Pick<ServerContext, 'db' | 'now' | 'log' | 'reference' | 'identity'>

/** Days of one jurisdiction, and the instants between which they lie. */
export type ExportWindow = {
  readonly jurisdiction: number
  readonly fromDay: string
  readonly toDay: string
  readonly from: Date
  readonly until: Date
}

export type ExportFilters = {
  readonly postIds: readonly number[]
  readonly dispositions: readonly string[]
  readonly listIds: readonly string[]
}

/** A row of a list before it is made. */
export type ExportItem = {
  readonly key: PersonKey
  /** With the jurisdiction of the key it names the data key that seals the row. */
  readonly day: string
  /** Each harmless in a spreadsheet. @throws DayKeyDestroyedError */
  readonly cells: (maker: RowMaker) => Promise<readonly string[]>
}

export type ReadingOfList = {
  readonly context: ExportContext
  readonly record: ExportRecord
  readonly filters: ExportFilters
  /** One day. */
  readonly window: ExportWindow
  /** Reading goes on after this row. */
  readonly after: { readonly at: Date; readonly screeningId: string; readonly seat: number } | null
  readonly most: number
}

/** Writes what was sealed before the transaction was open. */
type Write = (transaction: AreaTransaction) => Promise<void>

/** What a list can be of: where its rows come from, and where those who are in it see that they were. */
export type SubjectOfExport = {
  readonly count: (
    transaction: AreaTransaction,
    window: ExportWindow,
    filters: ExportFilters,
  ) => Promise<number>
  readonly read: (transaction: AreaTransaction, reading: ReadingOfList) => Promise<readonly ExportItem[]>
  readonly seen: (
    context: ExportContext,
    record: ExportRecord,
    items: readonly ExportItem[],
  ) => Promise<Write>
}

export const subjectOf = ({ subject }: ExportRecord): ExportSubject => subject as ExportSubject
