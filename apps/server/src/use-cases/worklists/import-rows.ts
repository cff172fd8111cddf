import type { ErrorCode } from '@guankou/contract/errors.ts'
import { mostRowsOfList, type WorklistKind } from '@guankou/contract/worklists/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { type StoredImport, updateImport } from '@guankou/db/queries/worklists/imports.ts'
import { markMended, readListDays, readOpenRejects } from '@guankou/db/queries/worklists/rows.ts'
import { readRow } from '@guankou/domain/worklists/read-row.ts'
import type { DigestsOf } from '#src/identity/identity-sealer.ts'
import { columnOfText, reasonColumn, rowColumn } from '#src/use-cases/worklists/columns-text.ts'
import { unlessUnreadable } from '#src/use-cases/worklists/inspect-file.ts'
import {
  type FoundImport,
  findFile,
  keyOf,
  localDay,
  type WorklistContext,
} from '#src/use-cases/worklists/list-scope.ts'
import { openTable, type TableRow } from '#src/use-cases/worklists/read-table.ts'
import { readFile } from '#src/use-cases/worklists/receive-file.ts'
import { registerOf, takeRegistered } from '#src/use-cases/worklists/register-rows.ts'
import { type ReadRow, takeListed, type Work } from '#src/use-cases/worklists/take-rows.ts'

/** Rows of one commit: what a stop costs. */
const rowsAtOnce = 1_000
/** Lists of so many days are compared with a new one. */
const comparedDays = 21
const msPerDay = 86_400_000

/** Digests under which rows of the latest lists stand. */
const digestsOfLists = async (context: WorklistContext, { list }: FoundImport): Promise<DigestsOf> => {
  const since = new Date(context.now() - comparedDays * msPerDay)
  const days = await inArea(context.db, list.jurisdiction, (transaction) =>
    readListDays(transaction, list.jurisdiction, since),
  )
  const owners = [list.day, ...days.filter((day) => day !== list.day)].map((day) => ({
    jurisdiction: list.jurisdiction,
    day,
  }))
  return context.identity.sealer.digestsOfDays(owners)
}

const workOf = async (
  context: WorklistContext,
  found: FoundImport,
  countsFrom1904: boolean,
): Promise<Work> => {
  const { list, file } = found
  const texts = file.columns ?? []
  const isRegister = list.kind === 'household-register'
  const register = isRegister ? await registerOf(context, found) : undefined
  const digestsOf = register?.digestsOf ?? (await digestsOfLists(context, found))
  return {
    context,
    found,
    register,
    rowAt: texts.indexOf(rowColumn),
    reasonAt: texts.indexOf(reasonColumn),
    rowContext: {
      kind: list.kind as WorklistKind,
      columns: texts.map(columnOfText),
      today: localDay(context, list.jurisdiction, context.now()),
      countsFrom1904,
    },
    digestsOf,
  }
}

const readOne = ({ rowContext, rowAt, reasonAt }: Work, { row, cells: all }: TableRow): ReadRow => {
  const cells = Array.from(all.slice(0, rowContext.columns.length), (cell) => cell ?? '')
  const reading = readRow(cells, rowContext)
  if (rowAt < 0) return { row, cells, reading }
  const mended = Number((cells[rowAt] ?? '').trim())
  return {
    row: Number.isSafeInteger(mended) && mended > 0 ? mended : 0,
    cells: cells.filter((_, at) => at !== rowAt && at !== reasonAt),
    reading,
  }
}

/** Of a mended file only what is still to be put right, each row once. */
const onlyAsked = async (
  transaction: AreaTransaction,
  { found, rowAt }: Work,
  rows: readonly ReadRow[],
): Promise<readonly ReadRow[]> => {
  if (rowAt < 0) return rows
  const open = await readOpenRejects(
    transaction,
    keyOf(found.list),
    rows.map(({ row }) => row),
  )
  const seen = new Set<number>()
  return rows.filter(({ row }) => open.has(row) && !seen.has(row) && seen.add(row) !== undefined)
}

/** Writes one batch and moves the cursor, in one commit. @returns false where somebody else reads the file, or it was undone */
const writeBatch = (
  work: Work,
  before: StoredImport,
  batch: readonly ReadRow[],
  cursor: { readonly row: number; readonly share: number },
): Promise<StoredImport | undefined> => {
  const { context, found } = work
  const { list } = found
  return inArea(context.db, list.jurisdiction, async (transaction) => {
    const now = await findFile(transaction, before.id, true)
    if (now?.file.state !== 'reading' || now.file.cursor_row !== before.cursor_row) return undefined
    const full = batch.filter(({ reading }) => reading.is !== 'empty')
    const asked = await onlyAsked(transaction, work, full)
    const counts =
      work.register === undefined
        ? await takeListed(transaction, work, asked)
        : await takeRegistered(transaction, { ...work, register: work.register }, asked)
    if (work.rowAt >= 0)
      await markMended(transaction, keyOf(list), counts.settledRows, new Date(context.now()))
    const change = {
      cursor_row: cursor.row,
      progress: Math.max(before.progress, Math.min(0.999, cursor.share)),
      rows_read: before.rows_read + full.length,
      taken: before.taken + counts.taken,
      rejected: before.rejected + counts.rejected,
      linked: before.linked + counts.linked,
      households: before.households + counts.households,
      passed_over: before.passed_over + full.length - asked.length,
    }
    await updateImport(transaction, before, change)
    return { ...before, ...change }
  })
}

const readAll = async (
  work: Work,
  rows: AsyncIterable<TableRow>,
  isStopped: () => boolean,
): Promise<'done' | 'stopped' | 'full'> => {
  let file = work.found.file
  let batch: ReadRow[] = []
  let last = { row: 0, share: 0 }
  const write = async (): Promise<boolean> => {
    const written = batch.length === 0 ? file : await writeBatch(work, file, batch, last)
    batch = []
    if (written !== undefined) file = written
    return written !== undefined
  }
  for await (const read of rows) {
    if (read.row <= Math.max(file.header_row ?? 0, file.cursor_row)) continue
    batch.push(readOne(work, read))
    last = { row: read.row, share: read.share }
    if (batch.length < rowsAtOnce) continue
    if (isStopped() || !(await write())) return 'stopped'
    if (file.rows_read > mostRowsOfList) return 'full'
  }
  return !isStopped() && (await write()) ? 'done' : 'stopped'
}

/** How the reading of a file ended: to its last row, before a stop, or at what is wrong with it. */
export type ReadingEnd = 'done' | 'stopped' | ErrorCode

/** Takes the rows of a file in, from where it was left; returns early where it is told to stop. */
export const importRows = async (
  context: WorklistContext,
  found: FoundImport,
  isStopped: () => boolean,
): Promise<ReadingEnd> => {
  const { file, list } = found
  const read = await unlessUnreadable(
    (async () => {
      const table = await openTable(
        await readFile(context, list.jurisdiction, file, list.day),
        file.sheet ?? undefined,
      )
      return readAll(await workOf(context, found, table.countsFrom1904), table.rows, isStopped)
    })(),
  )
  if (!read.ok) return read.refusal.code
  return read.value === 'full' ? 'WORKLIST_TOO_LONG' : read.value
}
