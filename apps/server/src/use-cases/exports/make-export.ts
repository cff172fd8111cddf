import type { ExportColumn, ExportPurpose } from '@guankou/contract/exports/columns.ts'
import { exportRuleOf } from '@guankou/contract/exports/rules.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  deleteExportChunks,
  type ExportChunk,
  type ExportedRow,
  insertExportChunk,
  insertExportedRows,
} from '@guankou/db/queries/exports/chunks.ts'
import { type ExportRecord, findExport, updateExport } from '@guankou/db/queries/exports/exports.ts'
import { canonicalRow } from '@guankou/domain/exports/trace-text.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import type { DataKeyOwner } from '#src/identity/day-key-store.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import { type ExportContext, type ExportItem, subjectOf } from '#src/use-cases/exports/export-subject.ts'
import { type RowMaker, refOfRow } from '#src/use-cases/exports/row-maker.ts'
import { openRefKey } from '#src/use-cases/exports/stated.ts'
import { subjects } from '#src/use-cases/exports/subjects.ts'
import type { Language } from '#src/use-cases/exports/words.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { jurisdictionsOf } from '#src/use-cases/identity/look-up-person.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

/** People opened at a time: what is in memory, and what a stop costs. */
const rowsPerChunk = 500
const msPerDay = 86_400_000

/** Kind of the digest by which a row is known again as a whole. */
export const rowDigestKind = 'exported-row'
/** Where a chunk belongs. */
export const chunkPlace = (exportId: string, position: number): string =>
  `export-chunk|${exportId}|${position}`

type Stretch = { readonly jurisdiction: number; readonly day: string }

/** The stretch after one, day by day and within a day by jurisdiction; undefined after the last. */
const nextStretch = (
  record: ExportRecord,
  jurisdictions: readonly number[],
  before: Stretch | null,
): Stretch | undefined => {
  const [first] = jurisdictions
  if (first === undefined) return undefined
  if (before === null) return { day: record.from_day, jurisdiction: first }
  const next = jurisdictions[jurisdictions.indexOf(before.jurisdiction) + 1]
  if (next !== undefined) return { day: before.day, jurisdiction: next }
  return before.day < record.to_day ? { day: addDays(before.day, 1), jurisdiction: first } : undefined
}

type Batch = { readonly stretch: Stretch; readonly items: readonly ExportItem[] }

/** Rows of one day after the cursor. */
const readStretch = (
  context: ExportContext,
  record: ExportRecord,
  { jurisdiction, day }: Stretch,
  after: { readonly at: Date; readonly screeningId: string; readonly seat: number } | null,
): Promise<readonly ExportItem[]> => {
  const timeZone = context.reference.current().jurisdiction(jurisdiction)?.timeZone ?? 'UTC'
  const window = { jurisdiction, fromDay: day, toDay: day, ...instantsOfDay(timeZone, day) }
  const filters = {
    postIds: record.post_ids.map(Number),
    dispositions: record.dispositions,
    listIds: record.list_ids,
  }
  return inArea(context.db, record.jurisdiction, (transaction) =>
    subjects[subjectOf(record)].read(transaction, {
      context,
      record,
      filters,
      window,
      after,
      most: rowsPerChunk,
    }),
  )
}

/** The next rows of a list after its cursor; undefined where there are none left. */
const readBatch = async (context: ExportContext, record: ExportRecord): Promise<Batch | undefined> => {
  const jurisdictions = [...jurisdictionsOf(context, record.jurisdiction)].sort((a, b) => a - b)
  let stretch: Stretch | undefined =
    record.cursor_day === null || record.cursor_jurisdiction === null
      ? nextStretch(record, jurisdictions, null)
      : { day: record.cursor_day, jurisdiction: record.cursor_jurisdiction }
  let after =
    record.cursor_at === null || record.cursor_screening === null || record.cursor_seat === null
      ? null
      : { at: record.cursor_at, screeningId: record.cursor_screening, seat: record.cursor_seat }
  while (stretch !== undefined) {
    const items = await readStretch(context, record, stretch, after)
    if (items.length > 0) return { stretch, items }
    stretch = nextStretch(record, jurisdictions, stretch)
    after = null
  }
  return undefined
}

type Made = {
  readonly chunk: ExportChunk
  readonly rows: readonly ExportedRow[]
  readonly items: readonly ExportItem[]
}

type Making = { readonly context: ExportContext; readonly record: ExportRecord }

const rowOf = async (
  maker: RowMaker,
  record: ExportRecord,
  { key, day, cells: make }: ExportItem,
): Promise<{ readonly traced: ExportedRow; readonly line: readonly string[] }> => {
  const cells = await make(maker)
  const ref = refOfRow(maker, key)
  const owner = { jurisdiction: key.jurisdiction, day }
  const contentDigest = await maker.sealer.digestText(owner, rowDigestKind, canonicalRow(cells))
  return {
    traced: { ...key, exportJurisdiction: record.jurisdiction, exportId: record.id, ref, contentDigest },
    line: [ref, ...cells],
  }
}

/** Rows that one key seals, opened and sealed again; null where that key is destroyed. */
const makeChunk = (
  maker: RowMaker,
  record: ExportRecord,
  { owner, items, position }: { owner: DataKeyOwner; items: readonly ExportItem[]; position: number },
): Promise<Made | null> =>
  unlessDestroyed(
    (async () => {
      const made = []
      for (const item of items) made.push(await rowOf(maker, record, item))
      const text = JSON.stringify(made.map(({ line }) => line))
      const chunk = {
        jurisdiction: record.jurisdiction,
        exportId: record.id,
        position,
        sourceJurisdiction: owner.jurisdiction,
        day: owner.day,
        rowCount: items.length,
        sealed: await maker.sealer.sealText(owner, chunkPlace(record.id, position), text),
      }
      return { chunk, rows: made.map(({ traced }) => traced), items }
    })(),
  )

/** A batch in chunks, one for each key that seals rows of it. Screenings of a day have one; episodes end on different days. */
const makeChunks = async (
  { context, record }: Making,
  { stretch, items }: Batch,
): Promise<readonly Made[]> => {
  const { sealer } = context.identity
  const refKey = await openRefKey(sealer, record)
  if (refKey === null) return []
  const maker: RowMaker = {
    sealer,
    reference: context.reference.current(),
    columns: record.columns as ExportColumn[],
    language: record.language as Language,
    refKey,
  }
  const chunks: Made[] = []
  let position = record.row_count
  for (const [day, ofDay] of Map.groupBy(items, (item) => item.day)) {
    const owner = { jurisdiction: stretch.jurisdiction, day }
    const made = await makeChunk(maker, record, { owner, items: ofDay, position })
    if (made === null) continue
    chunks.push(made)
    position += made.rows.length
  }
  return chunks
}

/** Whether a list is still to be made and stands where this step read it. */
const isUnmoved = (now: ExportRecord | undefined, read: ExportRecord): now is ExportRecord =>
  now?.state === 'approved' &&
  now.cursor_day === read.cursor_day &&
  now.cursor_screening === read.cursor_screening &&
  now.cursor_seat === read.cursor_seat &&
  now.row_count === read.row_count

const byRequester = (record: ExportRecord) => ({
  areaCode: record.jurisdiction,
  accountId: record.requested_by,
  deviceId: null,
})

const finish = async (transaction: AreaTransaction, record: ExportRecord, nowMs: number): Promise<void> => {
  const { validDays } = exportRuleOf(subjectOf(record), record.purpose as ExportPurpose)
  await updateExport(transaction, record, {
    state: 'ready',
    finished_at: new Date(nowMs),
    expires_at: new Date(nowMs + validDays * msPerDay),
  })
  const detail = `${record.purpose}, ${record.row_count} rows, for ${validDays} days`
  const act = { action: 'exports.make', subject: record.id, outcome: 'ready', detail }
  await auditIdentity(transaction, byRequester(record), act, nowMs)
}

/** Chunks, what traces their rows, and what those who are in them see. */
const writeChunks = async (
  transaction: AreaTransaction,
  { context, record }: Making,
  chunks: readonly Made[],
  writeSeen: (transaction: AreaTransaction) => Promise<void>,
): Promise<void> => {
  for (const { chunk, rows } of chunks) {
    await insertExportChunk(transaction, chunk)
    await insertExportedRows(transaction, rows)
  }
  await writeSeen(transaction)
  const detail = `${record.purpose}, ${countRows(chunks)} people shown`
  const act = { action: 'exports.make', subject: record.id, outcome: 'done', detail }
  await auditIdentity(transaction, byRequester(record), act, context.now())
}

const countRows = (chunks: readonly Made[]): number => chunks.reduce((sum, { rows }) => sum + rows.length, 0)

/**
 * Makes the next part of an approved list: rows, what traces them, what the people see, audit and cursor are one commit,
 * so that a stop at any moment loses a part that nobody has seen.
 * @returns whether there is more to make
 */
export const makeNextPart = async (context: ExportContext, exportId: string): Promise<boolean> => {
  const record = await findExport(context.db.query, exportId)
  if (record?.state !== 'approved') return false
  const { mostRows } = exportRuleOf(subjectOf(record), record.purpose as ExportPurpose)
  const room = mostRows - record.row_count
  const batch = room > 0 ? await readBatch(context, record) : undefined
  const items = batch?.items.slice(0, room) ?? []
  const making = { context, record }
  const chunks = batch === undefined ? [] : await makeChunks(making, { ...batch, items })
  const writeSeen = await subjects[subjectOf(record)].seen(
    context,
    record,
    chunks.flatMap((made) => made.items),
  )
  const last = items.at(-1)?.key
  return inArea(context.db, record.jurisdiction, async (transaction) => {
    if (!isUnmoved(await findExport(transaction, exportId, true), record)) return false
    if (batch === undefined || last === undefined) {
      await finish(transaction, record, context.now())
      return false
    }
    if (chunks.length > 0) await writeChunks(transaction, making, chunks, writeSeen)
    await updateExport(transaction, record, {
      row_count: record.row_count + countRows(chunks),
      cursor_jurisdiction: batch.stretch.jurisdiction,
      cursor_day: batch.stretch.day,
      cursor_at: last.occurredAt,
      cursor_screening: last.screeningId,
      cursor_seat: last.seat,
    })
    return true
  })
}

/** Gives a list up that could not be made. */
export const failExport = (context: ExportContext, record: ExportRecord): Promise<void> =>
  inArea(context.db, record.jurisdiction, async (transaction) => {
    if ((await findExport(transaction, record.id, true))?.state !== 'approved') return
    await deleteExportChunks(transaction, { jurisdiction: record.jurisdiction, exportId: record.id })
    await updateExport(transaction, record, { state: 'failed', key_sealed: null })
    const act = { action: 'exports.make', subject: record.id, outcome: 'failed', detail: record.purpose }
    await auditIdentity(transaction, byRequester(record), act, context.now())
  })
