import type { BodyOf, OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { downloadRejected, listRejectedRows } from '@guankou/contract/worklists/endpoints.ts'
import {
  type RejectReason,
  rejectReasonTexts,
  type WorklistField,
  worklistFieldNames,
} from '@guankou/contract/worklists/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { countOpenRejects } from '@guankou/db/queries/worklists/board.ts'
import { findWorklist, readImportsOf, type StoredList } from '@guankou/db/queries/worklists/imports.ts'
import { countRejects, readRejects, type StoredReject } from '@guankou/db/queries/worklists/rows.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { Extras } from '#src/endpoint.ts'
import { done, type Result, refused } from '#src/result.ts'
import type { ListFile } from '#src/use-cases/exports/list-file.ts'
import { xlsxFile } from '#src/use-cases/exports/xlsx-file.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { reasonHeading, rowHeading } from '#src/use-cases/worklists/columns-text.ts'
import { readHead } from '#src/use-cases/worklists/inspect-file.ts'
import { announcedAt, keyOf, rejectPlace } from '#src/use-cases/worklists/list-scope.ts'

const shownRows = 200
const rowsAtOnce = 500

type Language = 'zh' | 'en'

const reasonOf = (text: string): { field: WorklistField; why: RejectReason } => {
  const [field, why] = text.split(':')
  return { field: field as WorklistField, why: why as RejectReason }
}

/** Rows that were not taken, by number and reason. */
export const listRejects = (
  context: ServerContext,
  actor: Actor,
  { list: listId }: QueryOf<typeof listRejectedRows>,
): Promise<Result<OutputOf<typeof listRejectedRows>>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const list = await findWorklist(transaction, listId, announcedAt(listId))
    if (list === undefined) return refused('UNKNOWN_WORKLIST')
    const rows = await readRejects(transaction, keyOf(list), 0, shownRows)
    const counts = await countRejects(transaction, keyOf(list))
    return done({
      total: (await countOpenRejects(transaction, [listId])).get(listId) ?? 0,
      counts: counts.map(({ reason, rows: count }) => ({ ...reasonOf(reason), rows: count })),
      rows: rows.map(({ row, reasons }) => ({ row, reasons: reasons.map(reasonOf) })),
    })
  })

const explained = (
  reasons: readonly string[],
  offers: readonly (readonly string[])[],
  language: Language,
): string =>
  reasons
    .map((text, at) => {
      const { field, why } = reasonOf(text)
      const said = `${worklistFieldNames[field][language]}${language === 'zh' ? '：' : ': '}${rejectReasonTexts[why][language]}`
      const offered = offers[at] ?? []
      if (offered.length === 0) return said
      return `${said}${language === 'zh' ? '；可能是 ' : '; perhaps '}${offered.join(language === 'zh' ? '、' : ', ')}`
    })
    .join(language === 'zh' ? '；' : '; ')

const openReject = async (
  context: ServerContext,
  list: StoredList,
  { row, reasons, sealed }: StoredReject,
  { width, language }: { readonly width: number; readonly language: Language },
): Promise<readonly string[][]> => {
  if (sealed === null) return []
  const text = await unlessDestroyed(context.identity.sealer.open(list, rejectPlace(list.id, row), sealed))
  if (text === null) return []
  const { cells, offers } = JSON.parse(text) as { cells: string[]; offers: string[][] }
  const padded = Array.from({ length: width }, (_, at) => cells[at] ?? '')
  return [[...padded, String(row), explained(reasons, offers, language)]]
}

async function* batchesOf(
  context: ServerContext,
  area: number,
  list: StoredList,
  shape: { readonly width: number; readonly language: Language },
): AsyncGenerator<readonly string[][]> {
  let after = 0
  for (;;) {
    const rejects = await inArea(context.db, area, (transaction) =>
      readRejects(transaction, keyOf(list), after, rowsAtOnce),
    )
    const last = rejects.at(-1)
    if (last === undefined) return
    const rows = await Promise.all(rejects.map((reject) => openReject(context, list, reject, shape)))
    yield rows.flat()
    after = last.row
  }
}

/** The rejected rows with their own columns, row number and reasons; cells are text and never a formula. */
export const mendFile = async (
  context: ServerContext,
  actor: Actor,
  { listId, language }: BodyOf<typeof downloadRejected>,
): Promise<Result<OutputOf<typeof downloadRejected>> & Extras> => {
  const found = await inArea(context.db, actor.areaCode, async (transaction) => {
    const list = await findWorklist(transaction, listId, announcedAt(listId))
    if (list === undefined) return refused('UNKNOWN_WORKLIST')
    // Of a file that broke off, what was rejected until then is mended like any other.
    const file = (await readImportsOf(transaction, [listId])).find(
      ({ mends, state }) => !mends && (state === 'done' || state === 'failed'),
    )
    const [first] = await readRejects(transaction, keyOf(list), 0, 1)
    if (file === undefined || first === undefined) return refused('WORKLIST_NOTHING_REJECTED')
    return done({ list, file })
  })
  if (!found.ok) return found
  const { list, file } = found.value
  const head = await unlessDestroyed(readHead(context, actor.areaCode, { list, file }))
  if (head === null) return refused('IDENTITY_DESTROYED')
  if (!head.ok) return head
  const width = file.columns?.length ?? 0
  const headings = Array.from({ length: width }, (_, at) => head.value.headers?.[at] ?? '')
  const content: ListFile = {
    title: list.title,
    mark: { lines: [], head: list.title, foot: listId },
    headings: [...headings, rowHeading, reasonHeading],
    widths: [...headings.map(() => 18), 10, 60],
    batches: batchesOf(context, actor.areaCode, list, { width, language }),
  }
  await inArea(context.db, actor.areaCode, (transaction) =>
    auditIdentity(
      transaction,
      actor,
      { action: 'worklists.mend', subject: listId, outcome: 'done', detail: language },
      context.now(),
    ),
  )
  return {
    ...done({}),
    file: {
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      name: `rejected-${listId}.xlsx`,
      content: xlsxFile(content),
    },
  }
}
