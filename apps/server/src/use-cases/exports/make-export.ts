import { type ExportColumn, type ExportPurpose, exportRules } from '@guankou/contract/exports/columns.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  deleteExportChunks,
  type ExportChunk,
  type ExportedRow,
  insertExportChunk,
  insertExportedRows,
} from '@guankou/db/queries/exports/chunks.ts'
import { type ExportRecord, findExport, updateExport } from '@guankou/db/queries/exports/exports.ts'
import { type ExportSource, readExportSource } from '@guankou/db/queries/exports/source-rows.ts'
import {
  type IdentityAccess,
  insertIdentityAccesses,
} from '@guankou/db/queries/identity-access/insert-accesses.ts'
import {
  type FindingCorrection,
  readFindingCorrections,
} from '@guankou/db/queries/screening/finding-corrections.ts'
import {
  isCorrectionOf,
  readCorrectionsOfAll,
  type StoredCorrection,
} from '@guankou/db/queries/subject-access/corrections.ts'
import { canonicalRow } from '@guankou/domain/exports/trace-text.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import {
  type ExportRowCells,
  fieldOfColumn,
  makeRow,
  type RowMaker,
} from '#src/use-cases/exports/export-row.ts'
import type { ExportContext } from '#src/use-cases/exports/export-runner.ts'
import { openRefKey, openStated } from '#src/use-cases/exports/stated.ts'
import type { Language } from '#src/use-cases/exports/words.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { jurisdictionsOf } from '#src/use-cases/identity/look-up-person.ts'
import { sealAccess, unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

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

type Batch = {
  readonly stretch: Stretch
  readonly people: readonly ExportSource[]
  readonly corrections: readonly StoredCorrection[]
  readonly findings: readonly FindingCorrection[]
}

/** The next people of a list after its cursor; undefined where there are none left. */
const readBatch = async (context: ExportContext, record: ExportRecord): Promise<Batch | undefined> => {
  const jurisdictions = [...jurisdictionsOf(context, record.jurisdiction)].sort((a, b) => a - b)
  const filter = { postIds: record.post_ids.map(Number), dispositions: record.dispositions }
  let stretch: Stretch | undefined =
    record.cursor_day === null || record.cursor_jurisdiction === null
      ? nextStretch(record, jurisdictions, null)
      : { day: record.cursor_day, jurisdiction: record.cursor_jurisdiction }
  let after =
    record.cursor_at === null || record.cursor_screening === null || record.cursor_seat === null
      ? null
      : { at: record.cursor_at, screeningId: record.cursor_screening, seat: record.cursor_seat }
  while (stretch !== undefined) {
    const { jurisdiction, day } = stretch
    const timeZone = context.reference.current().jurisdiction(jurisdiction)?.timeZone ?? 'UTC'
    const window = { jurisdiction, ...instantsOfDay(timeZone, day) }
    const from = { after, most: rowsPerChunk }
    const { people, corrections, findings } = await inArea(
      context.db,
      record.jurisdiction,
      async (transaction) => {
        const people = await readExportSource(transaction, window, filter, from)
        const isAsked = record.columns.includes('corrections')
        return {
          people,
          corrections: isAsked ? await readCorrectionsOfAll(transaction, people) : [],
          findings: isAsked ? await readFindingCorrections(transaction, people) : [],
        }
      },
    )
    if (people.length > 0) return { stretch, people, corrections, findings }
    stretch = nextStretch(record, jurisdictions, stretch)
    after = null
  }
  return undefined
}

type Made = {
  readonly chunk: Omit<ExportChunk, 'position'>
  readonly rows: readonly ExportedRow[]
  readonly accesses: readonly IdentityAccess[]
}

type Making = { readonly context: ExportContext; readonly record: ExportRecord; readonly position: number }

const accessesOf = async (
  { context, record }: Making,
  people: readonly ExportSource[],
): Promise<IdentityAccess[]> => {
  const { sealer } = context.identity
  const reason = (await openStated(sealer, record))?.reason ?? null
  const fields = record.columns.flatMap((column) => fieldOfColumn[column as ExportColumn] ?? [])
  const at = new Date(context.now())
  return Promise.all(
    people.map(({ jurisdiction, occurredAt, screeningId, seat, day }) =>
      sealAccess(sealer, {
        jurisdiction,
        occurredAt,
        screeningId,
        seat,
        day,
        at,
        accountId: record.requested_by,
        role: record.requester_role,
        purpose: record.purpose,
        reason,
        fields,
        via: 'export',
        exportId: record.id,
      }),
    ),
  )
}

/** Opens and seals again a batch of people; null where the key of their day is destroyed. */
const makeChunk = async (
  making: Making,
  { stretch, people, corrections, findings }: Batch,
): Promise<Made | null> => {
  const { context, record, position } = making
  const { sealer } = context.identity
  const refKey = await openRefKey(sealer, record)
  if (refKey === null) return null
  const maker: RowMaker = {
    sealer,
    reference: context.reference.current(),
    columns: record.columns as ExportColumn[],
    language: record.language as Language,
    refKey,
  }
  return unlessDestroyed(
    (async () => {
      const made: ExportRowCells[] = []
      const rows: ExportedRow[] = []
      for (const person of people) {
        const row = await makeRow(maker, person, {
          corrections: corrections.filter((correction) => isCorrectionOf(correction, person)),
          findings: findings.filter((correction) => isCorrectionOf(correction, person)),
        })
        made.push(row)
        rows.push({
          jurisdiction: person.jurisdiction,
          occurredAt: person.occurredAt,
          screeningId: person.screeningId,
          seat: person.seat,
          exportJurisdiction: record.jurisdiction,
          exportId: record.id,
          ref: row.ref,
          contentDigest: await sealer.digestText(stretch, rowDigestKind, canonicalRow(row.cells)),
        })
      }
      const text = JSON.stringify(made.map(({ ref, cells }) => [ref, ...cells]))
      const chunk = {
        jurisdiction: record.jurisdiction,
        exportId: record.id,
        sourceJurisdiction: stretch.jurisdiction,
        day: stretch.day,
        rowCount: people.length,
        sealed: await sealer.sealText(stretch, chunkPlace(record.id, position), text),
      }
      return { chunk, rows, accesses: await accessesOf(making, people) }
    })(),
  )
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
  const { validDays } = exportRules[record.purpose as ExportPurpose]
  await updateExport(transaction, record, {
    state: 'ready',
    finished_at: new Date(nowMs),
    expires_at: new Date(nowMs + validDays * msPerDay),
  })
  const detail = `${record.purpose}, ${record.row_count} rows, for ${validDays} days`
  const act = { action: 'exports.make', subject: record.id, outcome: 'ready', detail }
  await auditIdentity(transaction, byRequester(record), act, nowMs)
}

const writeChunk = async (
  transaction: AreaTransaction,
  { context, record, position }: Making,
  made: Made,
): Promise<void> => {
  await insertExportChunk(transaction, { ...made.chunk, position })
  await insertExportedRows(transaction, made.rows)
  await insertIdentityAccesses(transaction, made.accesses)
  const detail = `${record.purpose}, ${made.rows.length} people shown`
  const act = { action: 'exports.make', subject: record.id, outcome: 'done', detail }
  await auditIdentity(transaction, byRequester(record), act, context.now())
}

/**
 * Makes the next part of an approved list: rows, what traces them, what the people see, audit and cursor are one commit,
 * so that a stop at any moment loses a part that nobody has seen.
 * @returns whether there is more to make
 */
export const makeNextPart = async (context: ExportContext, exportId: string): Promise<boolean> => {
  const record = await findExport(context.db.query, exportId)
  if (record?.state !== 'approved') return false
  const { mostRows } = exportRules[record.purpose as ExportPurpose]
  const room = mostRows - record.row_count
  const batch = room > 0 ? await readBatch(context, record) : undefined
  const people = batch?.people.slice(0, room) ?? []
  const making = { context, record, position: record.row_count }
  const made = batch === undefined ? null : await makeChunk(making, { ...batch, people })
  const last = people.at(-1)
  return inArea(context.db, record.jurisdiction, async (transaction) => {
    if (!isUnmoved(await findExport(transaction, exportId, true), record)) return false
    if (batch === undefined || last === undefined) {
      await finish(transaction, record, context.now())
      return false
    }
    if (made !== null) await writeChunk(transaction, making, made)
    await updateExport(transaction, record, {
      row_count: record.row_count + (made?.rows.length ?? 0),
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
