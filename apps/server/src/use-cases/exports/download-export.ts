import type { BodyOf } from '@guankou/contract/endpoint.ts'
import {
  type ExportColumn,
  type ExportPurpose,
  exportColumnNames,
  exportPurposeNames,
  exportSubjectNames,
  mostDownloads,
} from '@guankou/contract/exports/columns.ts'
import type { downloadExport } from '@guankou/contract/exports/endpoints.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readExportChunk } from '@guankou/db/queries/exports/chunks.ts'
import { insertDownload } from '@guankou/db/queries/exports/downloads.ts'
import { type ExportRecord, findExport } from '@guankou/db/queries/exports/exports.ts'
import { invisibleMark } from '@guankou/domain/exports/invisible-mark.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { Extras } from '#src/endpoint.ts'
import type { DataKeyOwner } from '#src/identity/day-key-store.ts'
import { done, type Result, refused } from '#src/result.ts'
import { csvFile } from '#src/use-cases/exports/csv-file.ts'
import { subjectOf } from '#src/use-cases/exports/export-subject.ts'
import type { ListFile } from '#src/use-cases/exports/list-file.ts'
import { localTime } from '#src/use-cases/exports/local-time.ts'
import { chunkPlace } from '#src/use-cases/exports/make-export.ts'
import { openStated } from '#src/use-cases/exports/stated.ts'
import { visibleMark } from '#src/use-cases/exports/visible-mark.ts'
import type { Language } from '#src/use-cases/exports/words.ts'
import { xlsxFile } from '#src/use-cases/exports/xlsx-file.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

type Input = BodyOf<typeof downloadExport>

/** Columns that people read and programs do not compare: they carry the invisible mark. */
const markedColumns: ReadonlySet<string> = new Set([
  'post',
  'name',
  'document-kind',
  'origin',
  'exposure',
  'fever',
  'disposition',
  'list-kind',
  'list',
  'address',
  'place',
  'call-state',
  'call-outcome',
  'district',
  'site',
  'quarantine-state',
  'ended-how',
] satisfies ExportColumn[])

const widths: Readonly<Record<ExportColumn, number>> = {
  'occurred-at': 17,
  post: 26,
  lane: 6,
  plate: 12,
  service: 22,
  seat: 7,
  name: 16,
  'document-kind': 22,
  'document-number': 22,
  phone: 18,
  origin: 16,
  exposure: 18,
  fever: 18,
  readings: 34,
  symptoms: 26,
  certificates: 36,
  disposition: 20,
  override: 34,
  corrections: 40,
  'list-kind': 14,
  list: 26,
  'brought-on': 12,
  address: 40,
  place: 26,
  'call-state': 14,
  attempts: 8,
  'call-outcome': 18,
  'called-at': 17,
  'next-call-at': 17,
  'ordered-at': 17,
  district: 14,
  site: 12,
  'first-day': 12,
  'last-day': 12,
  'quarantine-state': 18,
  missed: 10,
  'ended-at': 17,
  'ended-how': 18,
}

const formats = {
  csv: { contentType: 'text/csv; charset=utf-8', write: csvFile },
  xlsx: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: xlsxFile,
  },
} as const

type Allowed = { readonly record: ExportRecord; readonly download: number; readonly nowMs: number }

const allow = async (
  transaction: AreaTransaction,
  actor: Actor,
  { exportId, format }: Input,
  nowMs: number,
): Promise<Result<Allowed>> => {
  const record = await findExport(transaction, exportId, true)
  if (record === undefined || record.requested_by !== actor.accountId) return refused('EXPORT_NOT_FOUND')
  if (record.state === 'requested' || record.state === 'approved') return refused('EXPORT_NOT_READY')
  if (record.state !== 'ready' || record.expires_at === null || record.expires_at.getTime() <= nowMs)
    return refused('EXPORT_EXPIRED')
  const download = await insertDownload(transaction, {
    jurisdiction: record.jurisdiction,
    exportId,
    at: new Date(nowMs),
    accountId: actor.accountId,
    format,
  })
  if (download > mostDownloads) throw new DownloadsSpent()
  const detail = `${record.purpose}, ${format}, download ${download}, ${record.row_count} rows`
  const act = { action: 'exports.download', subject: exportId, outcome: 'done', detail }
  await auditIdentity(transaction, actor, act, nowMs)
  return done({ record, download, nowMs })
}

/** Takes the transaction back in which the download was counted. */
class DownloadsSpent extends Error {}

/** The rows of a list, chunk by chunk, each with the mark of this download. */
async function* rowsOf(context: ServerContext, { record, download }: Allowed): AsyncGenerator<string[][]> {
  const hidden = invisibleMark({ mark: record.mark, download })
  const isMarked = [false, ...record.columns.map((column) => markedColumns.has(column))]
  const key = { jurisdiction: record.jurisdiction, exportId: record.id }
  for (let position = 0; ; ) {
    const chunk = await inArea(context.db, record.jurisdiction, (transaction) =>
      readExportChunk(transaction, key, position),
    )
    if (chunk === undefined) return
    const owner: DataKeyOwner = { jurisdiction: chunk.sourceJurisdiction, day: chunk.day }
    const place = chunkPlace(record.id, chunk.position)
    // Rows of a day whose key was destroyed meanwhile are gone here as everywhere.
    const text = await unlessDestroyed(context.identity.sealer.open(owner, place, chunk.sealed))
    const rows = text === null ? [] : (JSON.parse(text) as string[][])
    yield rows.map((cells) =>
      cells.map((cell, index) => (isMarked[index] && cell !== '' ? cell + hidden : cell)),
    )
    position = chunk.position + 1
  }
}

const timeIn = (context: ServerContext, areaCode: number, at: Date): string => {
  const data = context.reference.current()
  const city = data.installation?.cityCode ?? areaCode
  return localTime((data.jurisdiction(areaCode) ?? data.jurisdiction(city))?.timeZone ?? 'UTC', at)
}

/** What the sheet is called: the purpose, and of what where that is not screenings. */
const titleOf = (record: ExportRecord, language: Language): string => {
  const purpose = exportPurposeNames[record.purpose as ExportPurpose][language]
  const subject = subjectOf(record)
  return subject === 'screenings' ? purpose : `${exportSubjectNames[subject][language]} · ${purpose}`
}

const listOf = async (context: ServerContext, actor: Actor, allowed: Allowed): Promise<ListFile> => {
  const { record, download, nowMs } = allowed
  const language = record.language as Language
  const purpose = record.purpose as ExportPurpose
  const columns = record.columns as ExportColumn[]
  const stated = await openStated(context.identity.sealer, record)
  return {
    title: titleOf(record, language),
    mark: visibleMark(language, {
      exportId: record.id,
      name: actor.name,
      organisation: stated?.organisation ?? '—',
      purpose,
      download,
      downloadedAt: timeIn(context, record.jurisdiction, new Date(nowMs)),
      expiresAt: timeIn(context, record.jurisdiction, record.expires_at ?? new Date(nowMs)),
    }),
    headings: ['ref' as const, ...columns].map((column) => exportColumnNames[column][language]),
    widths: [22, ...columns.map((column) => widths[column])],
    batches: rowsOf(context, allowed),
  }
}

/** Hands a list to whoever asked for it. The download is counted and audited before the first byte goes out. */
export const download = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<Record<string, never>> & Extras> => {
  const nowMs = context.now()
  try {
    const allowed = await inArea(context.db, actor.areaCode, (transaction) =>
      allow(transaction, actor, input, nowMs),
    )
    if (!allowed.ok) return allowed
    const { contentType, write } = formats[input.format]
    const content = write(await listOf(context, actor, allowed.value))
    const name = `guankou-${input.exportId.slice(-12)}-${allowed.value.download}.${input.format}`
    return { ...done({}), file: { contentType, name, content } }
  } catch (error) {
    if (error instanceof DownloadsSpent) return refused('EXPORT_DOWNLOADS_SPENT')
    throw error
  }
}
