import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { CallView, openNextCall, releaseCall } from '@guankou/contract/worklists/follow-up.ts'
import { type CalledKind, type CallOutcome, claimMinutes } from '@guankou/contract/worklists/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readEpisode } from '@guankou/db/queries/quarantine/episodes.ts'
import { findEpisodesOf } from '@guankou/db/queries/quarantine/seals.ts'
import { readSeenElsewhere } from '@guankou/db/queries/worklists/board.ts'
import {
  findRow,
  lockNextRow,
  lockRow,
  type StoredRow,
  type StoredRowState,
  updateRowState,
} from '@guankou/db/queries/worklists/calls.ts'
import { findWorklist, type StoredList } from '@guankou/db/queries/worklists/imports.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import type { RowContent } from '@guankou/domain/worklists/read-row.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { jurisdictionsOf } from '#src/use-cases/identity/look-up-person.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { followEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import { announcedAt, localDay, rowPlace } from '#src/use-cases/worklists/list-scope.ts'

/** What is sealed of a row; null where the key of its day is destroyed. */
export const openRow = async (
  context: Pick<ServerContext, 'identity'>,
  list: StoredList,
  row: StoredRow,
): Promise<RowContent | null> => {
  if (row.sealed === null) return null
  const text = await unlessDestroyed(
    context.identity.sealer.open(list, rowPlace(list.id, row.row_number), row.sealed),
  )
  return text === null ? null : (JSON.parse(text) as RowContent)
}

/** Whether somebody else is calling this row now. */
export const isHeldByOther = (state: StoredRowState, accountId: string, now: Date): boolean =>
  state.claimed_by !== null &&
  state.claimed_by !== accountId &&
  state.claimed_until !== null &&
  state.claimed_until > now

type Input = BodyOf<typeof openNextCall>

const pick = async (
  transaction: AreaTransaction,
  actor: Actor,
  { listId, row }: Input,
  now: Date,
): Promise<Result<StoredRowState | undefined>> => {
  if (row === undefined || listId === undefined)
    return done(await lockNextRow(transaction, { accountId: actor.accountId, now, listId }))
  const state = await lockRow(transaction, { listId, row, occurredAt: announcedAt(listId) })
  if (state === undefined) return refused('UNKNOWN_WORKLIST')
  const isOthers = state.assigned_to !== null && state.assigned_to !== actor.accountId
  if (isOthers || isHeldByOther(state, actor.accountId, now) || state.state !== 'open')
    return refused('WORKLIST_ROW_TAKEN')
  return done(state)
}

type Claimed = { readonly state: StoredRowState; readonly row: StoredRow; readonly list: StoredList }

const claim = (
  context: ServerContext,
  actor: Actor,
  input: Input,
  now: Date,
): Promise<Result<Claimed | undefined>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const picked = await pick(transaction, actor, input, now)
    if (!picked.ok || picked.value === undefined) return picked.ok ? done(undefined) : picked
    const state = picked.value
    const row = await findRow(transaction, state)
    const list = await findWorklist(transaction, state.list_id, state.occurred_at)
    if (row === undefined || list === undefined) return refused('UNKNOWN_WORKLIST')
    const claimed = {
      claimed_by: actor.accountId,
      claimed_until: new Date(now.getTime() + claimMinutes * 60_000),
      opened_at: state.opened_at ?? now,
    }
    await updateRowState(transaction, state, claimed)
    const detail = `row ${state.row_number}: name, phone`
    const act = { action: 'worklists.next', subject: list.id, outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, now.getTime())
    return done({ state: { ...state, ...claimed }, row, list })
  })

/** Whether an order holds somebody of these digests in the area of whoever asks; nobody is opened for it. */
const isQuarantined = async (
  context: ServerContext,
  transaction: AreaTransaction,
  { areaCode }: Actor,
  digests: readonly Buffer[],
): Promise<boolean> => {
  const reference = context.reference.current()
  for (const key of await findEpisodesOf(transaction, jurisdictionsOf(context, areaCode), digests)) {
    const file = await readEpisode(transaction, key)
    if (file !== undefined && isOpenEpisode(followEpisode(reference, file, context.now()).episode))
      return true
  }
  return false
}

const knownOf = async (
  context: ServerContext,
  actor: Actor,
  content: RowContent,
  { list, row }: Claimed,
): Promise<CallView['known']> => {
  const { sealer } = context.identity
  const phones = content.phone === undefined ? [] : await sealer.lookUpDigests('phone', content.phone)
  const documents =
    content.document === undefined
      ? []
      : await sealer.lookUpDigests(content.documentKind ?? 'other', content.document)
  const { seen, quarantined } = await inArea(context.db, actor.areaCode, async (transaction) => ({
    seen: await readSeenElsewhere(
      transaction,
      { phones, documents },
      { listId: list.id, row: row.row_number },
    ),
    quarantined: await isQuarantined(context, transaction, actor, [...phones, ...documents]),
  }))
  return {
    quarantined,
    screenings: seen.screenings,
    lastScreenedOn:
      seen.lastScreenedAt === null
        ? null
        : localDay(context, list.jurisdiction, seen.lastScreenedAt.getTime()),
    rows: seen.rows,
    outcome: seen.outcome as CallOutcome | null,
  }
}

/** Gives a clerk the next person to call: name and phone of one row, for as long as it is theirs. */
export const openNext = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<OutputOf<typeof openNextCall>>> => {
  const now = new Date(context.now())
  const claimed = await claim(context, actor, input, now)
  if (!claimed.ok) return claimed
  if (claimed.value === undefined) return done({ call: null })
  const { state, row, list } = claimed.value
  const content = await openRow(context, list, row)
  if (content?.phone === undefined) return refused('IDENTITY_DESTROYED')
  return done({
    call: {
      listId: list.id,
      row: row.row_number,
      kind: list.kind as CalledKind,
      title: list.title,
      name: content.name ?? null,
      phone: content.phone,
      attempts: state.attempts,
      claimedUntil: (state.claimed_until ?? now).toISOString(),
      dueAt: list.due_at?.toISOString() ?? null,
      last:
        state.last_outcome === null || state.last_at === null
          ? null
          : { outcome: state.last_outcome as CallOutcome, at: state.last_at.toISOString() },
      known: await knownOf(context, actor, content, claimed.value),
    },
  })
}

/** Gives a row back that was opened and not called. */
export const release = (
  context: ServerContext,
  actor: Actor,
  { listId, row }: BodyOf<typeof releaseCall>,
): Promise<Result<OutputOf<typeof releaseCall>>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const state = await lockRow(transaction, { listId, row, occurredAt: announcedAt(listId) })
    if (state === undefined) return refused('UNKNOWN_WORKLIST')
    const released = state.claimed_by === actor.accountId
    if (released) await updateRowState(transaction, state, { claimed_by: null, claimed_until: null })
    const act = { action: 'worklists.release', subject: listId, outcome: 'done', detail: `row ${row}` }
    await auditIdentity(transaction, actor, act, context.now())
    return done({ released })
  })
