import { type Kysely, sql } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type NewSubjectRequest = PersonKey & {
  readonly id: string
  readonly askedAt: Date
  /** Local day; with the jurisdiction it names the data key that seals the text. */
  readonly askedDay: string
  readonly screeningDay: string
  readonly kind: string
  readonly field: string | null
  readonly dueOn: string
  readonly textSealed: Buffer
}

/** A request with where it has come to. */
export type SubjectRequest = NewSubjectRequest & {
  /** Of the last handing on; null where it was never handed on. */
  readonly holder: string | null
  readonly lastNumber: number
  readonly answeredAt: Date | null
  readonly answerDay: string | null
  readonly outcome: string | null
  readonly answerSealed: Buffer | null
}

export type SubjectRequestStep = {
  readonly jurisdiction: number
  readonly requestId: string
  readonly number: number
  readonly at: Date
  readonly day: string
  readonly accountId: string
  readonly role: string
  readonly step: 'opened' | 'handed-on' | 'answered'
  readonly toRole: string | null
  readonly outcome: string | null
  readonly textSealed: Buffer | null
}

export const insertSubjectRequest = async (query: Query, request: NewSubjectRequest): Promise<void> => {
  await query
    .insertInto('subject_requests')
    .values({
      jurisdiction: request.jurisdiction,
      id: request.id,
      asked_at: request.askedAt,
      asked_day: request.askedDay,
      occurred_at: request.occurredAt,
      screening_id: request.screeningId,
      seat: request.seat,
      screening_day: request.screeningDay,
      kind: request.kind,
      field: request.field,
      due_on: request.dueOn,
      text_sealed: request.textSealed,
    })
    .execute()
}

const requests = (query: Query) =>
  query
    .selectFrom('subject_requests as r')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('subject_request_steps as s')
          .select([
            sql<number>`coalesce(max(s.number), 0)::integer`.as('lastNumber'),
            sql<
              string | null
            >`(array_agg(s.to_role order by s.number desc) filter (where s.to_role is not null))[1]`.as(
              'holder',
            ),
          ])
          .whereRef('s.jurisdiction', '=', 'r.jurisdiction')
          .whereRef('s.request_id', '=', 'r.id')
          .as('course'),
      (join) => join.onTrue(),
    )
    .leftJoin('subject_request_steps as a', (join) =>
      join
        .onRef('a.jurisdiction', '=', 'r.jurisdiction')
        .onRef('a.request_id', '=', 'r.id')
        .on('a.step', '=', 'answered'),
    )
    .select([
      'r.jurisdiction',
      'r.id',
      'r.asked_at as askedAt',
      'r.asked_day as askedDay',
      'r.occurred_at as occurredAt',
      'r.screening_id as screeningId',
      'r.seat',
      'r.screening_day as screeningDay',
      'r.kind',
      'r.field',
      'r.due_on as dueOn',
      'r.text_sealed as textSealed',
      'course.holder',
      sql<number>`course."lastNumber"`.as('lastNumber'),
      'a.at as answeredAt',
      'a.day as answerDay',
      'a.outcome',
      'a.text_sealed as answerSealed',
    ])

/** Requests that wait, by due date, and the latest that were answered. */
export const readRequests = async (
  query: Query,
  mostAnswered: number,
): Promise<readonly SubjectRequest[]> => {
  const open = await requests(query)
    .where('a.at', 'is', null)
    .orderBy('r.due_on')
    .orderBy('r.asked_at')
    .limit(1_000)
    .execute()
  const answered = await requests(query)
    .where('a.at', 'is not', null)
    .orderBy('a.at', 'desc')
    .limit(mostAnswered)
    .execute()
  return [...open, ...answered]
}

export const findRequest = (query: Query, id: string): Promise<SubjectRequest | undefined> =>
  requests(query).where('r.id', '=', id).executeTakeFirst()

/** Requests of one person from one screening, newest first. */
export const readRequestsOf = (query: Query, person: PersonKey): Promise<readonly SubjectRequest[]> =>
  requests(query)
    .where('r.jurisdiction', '=', person.jurisdiction)
    .where('r.occurred_at', '=', person.occurredAt)
    .where('r.screening_id', '=', person.screeningId)
    .where('r.seat', '=', person.seat)
    .orderBy('r.asked_at', 'desc')
    .execute()

/** Until commit nobody else asks for this person: the limit holds whatever arrives at once. */
export const lockRequestsOf = async (query: Query, person: PersonKey): Promise<void> => {
  const key = `subject-request|${person.screeningId}|${person.seat}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(query)
}

export const readSteps = (query: Query, id: string) =>
  query
    .selectFrom('subject_request_steps')
    .select(['at', 'step', 'role', 'to_role as toRole'])
    .where('request_id', '=', id)
    .orderBy('number')
    .execute()

/** Adds the next step. @returns false where somebody else was first */
export const insertStep = async (query: Query, step: SubjectRequestStep): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('subject_request_steps')
    .values({
      jurisdiction: step.jurisdiction,
      request_id: step.requestId,
      number: step.number,
      at: step.at,
      day: step.day,
      account_id: step.accountId,
      role: step.role,
      step: step.step,
      to_role: step.toRole,
      outcome: step.outcome,
      text_sealed: step.textSealed,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}
