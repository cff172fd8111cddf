import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { Said, sayInPairing } from '@guankou/contract/pairing/endpoints.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { findPairingFact } from '@guankou/db/queries/pairing/facts.ts'
import type { StoredPairing } from '@guankou/db/queries/pairing/pairings.ts'
import { isToldRightly } from '@guankou/domain/pairing/prepared-answer.ts'
import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { addFact, ownPairing, pairingPlace, standingOf } from '#src/use-cases/pairing/pairing-scope.ts'

type Input = BodyOf<typeof sayInPairing>

/** What of something said is written by hand, and sealed. */
const writtenIn = (said: Said): string | undefined =>
  said.kind === 'subject' ? said.subject.text : said.words

const columnsOf = (said: Said) => {
  if (said.kind === 'subject') return { subject_kind: said.subject.kind }
  if (said.kind === 'question') return { asked: said.asked }
  const { until, people, visitedOn } = said.told ?? {}
  return {
    answer: said.answer,
    answers: said.to,
    until_day: until ?? null,
    people: people ?? null,
    visited_on: visitedOn ?? null,
  }
}

/** Whether what stands beside an answer belongs to it, on days that there are. */
const isRightlyTold = (said: Said): boolean =>
  said.kind !== 'answer' ||
  (isToldRightly(said.answer, said.told) &&
    [said.told?.until, said.told?.visitedOn].every((day) => day === undefined || isCivilDate(day)))

const seal = async (
  { identity }: ServerContext,
  { jurisdiction, day, id }: StoredPairing,
  factId: string,
  said: Said,
): Promise<Result<Buffer | null>> => {
  const text = writtenIn(said)
  if (text === undefined) return done(null)
  const sealed = await unlessDestroyed(
    identity.sealer.sealText({ jurisdiction, day }, pairingPlace(id, factId), text),
  )
  return sealed === null ? refused('IDENTITY_DESTROYED') : done(sealed)
}

const isQuestion = async (
  transaction: AreaTransaction,
  pairing: StoredPairing,
  questionId: string,
): Promise<boolean> => (await findPairingFact(transaction, pairing, questionId))?.kind === 'question'

/** Adds what one of the two says; sent again after a break, it changes nothing. */
export const say = async (
  context: ServerContext,
  actor: Actor,
  { pairingId, id, said }: Input,
): Promise<Result<OutputOf<typeof sayInPairing>>> => {
  if (writtenIn(said)?.isWellFormed() === false) return refused('TEXT_NOT_WELL_FORMED', '/said')
  if (!isRightlyTold(said)) return refused('INVALID_INPUT', '/said/told')
  const nowMs = context.now()
  return inArea(context.db, actor.areaCode, async (transaction) => {
    const found = await ownPairing(transaction, actor, pairingId, true)
    if (found === undefined) return refused('UNKNOWN_PAIRING')
    const { pairing, side } = found
    const before = await findPairingFact(transaction, pairing, id)
    if (before !== undefined) return done({ seq: before.seq })
    if (standingOf(pairing, nowMs).state === 'ended') return refused('PAIRING_ENDED')
    if ((said.kind === 'answer') !== (side === 'desk'))
      return refused('PAIRING_NOT_YOURS_TO_SAY', '/said/kind')
    if (said.kind === 'answer' && !(await isQuestion(transaction, pairing, said.to)))
      return refused('UNKNOWN_QUESTION', '/said/to')
    const sealed = await seal(context, pairing, id, said)
    if (!sealed.ok) return sealed
    const by = { accountId: actor.accountId, side, at: new Date(nowMs) }
    const fact = { id, kind: said.kind, ...columnsOf(said), sealed: sealed.value }
    const seq = await addFact(transaction, pairing, by, fact)
    const act = { action: 'pairing.say', subject: pairingId, outcome: 'done', detail: `${seq}: ${said.kind}` }
    await auditIdentity(transaction, actor, act, nowMs)
    return done({ seq })
  })
}
