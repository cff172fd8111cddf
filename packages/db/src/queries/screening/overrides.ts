import type { DispositionShift } from '@guankou/domain/screening/override-shift.ts'
import { type Kysely, sql } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A disposition as it was recorded, and where it is counted. */
export type OverridableTraveller = PersonKey & {
  readonly day: string
  readonly slot: number
  readonly postId: number
  readonly responseId: string
  readonly rulesVersion: number
  readonly disposition: string
  readonly ruleIds: readonly string[]
}

const overridable = (query: Query) =>
  query
    .selectFrom('screening_travellers as t')
    .innerJoin('screenings as s', (join) =>
      join
        .onRef('s.jurisdiction', '=', 't.jurisdiction')
        .onRef('s.occurred_at', '=', 't.occurred_at')
        .onRef('s.id', '=', 't.screening_id'),
    )
    .select([
      't.jurisdiction',
      't.occurred_at as occurredAt',
      't.screening_id as screeningId',
      't.seat',
      's.day',
      's.slot',
      's.post_id as postId',
      's.response_id as responseId',
      's.rules_version as rulesVersion',
      't.disposition',
      't.rule_ids as ruleIds',
    ])

/** A traveller by the id of the screening, which carries its time, and the seat. */
export const findOverridable = (
  query: Query,
  { screeningId, occurredAt, seat }: Omit<PersonKey, 'jurisdiction'>,
): Promise<OverridableTraveller | undefined> =>
  overridable(query)
    .where('s.occurred_at', '=', occurredAt)
    .where('t.occurred_at', '=', occurredAt)
    .where('t.screening_id', '=', screeningId)
    .where('t.seat', '=', seat)
    .executeTakeFirst()

export type StoredOverride = PersonKey & {
  readonly id: string
  readonly day: string
  readonly postId: number
  readonly madeAt: Date
  readonly recordedAt: Date
  readonly disposition: string
  readonly stood: string
  readonly ground: string
  readonly wordsSealed: Buffer | null
  readonly needsSecond: boolean
  readonly accountId: string
  readonly role: string
  readonly deviceId: string | null
  readonly contentDigest: Buffer
}

/** @returns false where the id is there already */
export const insertOverride = async (query: Query, override: StoredOverride): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('screening_overrides')
    .values({
      jurisdiction: override.jurisdiction,
      id: override.id,
      occurred_at: override.occurredAt,
      screening_id: override.screeningId,
      seat: override.seat,
      day: override.day,
      post_id: override.postId,
      made_at: override.madeAt,
      recorded_at: override.recordedAt,
      disposition: override.disposition,
      stood: override.stood,
      ground: override.ground,
      words_sealed: override.wordsSealed,
      needs_second: override.needsSecond,
      account_id: override.accountId,
      role: override.role,
      device_id: override.deviceId,
      content_digest: override.contentDigest,
    })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** An override with what the second person said, where one was asked. */
export type AnsweredOverride = Omit<StoredOverride, 'deviceId'> & {
  readonly agrees: boolean | null
  readonly answeredAt: Date | null
  readonly answeredBy: string | null
}

const answered = (query: Query) =>
  query
    .selectFrom('screening_overrides as o')
    .leftJoin('screening_override_answers as a', (join) =>
      join.onRef('a.jurisdiction', '=', 'o.jurisdiction').onRef('a.override_id', '=', 'o.id'),
    )
    .select([
      'o.jurisdiction',
      'o.id',
      'o.occurred_at as occurredAt',
      'o.screening_id as screeningId',
      'o.seat',
      'o.day',
      'o.post_id as postId',
      'o.made_at as madeAt',
      'o.recorded_at as recordedAt',
      'o.disposition',
      'o.stood',
      'o.ground',
      'o.words_sealed as wordsSealed',
      'o.needs_second as needsSecond',
      'o.account_id as accountId',
      'o.role',
      'o.content_digest as contentDigest',
      'a.agrees',
      'a.at as answeredAt',
      'a.account_id as answeredBy',
    ])

export const findOverride = (query: Query, id: string): Promise<AnsweredOverride | undefined> =>
  answered(query).where('o.id', '=', id).executeTakeFirst()

/** Overrides of everyone in a screening, oldest first. */
export const readOverridesOf = (
  query: Query,
  { jurisdiction, occurredAt, screeningId }: Omit<PersonKey, 'seat'>,
): Promise<AnsweredOverride[]> =>
  answered(query)
    .where('o.jurisdiction', '=', jurisdiction)
    .where('o.occurred_at', '=', occurredAt)
    .where('o.screening_id', '=', screeningId)
    .orderBy('o.made_at')
    .orderBy('o.id')
    .execute()

/** Overrides of screenings of a day, newest first. */
export const readOverridesOfDay = (
  query: Query,
  jurisdictions: readonly number[],
  day: string,
  most: number,
): Promise<AnsweredOverride[]> =>
  answered(query)
    .where('o.jurisdiction', 'in', jurisdictions)
    .where('o.day', '=', day)
    .orderBy('o.made_at', 'desc')
    .orderBy('o.id', 'desc')
    .limit(most)
    .execute()

/** Overrides that a second person has not answered, oldest first. */
export const readWaitingOverrides = (
  query: Query,
  jurisdictions: readonly number[],
  most: number,
): Promise<AnsweredOverride[]> =>
  answered(query)
    .where('o.jurisdiction', 'in', jurisdictions)
    .where('o.needs_second', '=', true)
    .where('a.override_id', 'is', null)
    .orderBy('o.made_at')
    .limit(most)
    .execute()

export type OverrideAnswer = {
  readonly jurisdiction: number
  readonly overrideId: string
  readonly at: Date
  readonly accountId: string
  readonly role: string
  readonly agrees: boolean
}

/** @returns false where somebody has answered before */
export const insertOverrideAnswer = async (query: Query, answer: OverrideAnswer): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('screening_override_answers')
    .values({
      jurisdiction: answer.jurisdiction,
      override_id: answer.overrideId,
      at: answer.at,
      account_id: answer.accountId,
      role: answer.role,
      agrees: answer.agrees,
    })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'override_id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Moves counts of the slot of a screening, in the commit of what moves them. */
export const shiftPostSlot = async (
  query: Query,
  cell: Pick<OverridableTraveller, 'jurisdiction' | 'day' | 'postId' | 'slot'>,
  shift: DispositionShift,
): Promise<void> => {
  await query
    .updateTable('rollup_post_slots')
    .set({
      second_checks: sql`second_checks + ${shift.secondChecks}`,
      quarantined: sql`quarantined + ${shift.quarantined}`,
      turned_back: sql`turned_back + ${shift.turnedBack}`,
      referred: sql`referred + ${shift.referred}`,
    })
    .where('jurisdiction', '=', cell.jurisdiction)
    .where('day', '=', cell.day)
    .where('post_id', '=', cell.postId)
    .where('slot', '=', cell.slot)
    .execute()
}
