import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { type SoughtKind, soughtKinds } from '@guankou/contract/identity/look-up.ts'
import type { lookUpInPairing } from '@guankou/contract/pairing/endpoints.ts'
import { type AskedKind, askedKindNames } from '@guankou/contract/pairing/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { findPairingFact, findSubjectBefore } from '@guankou/db/queries/pairing/facts.ts'
import type { StoredPairing } from '@guankou/db/queries/pairing/pairings.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { lookUp } from '#src/use-cases/identity/look-up-person.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { addFact, ownPairing, pairingPlace, standingOf } from '#src/use-cases/pairing/pairing-scope.ts'

type Input = BodyOf<typeof lookUpInPairing>

type Asked = {
  readonly pairing: StoredPairing
  readonly asked: AskedKind
  readonly sought: { readonly kind: SoughtKind; readonly text: string }
}

/** The question with the subject that was at hand when it was asked, where that can be looked up. */
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
  const kind = soughtKinds.find((each) => each === subject?.subject_kind)
  if (kind === undefined || subject === undefined) return refused('PAIRING_SUBJECT_MISSING', '/questionId')
  if (subject.sealed === null) return refused('IDENTITY_DESTROYED')
  const { jurisdiction, day, id } = pairing
  const text = await unlessDestroyed(
    context.identity.sealer.open({ jurisdiction, day }, pairingPlace(id, subject.id), subject.sealed),
  )
  if (text === null) return refused('IDENTITY_DESTROYED')
  return done({ pairing, asked: question.asked as AskedKind, sought: { kind, text: text.slice(0, 40) } })
}

/** Looks up what a question is about, as every look-up is made, and says so in the pairing. */
export const lookUpQuestion = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<OutputOf<typeof lookUpInPairing>>> => {
  const question = await questionOf(context, actor, input)
  if (!question.ok) return question
  const { asked, sought } = question.value
  const { zh, en } = askedKindNames[asked]
  const reason = `${zh} · ${en} · ${input.pairingId}`
  const answer = await lookUp(context, actor, { purpose: input.purpose, reason, sought })
  if (!answer.ok)
    return answer.refusal.path === '/sought/text' ? refused('PAIRING_SUBJECT_MISSING', '/questionId') : answer
  await inArea(context.db, actor.areaCode, async (transaction) => {
    const own = await ownPairing(transaction, actor, input.pairingId, true)
    if (own === undefined || (await findPairingFact(transaction, own.pairing, input.id)) !== undefined) return
    await addFact(
      transaction,
      own.pairing,
      { accountId: actor.accountId, side: 'desk', at: new Date(context.now()) },
      {
        id: input.id,
        kind: 'looked-up',
        purpose: input.purpose,
        matches: answer.value.matches.length,
        answers: input.questionId,
      },
    )
  })
  return answer
}
