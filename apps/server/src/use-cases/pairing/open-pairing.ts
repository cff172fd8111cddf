import { randomInt } from 'node:crypto'
import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { listPartners, openPairing, readOwnPairings } from '@guankou/contract/pairing/endpoints.ts'
import { longestHours, pairingDeskRoles } from '@guankou/contract/pairing/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  findPairing,
  insertPairing,
  readAccountsByRole,
  readPairingsOf,
  readRunningPairings,
  type StoredPairing,
} from '@guankou/db/queries/pairing/pairings.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { clockToleranceMs } from '@guankou/domain/screening/decide.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { endOf } from '#src/use-cases/pairing/end-pairing.ts'
import { openedAt, sideOf, standingOf, viewOf, viewsOf, wake } from '#src/use-cases/pairing/pairing-scope.ts'

const codesTried = 8

/** Pairings that may still be under way were opened after this. */
const since = (nowMs: number): Date => new Date(nowMs - longestHours * 3_600_000)

const isUnderWay = (pairing: StoredPairing, nowMs: number): boolean =>
  standingOf(pairing, nowMs).state !== 'ended'

/** Desk partners who may see the area of whoever asks; they may belong to the city above it. */
const partnersFor = async ({ db }: Pick<ServerContext, 'db'>, actor: Actor) =>
  (await readAccountsByRole(db.query, pairingDeskRoles)).filter(({ area_code }) =>
    liesIn(actor.areaCode, area_code),
  )

const insertWithCode = async (
  transaction: AreaTransaction,
  pairing: StoredPairing,
): Promise<StoredPairing | undefined> => {
  for (let tried = 0; tried < codesTried; tried += 1) {
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    const coded = { ...pairing, code: pairing.wanted_account === null ? code : null }
    if (await insertPairing(transaction, coded)) return coded
  }
  return undefined
}

const newPairing = (
  context: ServerContext,
  actor: Actor,
  input: BodyOf<typeof openPairing>,
): StoredPairing => ({
  ...keyOwnerOf(context, actor.areaCode),
  occurred_at: openedAt(input.id),
  id: input.id,
  field_account: actor.accountId,
  field_role: actor.role,
  field_device: actor.deviceId,
  wanted_account: input.partner ?? null,
  code: null,
  desk_account: null,
  joined_at: null,
  last_at: null,
  last_seq: 0,
  ended_at: null,
  ended_by: null,
})

/** Opens a pairing; the one that the account was in ends. */
export const open = async (
  context: ServerContext,
  actor: Actor,
  input: BodyOf<typeof openPairing>,
): Promise<Result<OutputOf<typeof openPairing>>> => {
  const nowMs = context.now()
  const now = new Date(nowMs)
  if (Math.abs(openedAt(input.id).getTime() - nowMs) > clockToleranceMs)
    return refused('ID_TIME_MISMATCH', '/id')
  const partners = input.partner === undefined ? [] : await partnersFor(context, actor)
  if (input.partner !== undefined && !partners.some(({ id }) => id === input.partner))
    return refused('UNKNOWN_PARTNER', '/partner')
  const opened = await inArea(
    context.db,
    actor.areaCode,
    async (transaction): Promise<Result<StoredPairing>> => {
      const before = await findPairing(transaction, { id: input.id, openedAt: openedAt(input.id) })
      if (before !== undefined)
        return sideOf(before, actor.accountId) === 'field'
          ? done(before)
          : refused('COMMAND_ID_REUSED', '/id')
      for (const own of await readPairingsOf(transaction, actor.accountId, since(nowMs)))
        if (sideOf(own, actor.accountId) === 'field' && isUnderWay(own, nowMs))
          await endOf(transaction, own, { accountId: actor.accountId, side: 'field', at: now })
      const pairing = await insertWithCode(transaction, newPairing(context, actor, input))
      if (pairing === undefined) return refused('COMMAND_ID_REUSED', '/id')
      await wake(transaction, pairing, now, 0)
      const detail = input.partner === undefined ? 'by code' : 'a partner was picked'
      const act = { action: 'pairing.open', subject: input.id, outcome: 'done', detail }
      await auditIdentity(transaction, actor, act, nowMs)
      return done(pairing)
    },
  )
  return opened.ok ? done(await viewOf(context, opened.value, actor)) : opened
}

/** Whom somebody in the field can pick. */
export const partners = async (
  context: ServerContext,
  actor: Actor,
): Promise<Result<OutputOf<typeof listPartners>>> => {
  const nowMs = context.now()
  const running = await readRunningPairings(context.db.query, since(nowMs))
  const busy = new Set(
    running.filter((each) => isUnderWay(each, nowMs)).map(({ desk_account }) => desk_account),
  )
  return done({
    partners: (await partnersFor(context, actor)).map(({ id, name_zh, name_en }) => ({
      accountId: id,
      name: { zh: name_zh, en: name_en },
      busy: busy.has(id),
    })),
  })
}

/** The pairing that an account is in, and those that wait for it. */
export const mine = async (
  context: ServerContext,
  actor: Actor,
): Promise<Result<OutputOf<typeof readOwnPairings>>> => {
  const nowMs = context.now()
  const all = await inArea(context.db, actor.areaCode, (transaction) =>
    readPairingsOf(transaction, actor.accountId, since(nowMs)),
  )
  const underWay = all.filter((each) => isUnderWay(each, nowMs))
  const own = underWay.filter((each) => sideOf(each, actor.accountId) !== undefined)
  const waiting = underWay.filter(
    (each) => each.wanted_account === actor.accountId && each.desk_account === null,
  )
  const [current] = await viewsOf(context, own.slice(0, 1), actor)
  return done({ current: current ?? null, waiting: [...(await viewsOf(context, waiting, actor))] })
}
