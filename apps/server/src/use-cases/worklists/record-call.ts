import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { recordCall, takeBackCall } from '@guankou/contract/worklists/follow-up.ts'
import type { CallOutcome } from '@guankou/contract/worklists/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { withdrawEscalation } from '@guankou/db/queries/households/states.ts'
import {
  findRow,
  insertCallFact,
  lockRow,
  readCallFacts,
  type StoredCallFact,
  type StoredRowState,
  updateRowState,
} from '@guankou/db/queries/worklists/calls.ts'
import { findWorklist } from '@guankou/db/queries/worklists/imports.ts'
import { instantMs } from '@guankou/domain/places/calendar.ts'
import {
  mayCallAt,
  type Standing,
  type StandingCall,
  standingOf,
} from '@guankou/domain/worklists/follow-up.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { openEscalatedDoor } from '#src/use-cases/households/escalated-door.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { announceReached } from '#src/use-cases/rescreen/announce-rescreen.ts'
import {
  addressPlace,
  announcedAt,
  localDay,
  takeBackMs,
  timeZoneOf,
} from '#src/use-cases/worklists/list-scope.ts'
import { isHeldByOther, openRow } from '#src/use-cases/worklists/open-call.ts'

type Recorded = OutputOf<typeof recordCall>

/** Calls that still count, oldest first. */
const standingCalls = (facts: readonly StoredCallFact[]): readonly (StandingCall & StoredCallFact)[] => {
  const taken = new Set(facts.map(({ takes_back }) => takes_back))
  return facts
    .filter(({ kind, id }) => kind === 'called' && !taken.has(id))
    .map((fact) => ({
      ...fact,
      outcome: fact.outcome as CallOutcome,
      atMs: fact.at.getTime(),
      callAtMs: fact.call_at?.getTime() ?? null,
    }))
}

const answerOf = ({ state, attempts, nextAtMs }: Standing): Recorded => ({
  state,
  attempts,
  nextAt: nextAtMs === null ? null : new Date(nextAtMs).toISOString(),
})

/** Writes where a row stands after its facts; a call-back stays with whoever made the call. */
const settle = async (
  transaction: AreaTransaction,
  state: StoredRowState,
  standing: Standing,
  { accountId, at }: { readonly accountId: string; readonly at: Date },
): Promise<void> => {
  await updateRowState(transaction, state, {
    state: standing.state,
    attempts: standing.attempts,
    next_at: standing.nextAtMs === null ? null : new Date(standing.nextAtMs),
    last_outcome: standing.last?.outcome ?? null,
    last_at: standing.last === null ? null : new Date(standing.last.atMs),
    assigned_to: standing.nextAtMs === null ? null : accountId,
    claimed_by: null,
    claimed_until: null,
  })
  await announceReached(transaction, state, at)
}

const factOf = (
  state: StoredRowState,
  actor: Actor,
  at: Date,
  own: Pick<StoredCallFact, 'id' | 'kind'> & Partial<StoredCallFact>,
): StoredCallFact => ({
  jurisdiction: state.jurisdiction,
  occurred_at: state.occurred_at,
  list_id: state.list_id,
  row_number: state.row_number,
  at,
  recorded_at: at,
  account_id: actor.accountId,
  outcome: null,
  answers: null,
  call_at: null,
  takes_back: null,
  address_sealed: null,
  ...own,
})

/** The fact by which a visit is asked for, with the address sealed for whoever goes. */
const escalate = async (
  context: ServerContext,
  transaction: AreaTransaction,
  state: StoredRowState,
  actor: Actor,
): Promise<Result<null>> => {
  const list = await findWorklist(transaction, state.list_id, state.occurred_at)
  const row = await findRow(transaction, state)
  if (list === undefined || row === undefined) return refused('UNKNOWN_WORKLIST')
  const content = await openRow(context, list, row)
  if (content === null) return refused('IDENTITY_DESTROYED')
  const at = new Date(context.now())
  const id = v7({ msecs: at.getTime() })
  const address =
    content.address ?? [content.place, content.unit].filter((part) => part !== undefined).join(' ')
  const sealed =
    address === '' ? null : await context.identity.sealer.sealText(list, addressPlace(id), address)
  await insertCallFact(
    transaction,
    factOf(state, actor, at, { id, kind: 'escalated', address_sealed: sealed }),
  )
  await openEscalatedDoor(context, transaction, {
    jurisdiction: state.jurisdiction,
    listDay: list.day,
    listId: list.id,
    listOccurredAt: list.occurred_at,
    row: state.row_number,
    factId: id,
    address,
    at,
    day: localDay(context, state.jurisdiction, at.getTime()),
  })
  await updateRowState(transaction, state, { no_address: address.trim() === '' })
  return done(null)
}

type Input = BodyOf<typeof recordCall>

const callTime = (input: Input, nowMs: number): Result<Date | null> => {
  if (input.outcome !== 'call-later') return done(null)
  const at = input.callAt === undefined ? undefined : instantMs(input.callAt)
  return at !== undefined && mayCallAt(at, nowMs)
    ? done(new Date(at))
    : refused('CALL_TIME_NOT_POSSIBLE', '/callAt')
}

/** Records what came of a call; the same id a second time changes nothing. */
export const record = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<Recorded>> => {
  const { id, listId, row, outcome, answers } = input
  const now = new Date(context.now())
  const callAt = callTime(input, now.getTime())
  if (!callAt.ok) return callAt
  return inArea(context.db, actor.areaCode, async (transaction): Promise<Result<Recorded>> => {
    const state = await lockRow(transaction, { listId, row, occurredAt: announcedAt(listId) })
    if (state === undefined) return refused('UNKNOWN_WORKLIST')
    const timeZone = timeZoneOf(context, state.jurisdiction)
    const before = await readCallFacts(transaction, state)
    if (before.some((fact) => fact.id === id))
      return done(answerOf(standingOf(standingCalls(before), timeZone)))
    const isMine = state.claimed_by === actor.accountId && !isHeldByOther(state, actor.accountId, now)
    if (!isMine || state.state !== 'open') return refused('WORKLIST_ROW_TAKEN')
    const fact = factOf(state, actor, now, { id, kind: 'called', outcome, answers, call_at: callAt.value })
    await insertCallFact(transaction, fact)
    const standing = standingOf(standingCalls([...before, fact]), timeZone)
    if (standing.state === 'to-visit') {
      const escalated = await escalate(context, transaction, state, actor)
      if (!escalated.ok) return escalated
    }
    await settle(transaction, state, standing, { accountId: actor.accountId, at: now })
    const detail = `row ${row}: ${outcome}, ${standing.state}`
    const act = { action: 'worklists.record', subject: listId, outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, now.getTime())
    return done(answerOf(standing))
  })
}

/** Takes the last outcome back: the row is again in the hands of whoever recorded it. */
export const takeBack = (
  context: ServerContext,
  actor: Actor,
  { id, listId, row, takesBack }: BodyOf<typeof takeBackCall>,
): Promise<Result<Recorded>> => {
  const now = new Date(context.now())
  return inArea(context.db, actor.areaCode, async (transaction): Promise<Result<Recorded>> => {
    const state = await lockRow(transaction, { listId, row, occurredAt: announcedAt(listId) })
    if (state === undefined) return refused('UNKNOWN_WORKLIST')
    const timeZone = timeZoneOf(context, state.jurisdiction)
    const before = await readCallFacts(transaction, state)
    if (before.some((fact) => fact.id === id))
      return done(answerOf(standingOf(standingCalls(before), timeZone)))
    const last = standingCalls(before).at(-1)
    const isOwn = last?.id === takesBack && last.account_id === actor.accountId
    if (!isOwn || now.getTime() - last.atMs > takeBackMs || isHeldByOther(state, actor.accountId, now))
      return refused('CALL_NOT_TAKEN_BACK')
    // The visit that the call asked for goes with it: its own fact names the same moment.
    const facts: StoredCallFact[] = [
      factOf(state, actor, now, { id, kind: 'taken-back', takes_back: takesBack }),
    ]
    const visit = before.findLast((fact) => fact.kind === 'escalated' && fact.at.getTime() >= last.atMs)
    if (visit !== undefined) {
      await withdrawEscalation(transaction, state.jurisdiction, visit.id)
      facts.push(
        factOf(state, actor, now, {
          id: v7({ msecs: now.getTime() }),
          kind: 'taken-back',
          takes_back: visit.id,
        }),
      )
    }
    for (const fact of facts) await insertCallFact(transaction, fact)
    const standing = standingOf(standingCalls([...before, ...facts]), timeZone)
    await settle(transaction, state, standing, { accountId: actor.accountId, at: now })
    const act = { action: 'worklists.take-back', subject: listId, outcome: 'done', detail: `row ${row}` }
    await auditIdentity(transaction, actor, act, now.getTime())
    return done(answerOf(standing))
  })
}
