import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { answerRequest } from '@guankou/contract/subject-access/desk-endpoints.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { insertCorrection, readCorrectionsOf } from '@guankou/db/queries/subject-access/corrections.ts'
import { insertStep, type SubjectRequest } from '@guankou/db/queries/subject-access/requests.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { normalField } from '#src/use-cases/identity/normal-field.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { correctionPlace } from '#src/use-cases/subject-access/show-corrections.ts'
import { requestToAnswer, sealStep } from '#src/use-cases/subject-access/work-on-request.ts'

type Input = BodyOf<typeof answerRequest>

/** Adds the correction as a fact that names the one it corrects. @returns false where the identity is destroyed */
const addCorrection = async (
  context: ServerContext,
  transaction: AreaTransaction,
  actor: Actor,
  { request, value }: { readonly request: SubjectRequest & { field: string }; readonly value: string },
): Promise<boolean> => {
  const { jurisdiction, occurredAt, screeningId, seat, screeningDay: day, field } = request
  const grantedAt = new Date(context.now())
  const id = v7({ msecs: grantedAt.getTime() })
  const sealed = context.identity.sealer.sealText({ jurisdiction, day }, correctionPlace(id), value)
  const valueSealed = await unlessDestroyed(sealed)
  if (valueSealed === null) return false
  const before = await readCorrectionsOf(transaction, request)
  await insertCorrection(transaction, {
    jurisdiction,
    occurredAt,
    screeningId,
    seat,
    id,
    day,
    field,
    corrects: before.findLast((each) => each.field === field)?.id ?? null,
    requestId: request.id,
    grantedAt,
    grantedBy: actor.accountId,
    role: actor.role,
    valueSealed,
  })
  return true
}

const write = async (
  context: ServerContext,
  transaction: AreaTransaction,
  actor: Actor,
  input: Input,
): Promise<Result<{ answered: boolean }>> => {
  const found = await requestToAnswer(transaction, actor, input.id)
  if (!found.ok) return found
  const request = found.value
  const { field } = request
  const corrects = field !== null && input.outcome !== 'refused'
  const value = field === null ? '' : normalField(field, input.correctedTo ?? '')
  if (corrects && value === '') return refused('CORRECTION_MISSING', '/correctedTo')
  const step = await sealStep(context, actor, request, {
    step: 'answered',
    toRole: null,
    outcome: input.outcome,
    text: input.text.trim(),
  })
  if (!(await insertStep(transaction, step))) return refused('REQUEST_ALREADY_ANSWERED')
  if (
    corrects &&
    !(await addCorrection(context, transaction, actor, { request: { ...request, field }, value }))
  )
    throw new IdentityGone()
  const detail = `${request.kind}, ${input.outcome}${corrects ? `, ${field} corrected` : ''}`
  const act = { action: 'subject-access.answer', subject: request.id, outcome: 'done', detail }
  await auditIdentity(transaction, actor, act, context.now())
  return done({ answered: true })
}

/** Ends the transaction without a trace of the answer. */
class IdentityGone extends Error {}

/** Answers a request; what is granted of a correction stands beside what it corrects, which nobody changes. */
export const answer = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<{ answered: boolean }>> => {
  for (const field of ['text', 'correctedTo'] as const)
    if (input[field]?.isWellFormed() === false) return refused('TEXT_NOT_WELL_FORMED', `/${field}`)
  try {
    return await inArea(context.db, actor.areaCode, (transaction) =>
      write(context, transaction, actor, input),
    )
  } catch (error) {
    if (error instanceof IdentityGone) return refused('IDENTITY_DESTROYED')
    throw error
  }
}
