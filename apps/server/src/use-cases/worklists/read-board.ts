import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { listWorklists, WorklistImport, WorklistLine } from '@guankou/contract/worklists/endpoints.ts'
import type { readCallQueue, reassignCalls } from '@guankou/contract/worklists/follow-up.ts'
import {
  type CallOutcome,
  callers,
  type ImportState,
  type WorklistKind,
} from '@guankou/contract/worklists/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import {
  countByClerk,
  countOpenRejects,
  countRows,
  isClerk,
  type ListCounts,
  readWorklists,
} from '@guankou/db/queries/worklists/board.ts'
import { countReady, moveCalls, readLastCall, readOwnQueue } from '@guankou/db/queries/worklists/calls.ts'
import { readImportsOf, type StoredImport, type StoredList } from '@guankou/db/queries/worklists/imports.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import { done, type Result, refused } from '#src/result.ts'
import { type OfficerNames, officerOf } from '#src/use-cases/exports/list-exports.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { localDay, takeBackMs, timeZoneOf } from '#src/use-cases/worklists/list-scope.ts'

/** Finished ones beyond these are left out; where somebody is still to be called, a list is shown however old it is. */
const latestLists = 60
const mostLists = 300
const mostQueued = 50
const overdueMs = 900_000

const importOf = (file: StoredImport): WorklistImport => ({
  id: file.id,
  state: file.state as ImportState,
  uploadedAt: file.uploaded_at.toISOString(),
  finishedAt: file.finished_at?.toISOString() ?? null,
  bytes: file.bytes,
  sha256: file.sha256.toString('hex'),
  mends: file.mends,
  rowsRead: file.rows_read,
  progress: file.progress,
  taken: file.taken,
  rejected: file.rejected,
  linked: file.linked,
  households: file.households,
  passedOver: file.passed_over,
  failure: file.failure,
})

const none = { open: 0, linked: 0, closed: 0, toVisit: 0, noAddress: 0, overdue: 0, called: 0 }

const lineOf = (
  list: StoredList,
  counts: ListCounts | undefined,
  rest: { readonly rejected: number; readonly files: readonly StoredImport[]; readonly names: OfficerNames },
): WorklistLine => {
  const { open, linked, closed, toVisit, noAddress, overdue, called } = counts ?? none
  return {
    id: list.id,
    jurisdiction: list.jurisdiction,
    kind: list.kind as WorklistKind,
    title: list.title,
    createdAt: list.occurred_at.toISOString(),
    dueAt: list.due_at?.toISOString() ?? null,
    creator: officerOf(rest.names, list.created_by).officer,
    open,
    linked,
    closed,
    toVisit,
    noAddress,
    overdue,
    called,
    rejected: rest.rejected,
    imports: rest.files.filter(({ list_id }) => list_id === list.id).map(importOf),
  }
}

const todayOf = (context: ServerContext, areaCode: number): Date =>
  instantsOfDay(timeZoneOf(context, areaCode), localDay(context, areaCode, context.now())).from

/** Lists with how far they have come, and what every clerk has done and has waiting. */
export const readBoard = (
  context: ServerContext,
  actor: Actor,
): Promise<Result<OutputOf<typeof listWorklists>>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const now = new Date(context.now())
    const overdueBefore = new Date(now.getTime() - overdueMs)
    const lists = await readWorklists(transaction, { latest: latestLists, most: mostLists })
    const ids = lists.map(({ id }) => id)
    const counts = await countRows(transaction, ids, { overdueBefore, now })
    const rejects = await countOpenRejects(transaction, ids)
    const files = await readImportsOf(transaction, ids)
    const names = await readAccountNames(
      transaction,
      lists.map(({ created_by }) => created_by),
    )
    const since = todayOf(context, actor.areaCode)
    const clerks = await countByClerk(transaction, callers, { now, since, overdueBefore })
    return done({
      asOf: now.toISOString(),
      lists: lists.map((list) =>
        lineOf(
          list,
          counts.find(({ listId }) => listId === list.id),
          { rejected: rejects.get(list.id) ?? 0, files, names },
        ),
      ),
      clerks: clerks.map(({ zh, en, ...rest }) => ({ ...rest, clerk: { zh, en } })),
    })
  })

/** What waits for one clerk. */
export const readQueue = (
  context: ServerContext,
  actor: Actor,
): Promise<Result<OutputOf<typeof readCallQueue>>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const now = new Date(context.now())
    const since = todayOf(context, actor.areaCode)
    const rows = await readOwnQueue(transaction, actor.accountId, now, mostQueued)
    const counts = await countReady(transaction, actor.accountId, { now, since })
    const last = await readLastCall(transaction, actor.accountId, new Date(now.getTime() - takeBackMs))
    return done({
      asOf: now.toISOString(),
      ...counts,
      last:
        last === undefined
          ? null
          : {
              id: last.id,
              listId: last.list_id,
              row: last.row_number,
              outcome: last.outcome as CallOutcome,
            },
      calls: rows.map((row) => ({
        listId: row.list_id,
        row: row.row_number,
        title: row.title,
        kind: row.kind as WorklistKind,
        attempts: row.attempts,
        outcome: row.last_outcome as CallOutcome | null,
        nextAt: (row.next_at ?? now).toISOString(),
        claimed: row.claimed_by === actor.accountId && row.claimed_until !== null && row.claimed_until > now,
      })),
    })
  })

/** Shares the call-backs of a clerk out anew. */
export const reassign = (
  context: ServerContext,
  actor: Actor,
  { from, to }: BodyOf<typeof reassignCalls>,
): Promise<Result<OutputOf<typeof reassignCalls>>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    if (to !== null && !(await isClerk(transaction, to, callers))) return refused('UNKNOWN_CLERK', '/to')
    const now = new Date(context.now())
    const moved = await moveCalls(transaction, { from, to, now })
    const detail = `${moved} calls to ${to ?? 'everybody'}`
    const act = { action: 'worklists.reassign', subject: from, outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, now.getTime())
    return done({ moved })
  })
