import type { PairingView } from '@guankou/contract/pairing/endpoints.ts'
import type { PairingSide } from '@guankou/contract/pairing/vocabulary.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { announceChange } from '@guankou/db/queries/changes/announce-change.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import { insertPairingFact, type StoredPairingFact } from '@guankou/db/queries/pairing/facts.ts'
import { findPairing, type StoredPairing, updatePairing } from '@guankou/db/queries/pairing/pairings.ts'
import { type PairingStanding, pairingStanding } from '@guankou/domain/pairing/standing.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'

/** What the feed of changes carries of a pairing: whom to wake, and nothing that was said. */
export type PairingChanged = {
  readonly topic: 'pairing'
  readonly pairingId: string
  readonly seq: number
  readonly accounts: readonly string[]
}

/** When a pairing was opened: its id carries it. */
export const openedAt = (pairingId: string): Date => new Date(uuidTimeMs(pairingId))

/** Where what is written in a pairing belongs. */
export const pairingPlace = (pairingId: string, factId: string): string => `pairing|${pairingId}|${factId}`

export const standingOf = (pairing: StoredPairing, nowMs: number): PairingStanding =>
  pairingStanding(
    {
      openedAtMs: pairing.occurred_at.getTime(),
      joinedAtMs: pairing.joined_at?.getTime(),
      lastAtMs: pairing.last_at?.getTime(),
      endedAtMs: pairing.ended_at?.getTime(),
      endedBy: pairing.ended_by === null ? undefined : pairing.ended_by === 'desk' ? 'desk' : 'field',
    },
    nowMs,
  )

/** On which side somebody is; nobody else sees anything of a pairing. */
export const sideOf = (pairing: StoredPairing, accountId: string): PairingSide | undefined => {
  if (pairing.field_account === accountId) return 'field'
  return pairing.desk_account === accountId ? 'desk' : undefined
}

export const ownPairing = async (
  transaction: AreaTransaction,
  actor: Actor,
  pairingId: string,
  lock = false,
): Promise<{ readonly pairing: StoredPairing; readonly side: PairingSide } | undefined> => {
  const pairing = await findPairing(transaction, { id: pairingId, openedAt: openedAt(pairingId) }, lock)
  const side = pairing && sideOf(pairing, actor.accountId)
  return pairing === undefined || side === undefined ? undefined : { pairing, side }
}

const unnamed = { zh: '未知', en: 'unknown' }

/** A pairing as its two see it, or somebody who is asked to join. */
export const viewsOf = async (
  { db, now }: Pick<ServerContext, 'db' | 'now'>,
  pairings: readonly StoredPairing[],
  actor: Pick<Actor, 'accountId'>,
): Promise<readonly PairingView[]> => {
  const accounts = pairings.flatMap(({ field_account, desk_account }) =>
    desk_account === null ? [field_account] : [field_account, desk_account],
  )
  const names = await readAccountNames(db.query, accounts)
  const nowMs = now()
  return pairings.map((pairing) => {
    const { state, endsAtMs, ended } = standingOf(pairing, nowMs)
    const { id, field_account, desk_account } = pairing
    return {
      pairingId: id,
      openedAt: pairing.occurred_at.toISOString(),
      state,
      code: state === 'waiting' && field_account === actor.accountId ? pairing.code : null,
      endsAt: new Date(endsAtMs).toISOString(),
      field: names.get(field_account) ?? unnamed,
      fieldRole: pairing.field_role,
      desk: desk_account === null ? null : (names.get(desk_account) ?? unnamed),
      facts: pairing.last_seq,
      ended: ended ?? null,
    }
  })
}

export const viewOf = async (
  context: Pick<ServerContext, 'db' | 'now'>,
  pairing: StoredPairing,
  actor: Pick<Actor, 'accountId'>,
): Promise<PairingView> => {
  const [view] = await viewsOf(context, [pairing], actor)
  if (view === undefined) throw new Error('a pairing has a view')
  return view
}

/** Wakes the two of a pairing, or who is asked to join it. */
export const wake = (
  transaction: AreaTransaction,
  pairing: StoredPairing,
  at: Date,
  seq: number,
): Promise<void> => {
  const { jurisdiction, id, field_account, desk_account, wanted_account } = pairing
  const accounts = [field_account, desk_account ?? wanted_account].filter((each) => each !== null)
  const payload: PairingChanged = { topic: 'pairing', pairingId: id, seq, accounts }
  return announceChange(transaction, { at, jurisdiction, payload })
}

type NewFact = Pick<StoredPairingFact, 'kind'> &
  Partial<
    Pick<
      StoredPairingFact,
      | 'id'
      | 'subject_kind'
      | 'asked'
      | 'answer'
      | 'purpose'
      | 'matches'
      | 'answers'
      | 'until_day'
      | 'people'
      | 'visited_on'
      | 'sealed'
    >
  >

/** Adds the next fact to a pairing that is locked, and wakes both. @returns its place in the order */
export const addFact = async (
  transaction: AreaTransaction,
  pairing: StoredPairing,
  by: { readonly accountId: string; readonly side: PairingSide; readonly at: Date },
  fact: NewFact,
): Promise<number> => {
  const { jurisdiction, occurred_at, id } = pairing
  const seq = pairing.last_seq + 1
  await insertPairingFact(transaction, {
    jurisdiction,
    occurred_at,
    pairing_id: id,
    seq,
    at: by.at,
    account_id: by.accountId,
    side: by.side,
    subject_kind: null,
    asked: null,
    answer: null,
    purpose: null,
    matches: null,
    answers: null,
    until_day: null,
    people: null,
    visited_on: null,
    sealed: null,
    ...fact,
    id: fact.id ?? v7({ msecs: by.at.getTime() }),
  })
  await updatePairing(transaction, pairing, { last_seq: seq, last_at: by.at })
  await wake(transaction, pairing, by.at, seq)
  return seq
}
