import { createHash } from 'node:crypto'
import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { inspectWorklist, startWorklist, WorklistColumn } from '@guankou/contract/worklists/endpoints.ts'
import {
  type BroughtKind,
  fieldsOfKind,
  missingFields,
  mostColumns,
  previewedRows,
  type WorklistField,
  type WorklistKind,
} from '@guankou/contract/worklists/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import {
  findMapping,
  isFileKnown,
  readImportsOf,
  rememberMapping,
  updateImport,
} from '@guankou/db/queries/worklists/imports.ts'
import { coverExample } from '@guankou/domain/worklists/cover-example.ts'
import { findHeadings, guessColumns, signatureText } from '@guankou/domain/worklists/guess-columns.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import {
  columnOfText,
  columnText,
  isOurHeading,
  reasonColumn,
  rowColumn,
  rowHeading,
} from '#src/use-cases/worklists/columns-text.ts'
import {
  type FoundImport,
  findFile,
  findFileOf,
  localDay,
  type WorklistContext,
} from '#src/use-cases/worklists/list-scope.ts'
import { LockedFileError, OldFileError, openTable, type Table } from '#src/use-cases/worklists/read-table.ts'
import { SwollenFileError, UnreadableFileError } from '#src/use-cases/worklists/read-zip.ts'
import { readFile } from '#src/use-cases/worklists/receive-file.ts'

const shownExamples = 3

/** The refusal that stands for a file that cannot be read; anything else is thrown. */
export const unlessUnreadable = async <T>(work: Promise<T>): Promise<Result<T>> => {
  try {
    return done(await work)
  } catch (error) {
    if (error instanceof OldFileError) return refused('WORKLIST_FILE_OLD')
    if (error instanceof LockedFileError) return refused('WORKLIST_FILE_LOCKED')
    if (error instanceof SwollenFileError) return refused('WORKLIST_FILE_SWOLLEN')
    if (error instanceof UnreadableFileError) return refused('WORKLIST_FILE_UNREADABLE')
    throw error
  }
}

type Head = {
  readonly table: Table
  /** Row of the headings as a spreadsheet counts it; null where none was recognised. */
  readonly headerRow: number | null
  readonly headers: readonly string[] | undefined
  readonly rows: readonly (readonly string[])[]
  /** Columns with something in them beyond those that can be used. */
  readonly columnsLeftOut: number
}

const lastFilled = (cells: readonly string[]): number =>
  cells.findLastIndex((cell) => (cell ?? '').trim() !== '')

/** Rows of a mended file stand under the heading that we wrote, whether or not the first file had any. */
const headingsOf = (rows: readonly (readonly string[])[], { file, list }: FoundImport) => {
  const own = file.mends ? rows.findIndex((cells) => cells.some((cell) => cell.trim() === rowHeading)) : -1
  if (own < 0) return findHeadings(rows, list.kind as WorklistKind)
  return { last: own, headers: (rows[own] ?? []).map((cell) => cell.trim()) }
}

const headOf = async (table: Table, found: FoundImport): Promise<Head> => {
  const first: { row: number; cells: readonly string[] }[] = []
  for await (const { row, cells } of table.rows) {
    // Places that no cell was told for are no texts yet.
    first.push({ row, cells: Array.from(cells, (cell) => cell ?? '') })
    if (first.length >= previewedRows) break
  }
  const headings = headingsOf(
    first.map(({ cells }) => cells),
    found,
  )
  const below = first.slice(headings === undefined ? 0 : headings.last + 1).map(({ cells }) => cells)
  const width = mostColumns + (found.file.mends ? 2 : 0)
  const widest = Math.max(0, ...first.map(({ cells }) => lastFilled(cells) + 1))
  return {
    table,
    headerRow: headings === undefined ? null : (first[headings.last]?.row ?? null),
    headers: headings?.headers.slice(0, width),
    rows: below.map((cells) => cells.slice(0, width)).filter((cells) => lastFilled(cells) >= 0),
    columnsLeftOut: Math.max(0, widest - width),
  }
}

/**
 * The first rows of a file, and where its headings stand. Where no sheet was chosen and the first one has no headings, as one
 * that explains the form, the first that has some is read.
 */
export const readHead = async (
  context: WorklistContext,
  area: number,
  found: FoundImport,
  sheet: string | undefined = found.file.sheet ?? undefined,
): Promise<Result<Head>> => {
  const bytes = await readFile(context, area, found.file, found.list.day)
  return unlessUnreadable(
    (async () => {
      const head = await headOf(await openTable(bytes, sheet), found)
      if (sheet !== undefined || head.headerRow !== null) return head
      for (const other of head.table.otherSheets) {
        const next = await headOf(await openTable(bytes, other), found)
        if (next.headerRow !== null) return next
      }
      return head
    })(),
  )
}

const signatureOf = (headers: readonly string[] | undefined): Buffer | undefined => {
  const text = signatureText(headers)
  return text === undefined ? undefined : createHash('sha256').update(text).digest()
}

/**
 * What columns said before, in a file with the same headings. Of a mended one these are the headings of its first file, and
 * where that had none the columns stand as they stood there.
 */
const rememberedColumns = (
  context: ServerContext,
  actor: Actor,
  { file }: FoundImport,
  headers: readonly string[] | undefined,
): Promise<readonly string[] | undefined> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const signature = signatureOf(headers?.filter((header) => !isOurHeading(header)))
    if (signature !== undefined) return findMapping(transaction, file.jurisdiction, signature)
    const files = file.mends ? await readImportsOf(transaction, [file.list_id]) : []
    return files.find(({ mends, columns }) => !mends && columns !== null)?.columns ?? undefined
  })

const isFieldOf = (kind: WorklistKind, field: WorklistField | undefined): boolean =>
  field !== undefined && fieldsOfKind(kind).includes(field)

const viewColumns = (
  head: Head,
  remembered: readonly string[] | undefined,
  { today, kind }: { readonly today: string; readonly kind: WorklistKind },
): WorklistColumn[] =>
  guessColumns(head.headers, head.rows, today, kind)
    .map((guessed, at): WorklistColumn => {
      const { orders } = guessed
      const values = head.rows.map((cells) => (cells[at] ?? '').trim()).filter((value) => value !== '')
      const ours = head.headers?.slice(0, at).filter(isOurHeading).length ?? 0
      const text = remembered?.[at - ours]
      const before = text === undefined ? undefined : columnOfText(text)
      // The same headings may have stood over a list of another kind.
      const known = before?.field === null || isFieldOf(kind, before?.field) ? before : undefined
      const field = known === undefined ? guessed.field : known.field
      const order = known?.order ?? null
      return {
        header: head.headers?.[at] ?? '',
        examples: [...new Set(values)].slice(0, shownExamples).map((value) => coverExample(field, value)),
        guess: field,
        because: known === undefined ? guessed.because : 'remembered',
        orders: [...orders],
        // Dates of this file may rule out what held for the last one.
        order: order !== null && orders.length > 0 && !orders.includes(order) ? null : order,
      }
    })
    .filter(({ header }) => !isOurHeading(header))

/** Shows what the columns of a file seem to say. */
export const inspect = async (
  context: ServerContext,
  actor: Actor,
  { importId, sheet: wanted }: BodyOf<typeof inspectWorklist>,
): Promise<Result<OutputOf<typeof inspectWorklist>>> => {
  const found = await findFileOf(context, actor, importId)
  if (found === undefined || found.file.state !== 'received') return refused('UNKNOWN_WORKLIST')
  const head = await readHead(context, actor.areaCode, found, wanted)
  if (!head.ok) return head
  const { table, headerRow, headers, columnsLeftOut } = head.value
  if (head.value.rows.length === 0 && table.otherSheets.length === 0) return refused('WORKLIST_NO_ROWS')
  const remembered = await rememberedColumns(context, actor, found, headers)
  const today = localDay(context, found.list.jurisdiction, context.now())
  const { format, encoding, separator, sheet, otherSheets } = table
  await inArea(context.db, actor.areaCode, (transaction) =>
    auditIdentity(
      transaction,
      actor,
      {
        action: 'worklists.inspect',
        subject: found.list.id,
        outcome: 'done',
        detail: `${format}, ${encoding}`,
      },
      context.now(),
    ),
  )
  const columns = viewColumns(head.value, remembered, { today, kind: found.list.kind as WorklistKind })
  return done({
    kind: found.list.kind as BroughtKind,
    format,
    encoding,
    separator,
    sheet,
    otherSheets: [...otherSheets],
    headerRow,
    columnsLeftOut,
    columns,
  })
}

/** Columns as they were confirmed, with ours where they stand in the file; they mean something in a mended one alone. */
const withOurs = (texts: readonly string[], headers: readonly string[], mends: boolean): string[] => {
  const rest = [...texts]
  const own = headers.map((header) => {
    if (!isOurHeading(header)) return rest.shift() ?? '-'
    if (!mends) return '-'
    return header === rowHeading ? rowColumn : reasonColumn
  })
  return [...own, ...rest]
}

type Start = BodyOf<typeof startWorklist>

const checkColumns = (kind: WorklistKind, columns: Start['columns']): Result<null> => {
  const fields = columns.flatMap(({ field }) => (field === null ? [] : [field]))
  if (new Set(fields).size !== fields.length) return refused('WORKLIST_COLUMN_TWICE', '/columns')
  if (fields.some((field) => !isFieldOf(kind, field))) return refused('INVALID_INPUT', '/columns')
  return missingFields(kind, fields).length === 0
    ? done(null)
    : refused('WORKLIST_COLUMNS_MISSING', '/columns')
}

/** Confirms the columns; rows are taken in beside the requests from here on. */
export const start = async (
  context: ServerContext,
  actor: Actor,
  { importId, columns, sheet: wanted }: Start,
): Promise<Result<OutputOf<typeof startWorklist>>> => {
  const found = await findFileOf(context, actor, importId)
  if (found === undefined || found.file.state !== 'received') return refused('UNKNOWN_WORKLIST')
  const checked = checkColumns(found.list.kind as WorklistKind, columns)
  if (!checked.ok) return checked
  const head = await readHead(context, actor.areaCode, found, wanted)
  if (!head.ok) return head
  const { headerRow, headers, table } = head.value
  if (wanted !== undefined && table.sheet !== wanted) return refused('INVALID_INPUT', '/sheet')
  const texts = columns.map(columnText)
  if (found.file.mends && headers?.includes(rowHeading) !== true) return refused('WORKLIST_ROW_COLUMN_GONE')
  const sheet = table.otherSheets.length > 0 ? table.sheet : null
  const nowMs = context.now()
  const signature = signatureOf(headers)
  return inArea(context.db, actor.areaCode, async (transaction) => {
    const again = await findFile(transaction, importId, true)
    if (again?.file.state !== 'received') return refused('UNKNOWN_WORKLIST')
    const { file, list } = again
    if (await isFileKnown(transaction, list.jurisdiction, file.sha256, sheet))
      return refused('WORKLIST_FILE_KNOWN')
    const stored = withOurs(texts, headers ?? [], file.mends)
    const change = { state: 'reading', columns: stored, header_row: headerRow, sheet }
    await updateImport(transaction, file, change)
    if (signature !== undefined && !file.mends)
      await rememberMapping(transaction, {
        jurisdiction: list.jurisdiction,
        signature,
        columns: [...texts],
        changed_at: new Date(nowMs),
        changed_by: actor.accountId,
      })
    const act = { action: 'worklists.start', subject: list.id, outcome: 'done', detail: stored.join(' ') }
    await auditIdentity(transaction, actor, act, nowMs)
    return done({ started: true })
  })
}
