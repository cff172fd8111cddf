import { createHash } from 'node:crypto'
import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { inspectWorklist, startWorklist, WorklistColumn } from '@guankou/contract/worklists/endpoints.ts'
import {
  dateFields,
  fieldsOfKind,
  missingFields,
  previewedRows,
  type WorklistField,
  type WorklistKind,
} from '@guankou/contract/worklists/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import {
  findMapping,
  readImportsOf,
  rememberMapping,
  updateImport,
} from '@guankou/db/queries/worklists/imports.ts'
import { coverExample } from '@guankou/domain/worklists/cover-example.ts'
import { findHeader, guessColumns, ordersIn, signatureText } from '@guankou/domain/worklists/guess-columns.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { columnOfText, columnText, rowColumn, rowHeading } from '#src/use-cases/worklists/columns-text.ts'
import {
  type FoundImport,
  findFile,
  findFileOf,
  localDay,
  type WorklistContext,
} from '#src/use-cases/worklists/list-scope.ts'
import { OldFileError, openTable, type Table } from '#src/use-cases/worklists/read-table.ts'
import { SwollenFileError, UnreadableFileError } from '#src/use-cases/worklists/read-zip.ts'
import { readFile } from '#src/use-cases/worklists/receive-file.ts'

const shownExamples = 3

/** The refusal that stands for a file that cannot be read; anything else is thrown. */
export const unlessUnreadable = async <T>(work: Promise<T>): Promise<Result<T>> => {
  try {
    return done(await work)
  } catch (error) {
    if (error instanceof OldFileError) return refused('WORKLIST_FILE_OLD')
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
}

/** The first rows of a file, and where its headings stand. */
export const readHead = async (
  context: WorklistContext,
  area: number,
  { file, list }: FoundImport,
): Promise<Result<Head>> => {
  const bytes = await readFile(context, area, file, list.day)
  return unlessUnreadable(
    (async () => {
      const table = await openTable(bytes)
      const first: { row: number; cells: readonly string[] }[] = []
      for await (const { row, cells } of table.rows) {
        first.push({ row, cells })
        if (first.length >= previewedRows) break
      }
      const at = findHeader(
        first.map(({ cells }) => cells),
        list.kind as WorklistKind,
      )
      const header = at === undefined ? undefined : first[at]
      return {
        table,
        headerRow: header?.row ?? null,
        headers: header?.cells.map((cell) => cell.trim()),
        rows: first
          .slice(at === undefined ? 0 : at + 1)
          .map(({ cells }) => cells)
          .filter((cells) => cells.some((cell) => cell.trim() !== '')),
      }
    })(),
  )
}

const signatureOf = (headers: readonly string[] | undefined): Buffer | undefined => {
  const text = signatureText(headers)
  return text === undefined ? undefined : createHash('sha256').update(text).digest()
}

/** What columns said before: in the first file of the list that is mended, or in one with the same headings. */
const rememberedColumns = (
  context: ServerContext,
  actor: Actor,
  { file }: FoundImport,
  headers: readonly string[] | undefined,
): Promise<readonly string[] | undefined> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    if (file.mends) {
      const files = await readImportsOf(transaction, [file.list_id])
      const columns = files.find(({ mends, state }) => !mends && state === 'done')?.columns
      if (columns !== undefined && columns !== null) return columns
    }
    const signature = signatureOf(headers)
    return signature && findMapping(transaction, file.jurisdiction, signature)
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
      const values = head.rows.map((cells) => (cells[at] ?? '').trim()).filter((value) => value !== '')
      const before = remembered?.[at] === undefined ? undefined : columnOfText(remembered[at])
      // The same headings may have stood over a list of another kind.
      const known = before?.field === null || isFieldOf(kind, before?.field) ? before : undefined
      const field = known === undefined ? guessed.field : known.field
      const isDate = dateFields.some((each) => each === field)
      return {
        header: head.headers?.[at] ?? '',
        examples: [...new Set(values)].slice(0, shownExamples).map((value) => coverExample(field, value)),
        guess: field,
        because: known === undefined ? guessed.because : 'remembered',
        orders: isDate ? [...ordersIn(values, today)] : [],
        order: known?.order ?? null,
      }
    })
    .filter(({ header }) => header !== rowHeading && !header.startsWith('退回原因'))

/** Shows what the columns of a file seem to say. */
export const inspect = async (
  context: ServerContext,
  actor: Actor,
  { importId }: BodyOf<typeof inspectWorklist>,
): Promise<Result<OutputOf<typeof inspectWorklist>>> => {
  const found = await findFileOf(context, actor, importId)
  if (found === undefined || found.file.state !== 'received') return refused('UNKNOWN_WORKLIST')
  const head = await readHead(context, actor.areaCode, found)
  if (!head.ok) return head
  const { table, headerRow, headers } = head.value
  const remembered = await rememberedColumns(context, actor, found, headers)
  const today = localDay(context, found.list.jurisdiction, context.now())
  const { format, encoding, separator } = table
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
  return done({ format, encoding, separator, headerRow, columns })
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
  { importId, columns }: Start,
): Promise<Result<OutputOf<typeof startWorklist>>> => {
  const found = await findFileOf(context, actor, importId)
  if (found === undefined || found.file.state !== 'received') return refused('UNKNOWN_WORKLIST')
  const checked = checkColumns(found.list.kind as WorklistKind, columns)
  if (!checked.ok) return checked
  const head = await readHead(context, actor.areaCode, found)
  if (!head.ok) return head
  const { headerRow, headers } = head.value
  const texts = columns.map(columnText)
  const rowAt = found.file.mends ? (headers?.indexOf(rowHeading) ?? -1) : -1
  if (found.file.mends && rowAt < 0) return refused('WORKLIST_COLUMNS_MISSING', '/columns')
  const kept = rowAt < 0 ? texts : Object.assign([...texts], { [rowAt]: rowColumn })
  const nowMs = context.now()
  const signature = signatureOf(headers)
  return inArea(context.db, actor.areaCode, async (transaction) => {
    const again = await findFile(transaction, importId, true)
    if (again?.file.state !== 'received') return refused('UNKNOWN_WORKLIST')
    const { file, list } = again
    const stored = Array.from(kept, (text) => text ?? '-')
    await updateImport(transaction, file, { state: 'reading', columns: stored, header_row: headerRow })
    if (signature !== undefined && !file.mends)
      await rememberMapping(transaction, {
        jurisdiction: list.jurisdiction,
        signature,
        columns: texts,
        changed_at: new Date(nowMs),
        changed_by: actor.accountId,
      })
    const act = { action: 'worklists.start', subject: list.id, outcome: 'done', detail: stored.join(' ') }
    await auditIdentity(transaction, actor, act, nowMs)
    return done({ started: true })
  })
}
