import { createHash } from 'node:crypto'
import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { type addWorklistPart, type beginWorklist, partBytes } from '@guankou/contract/worklists/endpoints.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  countFileParts,
  findBegunImport,
  findWorklist,
  insertFilePart,
  insertImport,
  insertWorklist,
  isFileKnown,
  readFilePart,
  renameList,
  type StoredImport,
  updateImport,
} from '@guankou/db/queries/worklists/imports.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import {
  announcedAt,
  findFile,
  keyOf,
  localDay,
  partPlace,
  type WorklistContext,
} from '#src/use-cases/worklists/list-scope.ts'

type Begin = BodyOf<typeof beginWorklist>
type Part = BodyOf<typeof addWorklistPart>

const newList = (context: ServerContext, actor: Actor, input: Begin, nowMs: number) => {
  const id = v7({ msecs: nowMs })
  return {
    jurisdiction: input.jurisdiction,
    occurred_at: announcedAt(id),
    id,
    day: localDay(context, input.jurisdiction, nowMs),
    kind: input.kind,
    title: input.title.trim(),
    created_by: actor.accountId,
    undone_at: null,
    undone_by: null,
    due_at: null,
  }
}

const nothingRead = {
  received_bytes: 0,
  columns: null,
  header_row: null,
  cursor_row: 0,
  progress: 0,
  rows_read: 0,
  taken: 0,
  rejected: 0,
  linked: 0,
  households: 0,
  passed_over: 0,
  finished_at: null,
  failure: null,
  sheet: null,
}

/** The same file as it was announced before and not finished: what is told of it now holds. */
const goOnWith = async (
  transaction: AreaTransaction,
  { accountId }: Actor,
  input: Begin,
  sha256: Buffer,
): Promise<OutputOf<typeof beginWorklist> | undefined> => {
  const begun = await findBegunImport(transaction, { ...input, accountId, sha256 })
  if (begun === undefined) return undefined
  const { list_id: listId, id: importId, mends } = begun
  const about = { title: input.title.trim(), kind: input.kind }
  if (!mends) await renameList(transaction, keyOf({ ...begun, id: listId }), about)
  return { listId, importId, partBytes, parts: await countFileParts(transaction, begun) }
}

/** Announces a file: a list of its own, or rows of a list that were put right. */
export const begin = async (
  context: ServerContext,
  actor: Actor,
  input: Begin,
): Promise<Result<OutputOf<typeof beginWorklist>>> => {
  if (!input.title.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/title')
  const nowMs = context.now()
  const sha256 = Buffer.from(input.sha256, 'hex')
  return inArea(context.db, actor.areaCode, async (transaction) => {
    const mended =
      input.mends === undefined
        ? undefined
        : await findWorklist(transaction, input.mends, announcedAt(input.mends))
    if (input.mends !== undefined && mended?.jurisdiction !== input.jurisdiction)
      return refused('UNKNOWN_WORKLIST', '/mends')
    // Of a workbook of several sheets another one may be brought; which one it is is known when rows are taken.
    if (await isFileKnown(transaction, input.jurisdiction, sha256, null))
      return refused('WORKLIST_FILE_KNOWN')
    const begun = await goOnWith(transaction, actor, input, sha256)
    if (begun !== undefined) return done(begun)
    const list = mended ?? newList(context, actor, input, nowMs)
    if (mended === undefined) await insertWorklist(transaction, list)
    const importId = v7({ msecs: nowMs })
    await insertImport(transaction, {
      jurisdiction: list.jurisdiction,
      occurred_at: list.occurred_at,
      list_id: list.id,
      id: importId,
      uploaded_at: new Date(nowMs),
      uploaded_by: actor.accountId,
      mends: mended !== undefined,
      bytes: input.bytes,
      sha256,
      state: 'receiving',
      ...nothingRead,
    })
    const detail = `${list.kind}, ${input.bytes} bytes, sha256 ${input.sha256}`
    const act = { action: 'worklists.begin', subject: list.id, outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, nowMs)
    return done({ listId: list.id, importId, partBytes, parts: 0 })
  })
}

/** The file as it was brought. */
export const readFile = async (
  context: WorklistContext,
  area: number,
  file: StoredImport,
  day: string,
): Promise<Buffer> => {
  const parts: Buffer[] = []
  for (let position = 0; ; position += 1) {
    const sealed = await inArea(context.db, area, (transaction) => readFilePart(transaction, file, position))
    if (sealed === undefined) return Buffer.concat(parts)
    const owner = { jurisdiction: file.jurisdiction, day }
    const text = await context.identity.sealer.open(owner, partPlace(file.id, position), sealed)
    parts.push(Buffer.from(text, 'base64'))
  }
}

/** Compares the whole with what was announced, and shows it to the scanner. */
const check = async (
  context: ServerContext,
  actor: Actor,
  file: StoredImport,
  day: string,
): Promise<Result<null>> => {
  const whole = await readFile(context, actor.areaCode, file, day)
  const isSame = createHash('sha256').update(whole).digest().equals(file.sha256)
  const verdict = isSame ? await context.uploads.scan(whole) : undefined
  const passes = isSame && verdict?.is !== 'infected'
  await inArea(context.db, actor.areaCode, async (transaction) => {
    await updateImport(
      transaction,
      file,
      passes ? { state: 'received' } : { state: 'failed', failure: isSame ? 'infected' : 'changed' },
    )
    const outcome = passes ? 'done' : isSame ? 'infected' : 'changed'
    const act = { action: 'worklists.add-part', subject: file.id, outcome, detail: `${whole.length} bytes` }
    await auditIdentity(transaction, actor, act, context.now())
  })
  if (!isSame) return refused('WORKLIST_FILE_CHANGED')
  return passes ? done(null) : refused('UPLOAD_INFECTED')
}

/** Takes the next part of a file; one that is there already changes nothing. */
export const addPart = async (
  context: ServerContext,
  actor: Actor,
  { importId, position, content }: Part,
): Promise<Result<OutputOf<typeof addWorklistPart>>> => {
  const bytes = Buffer.from(content, 'base64').length
  const added = await inArea(context.db, actor.areaCode, async (transaction) => {
    const found = await findFile(transaction, importId, true)
    if (found === undefined || found.file.uploaded_by !== actor.accountId) return refused('UNKNOWN_WORKLIST')
    const { file, list } = found
    const parts = await countFileParts(transaction, file)
    if (position > parts) return refused('WORKLIST_PART_MISSING')
    if (position < parts || file.state !== 'receiving')
      return done({ file, day: list.day, received: file.received_bytes })
    const received = file.received_bytes + bytes
    if (received > file.bytes) return refused('WORKLIST_FILE_CHANGED')
    const owner = { jurisdiction: list.jurisdiction, day: list.day }
    const sealed = await context.identity.sealer.sealText(owner, partPlace(importId, position), content)
    await insertFilePart(transaction, file, position, sealed)
    await updateImport(transaction, file, { received_bytes: received })
    return done({ file, day: list.day, received })
  })
  if (!added.ok) return added
  const { file, day, received } = added.value
  const complete = received === file.bytes
  if (complete && file.state === 'receiving') {
    const checked = await check(context, actor, file, day)
    if (!checked.ok) return checked
  }
  return done({ received, complete })
}
