import type { ErrorCode } from '@guankou/contract/errors.ts'
import { mostRowsOfList, type WorklistKind } from '@guankou/contract/worklists/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { type StoredImport, updateImport } from '@guankou/db/queries/worklists/imports.ts'
import {
  insertRows,
  markMended,
  type NewReject,
  type NewRow,
  readListDays,
  readOpenRejects,
} from '@guankou/db/queries/worklists/rows.ts'
import { type RowContext, type RowReading, readRow } from '@guankou/domain/worklists/read-row.ts'
import type { DigestsOf } from '#src/identity/identity-sealer.ts'
import { columnOfText, rowColumn } from '#src/use-cases/worklists/columns-text.ts'
import { unlessUnreadable } from '#src/use-cases/worklists/inspect-file.ts'
import { type Candidate, candidateOf, linkRows, type SameAs } from '#src/use-cases/worklists/link-rows.ts'
import {
  type FoundImport,
  findFile,
  keyOf,
  localDay,
  rejectPlace,
  rowPlace,
  type WorklistContext,
} from '#src/use-cases/worklists/list-scope.ts'
import { openTable, type TableRow } from '#src/use-cases/worklists/read-table.ts'
import { readFile } from '#src/use-cases/worklists/receive-file.ts'

/** Rows of one commit: what a stop costs. */
const rowsAtOnce = 1_000
/** Lists of so many days are compared with a new one. */
const comparedDays = 21
const msPerDay = 86_400_000

type ReadRow = { readonly row: number; readonly cells: readonly string[]; readonly reading: RowReading }

type Work = {
  readonly context: WorklistContext
  readonly found: FoundImport
  readonly rowContext: RowContext
  /** Column of a mended file that says which row is put right; −1 in a first file. */
  readonly rowAt: number
  readonly digestsOf: DigestsOf
}

const workOf = async (
  context: WorklistContext,
  found: FoundImport,
  countsFrom1904: boolean,
): Promise<Work> => {
  const { list, file } = found
  const texts = file.columns ?? []
  const since = new Date(context.now() - comparedDays * msPerDay)
  const days = await inArea(context.db, list.jurisdiction, (transaction) =>
    readListDays(transaction, list.jurisdiction, since),
  )
  const owners = [list.day, ...days.filter((day) => day !== list.day)].map((day) => ({
    jurisdiction: list.jurisdiction,
    day,
  }))
  return {
    context,
    found,
    rowAt: texts.indexOf(rowColumn),
    rowContext: {
      kind: list.kind as WorklistKind,
      columns: texts.map(columnOfText),
      today: localDay(context, list.jurisdiction, context.now()),
      countsFrom1904,
    },
    digestsOf: await context.identity.sealer.digestsOfDays(owners),
  }
}

const readOne = ({ rowContext, rowAt }: Work, { row, cells }: TableRow): ReadRow => {
  const reading = readRow(cells, rowContext)
  if (rowAt < 0) return { row, cells, reading }
  const mended = Number((cells[rowAt] ?? '').trim())
  return {
    row: Number.isSafeInteger(mended) && mended > 0 ? mended : 0,
    cells: cells.slice(0, rowAt),
    reading,
  }
}

const sealRow = async (
  { context, found }: Work,
  { row, reading }: ReadRow,
  digests: Pick<NewRow, 'phone' | 'document' | 'plate'>,
  sameAs: SameAs | null,
): Promise<NewRow[]> => {
  if (reading.is !== 'row') return []
  const { list, file } = found
  const text = JSON.stringify(reading.content)
  const sealed = await context.identity.sealer.sealText(list, rowPlace(list.id, row), text)
  return [{ ...keyOf(list), row, importId: file.id, sealed, ...digests, sameAs }]
}

const sealReject = async (
  { context, found }: Work,
  { row, cells, reading }: ReadRow,
): Promise<NewReject[]> => {
  if (reading.is !== 'rejected') return []
  const { list, file } = found
  const { problems } = reading
  const text = JSON.stringify({ cells, offers: problems.map(({ offers }) => offers) })
  const sealed = await context.identity.sealer.sealText(list, rejectPlace(list.id, row), text)
  const reasons = problems.map(({ field, why }) => `${field}:${why}`).join(',')
  return [{ ...keyOf(list), row, importId: file.id, reasons, sealed }]
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

const sealBatch = async (
  work: Work,
  asked: readonly ReadRow[],
  candidates: readonly Candidate[],
  links: ReadonlyMap<number, SameAs>,
): Promise<{ readonly rows: readonly NewRow[]; readonly rejects: readonly NewReject[] }> => {
  const byRow = new Map(candidates.map((each) => [each.row, each]))
  const rows: NewRow[] = []
  const rejects: NewReject[] = []
  for (const each of asked) {
    const own = byRow.get(each.row)
    const digests = {
      phone: own?.phones[0] ?? null,
      document: own?.documents[0] ?? null,
      plate: own?.plates[0] ?? null,
    }
    rows.push(...(await sealRow(work, each, digests, links.get(each.row) ?? null)))
    rejects.push(...(await sealReject(work, each)))
  }
  return { rows, rejects }
}

/** Writes one batch and moves the cursor, in one commit. @returns false where somebody else reads the file, or it was undone */
const writeBatch = (
  work: Work,
  before: StoredImport,
  batch: readonly ReadRow[],
  cursor: { readonly row: number; readonly share: number },
): Promise<StoredImport | undefined> => {
  const { context, found, digestsOf } = work
  const { list } = found
  return inArea(context.db, list.jurisdiction, async (transaction) => {
    const now = await findFile(transaction, before.id, true)
    if (now?.file.state !== 'reading' || now.file.cursor_row !== before.cursor_row) return undefined
    const full = batch.filter(({ reading }) => reading.is !== 'empty')
    const asked = await onlyAsked(transaction, work, full)
    const candidates = asked.flatMap(({ row, reading }) =>
      reading.is === 'row' ? [candidateOf(row, reading.content, digestsOf)] : [],
    )
    const links = await linkRows(transaction, list.jurisdiction, list.id, candidates)
    const { rows, rejects } = await sealBatch(work, asked, candidates, links)
    await insertRows(transaction, rows, rejects)
    if (work.rowAt >= 0)
      await markMended(
        transaction,
        keyOf(list),
        rows.map(({ row }) => row),
        new Date(context.now()),
      )
    const change = {
      cursor_row: cursor.row,
      progress: Math.max(before.progress, Math.min(0.999, cursor.share)),
      rows_read: before.rows_read + full.length,
      taken: before.taken + rows.length,
      rejected: before.rejected + rejects.length,
      linked: before.linked + links.size,
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
      const table = await openTable(await readFile(context, list.jurisdiction, file, list.day))
      return readAll(await workOf(context, found, table.countsFrom1904), table.rows, isStopped)
    })(),
  )
  if (!read.ok) return read.refusal.code
  return read.value === 'full' ? 'WORKLIST_FILE_SWOLLEN' : read.value
}
