import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { soughtKinds } from '@guankou/contract/identity/look-up.ts'
import { lookUpPurposesOf } from '@guankou/contract/identity/purposes.ts'
import type { lookUpInPairing, PairingSubject } from '@guankou/contract/pairing/endpoints.ts'
import type { PairingLookUp } from '@guankou/contract/pairing/look-up.ts'
import { type AskedKind, askedKindNames, type SubjectKind } from '@guankou/contract/pairing/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { findPairingFact, findSubjectBefore } from '@guankou/db/queries/pairing/facts.ts'
import type { StoredPairing } from '@guankou/db/queries/pairing/pairings.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { lookUp } from '#src/use-cases/identity/look-up-person.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { findHouseholds } from '#src/use-cases/pairing/find-households.ts'
import { findOrders, type PairingSearch } from '#src/use-cases/pairing/find-orders.ts'
import { addFact, ownPairing, pairingPlace, standingOf } from '#src/use-cases/pairing/pairing-scope.ts'

type Input = BodyOf<typeof lookUpInPairing>

type Asked = {
  readonly pairing: StoredPairing
  readonly asked: AskedKind
  readonly subject: PairingSubject
}

/** The question with the subject that was at hand when it was asked. */
const questionOf = async (context: ServerContext, actor: Actor, input: Input): Promise<Result<Asked>> => {
  const found = await inArea(context.db, actor.areaCode, async (transaction) => {
    const own = await ownPairing(transaction, actor, input.pairingId)
    if (own === undefined) return undefined
    const question = await findPairingFact(transaction, own.pairing, input.questionId)
    const subject = question && (await findSubjectBefore(transaction, own.pairing, question.seq))
    return { ...own, question, subject }
  })
  if (found === undefined) return refused('UNKNOWN_PAIRING')
  const { pairing, question, subject } = found
  if (standingOf(pairing, context.now()).state !== 'running') return refused('PAIRING_ENDED')
  if (question?.kind !== 'question') return refused('UNKNOWN_QUESTION', '/questionId')
  if (subject === undefined) return refused('PAIRING_SUBJECT_MISSING', '/questionId')
  if (subject.sealed === null) return refused('IDENTITY_DESTROYED')
  const { jurisdiction, day, id } = pairing
  const text = await unlessDestroyed(
    context.identity.sealer.open({ jurisdiction, day }, pairingPlace(id, subject.id), subject.sealed),
  )
  if (text === null) return refused('IDENTITY_DESTROYED')
  const kind = subject.subject_kind as SubjectKind
  return done({ pairing, asked: question.asked as AskedKind, subject: { kind, text } })
}

/** Screenings of the subject, as every look-up finds them. */
const findScreenings = async (
  context: ServerContext,
  actor: Actor,
  { purpose, reason, subject }: PairingSearch,
): Promise<Result<PairingLookUp>> => {
  const kind = soughtKinds.find((each) => each === subject.kind)
  if (kind === undefined) return refused('PAIRING_SUBJECT_MISSING', '/questionId')
  const sought = { kind, text: subject.text.slice(0, 40) }
  const answer = await lookUp(context, actor, { purpose, reason, sought })
  if (answer.ok) return done({ is: 'screenings', ...answer.value })
  return answer.refusal.path === '/sought/text' ? refused('PAIRING_SUBJECT_MISSING', '/questionId') : answer
}

const finders: Readonly<Record<AskedKind, typeof findScreenings>> = {
  history: findScreenings,
  vehicle: findScreenings,
  other: findScreenings,
  orders: findOrders,
  household: findHouseholds,
}

const matchesIn = (found: PairingLookUp): number => {
  if (found.is === 'orders') return found.orders.length
  return found.is === 'households' ? found.households.length : found.matches.length
}

/** Looks up what a question is about, as every look-up is made, and says so in the pairing. */
export const lookUpQuestion = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<OutputOf<typeof lookUpInPairing>>> => {
  const { purpose, pairingId } = input
  if (lookUpPurposesOf[actor.role]?.includes(purpose) !== true)
    return refused('PURPOSE_NOT_ALLOWED', '/purpose')
  const question = await questionOf(context, actor, input)
  if (!question.ok) return question
  const { asked, subject } = question.value
  const { zh, en } = askedKindNames[asked]
  const reason = `${zh} · ${en} · ${pairingId}`
  const answer = await finders[asked](context, actor, { purpose, reason, subject })
  if (!answer.ok) return answer
  await inArea(context.db, actor.areaCode, async (transaction) => {
    const own = await ownPairing(transaction, actor, pairingId, true)
    if (own === undefined || (await findPairingFact(transaction, own.pairing, input.id)) !== undefined) return
    await addFact(
      transaction,
      own.pairing,
      { accountId: actor.accountId, side: 'desk', at: new Date(context.now()) },
      {
        id: input.id,
        kind: 'looked-up',
        purpose,
        matches: matchesIn(answer.value),
        answers: input.questionId,
      },
    )
  })
  return answer
}
