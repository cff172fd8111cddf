import type { Role } from '@guankou/contract/roles.ts'
import {
  type CorrectableField,
  decidersOf,
  defaultAnswerDays,
  type RequestKind,
  type RequestOutcome,
  type RequestState,
  type RequestView,
} from '@guankou/contract/subject-access/requests.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { readSubjectPolicy, type SubjectPolicy } from '@guankou/db/queries/subject-access/policy.ts'
import type { SubjectRequest } from '@guankou/db/queries/subject-access/requests.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

/** Where the text of a request, and of a step of it, belongs. */
export const requestPlace = (id: string): string => `subject-request|${id}|text`
export const stepPlace = (id: string, number: number): string => `subject-request|${id}|step|${number}`

/** What the installation has decided on; the law's month and no reasons where it has not. */
export const subjectPolicy = async (transaction: AreaTransaction): Promise<SubjectPolicy> =>
  (await readSubjectPolicy(transaction)) ?? { answerDays: defaultAnswerDays, showReasons: false }

export const stateOf = ({ answeredAt, lastNumber }: SubjectRequest): RequestState => {
  if (answeredAt !== null) return 'answered'
  return lastNumber === 0 ? 'waiting' : 'in-hand'
}

/** Whose turn a request is. */
export const holderOf = ({ kind, holder }: SubjectRequest): Role =>
  (holder as Role | null) ?? decidersOf[kind as RequestKind][0]

/** A request as the person sees it. */
export const showRequest = async (sealer: IdentitySealer, request: SubjectRequest): Promise<RequestView> => {
  const { jurisdiction, id } = request
  const text = await unlessDestroyed(
    sealer.open({ jurisdiction, day: request.askedDay }, requestPlace(id), request.textSealed),
  )
  const { answerDay, answerSealed, lastNumber } = request
  const answer =
    answerDay === null || answerSealed === null
      ? null
      : await unlessDestroyed(
          sealer.open({ jurisdiction, day: answerDay }, stepPlace(id, lastNumber), answerSealed),
        )
  return {
    id,
    kind: request.kind as RequestKind,
    field: request.field as CorrectableField | null,
    askedAt: request.askedAt.toISOString(),
    dueOn: request.dueOn,
    state: stateOf(request),
    text,
    outcome: request.outcome as RequestOutcome | null,
    answeredAt: request.answeredAt?.toISOString() ?? null,
    answer,
  }
}
