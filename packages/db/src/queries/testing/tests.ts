import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type StoredTest = {
  readonly jurisdiction: number
  readonly id: string
  readonly occurredAt: Date
  readonly recordedAt: Date
  readonly day: string
  readonly postId: number
  readonly responseId: string
  readonly screeningId: string
  readonly seat: number
  readonly originCode: number
  readonly declared: boolean
  readonly offer: 'taken' | 'declined' | 'no-kit'
  readonly ground: string
  readonly sampleCode: string | null
  readonly accountId: string
  readonly deviceId: string | null
  readonly contentDigest: Buffer
}

/** Which roll-up a test counts in. */
export type TestCell = Pick<StoredTest, 'jurisdiction' | 'day' | 'postId' | 'originCode' | 'declared'>

/** @returns false where the id is there already @throws with code 23505 where the sample code is another’s */
export const insertTest = async (query: Query, test: StoredTest): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('infection_tests')
    .values({
      jurisdiction: test.jurisdiction,
      id: test.id,
      occurred_at: test.occurredAt,
      recorded_at: test.recordedAt,
      day: test.day,
      post_id: test.postId,
      response_id: test.responseId,
      screening_id: test.screeningId,
      seat: test.seat,
      origin_code: test.originCode,
      declared: test.declared,
      offer: test.offer,
      ground: test.ground,
      sample_code: test.sampleCode,
      account_id: test.accountId,
      device_id: test.deviceId,
      content_digest: test.contentDigest,
    })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const findTest = (query: Query, jurisdiction: number, id: string) =>
  query
    .selectFrom('infection_tests')
    .select(['recorded_at as recordedAt', 'content_digest as contentDigest'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst()

/** What a fact adds to the roll-up of its day; negative where a later result takes the place of one. */
export type TestCounts = {
  readonly taken: number
  readonly byLot: number
  readonly declined: number
  readonly noKit: number
  readonly positive: number
  readonly negative: number
  readonly invalid: number
}

export const noTests: TestCounts = {
  taken: 0,
  byLot: 0,
  declined: 0,
  noKit: 0,
  positive: 0,
  negative: 0,
  invalid: 0,
}

const columnsOf = ({ noKit, byLot, ...rest }: TestCounts) => ({ ...rest, by_lot: byLot, no_kit: noKit })

/** Adds to the roll-up, in the commit of the facts that are counted. */
export const addToTestingDay = async (query: Query, cell: TestCell, added: TestCounts): Promise<void> => {
  await query
    .insertInto('rollup_testing_days')
    .values({
      jurisdiction: cell.jurisdiction,
      day: cell.day,
      post_id: cell.postId,
      origin_code: cell.originCode,
      declared: cell.declared,
      ...columnsOf(added),
    })
    .onConflict((conflict) =>
      conflict.columns(['jurisdiction', 'day', 'post_id', 'origin_code', 'declared']).doUpdateSet({
        taken: sql`rollup_testing_days.taken + excluded.taken`,
        by_lot: sql`rollup_testing_days.by_lot + excluded.by_lot`,
        declined: sql`rollup_testing_days.declined + excluded.declined`,
        no_kit: sql`rollup_testing_days.no_kit + excluded.no_kit`,
        positive: sql`rollup_testing_days.positive + excluded.positive`,
        negative: sql`rollup_testing_days.negative + excluded.negative`,
        invalid: sql`rollup_testing_days.invalid + excluded.invalid`,
      }),
    )
    .execute()
}

export type TestingDayCounts = TestCell & TestCounts

/** Roll-ups of days, of the areas given, in a fixed order. @param from  first day   @param until  last day */
export const readTestingDays = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: { readonly from: string; readonly until: string },
): Promise<TestingDayCounts[]> =>
  query
    .selectFrom('rollup_testing_days')
    .select([
      'jurisdiction',
      'day',
      'post_id as postId',
      'origin_code as originCode',
      'declared',
      'taken',
      'by_lot as byLot',
      'declined',
      'no_kit as noKit',
      'positive',
      'negative',
      'invalid',
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .orderBy('day')
    .orderBy('jurisdiction')
    .orderBy('post_id')
    .orderBy('origin_code')
    .orderBy('declared')
    .execute()

/** Tests of a day with the result that counts, newest first. */
export const readTests = (
  query: Query,
  jurisdictions: readonly number[],
  { day, isWaiting, limit }: { readonly day: string; readonly isWaiting: boolean; readonly limit: number },
) =>
  query
    .selectFrom('infection_tests as t')
    .leftJoinLateral(
      (lateral) =>
        lateral
          .selectFrom('infection_test_results as r')
          .select(['r.result', 'r.resulted_at as resultedAt'])
          .whereRef('r.jurisdiction', '=', 't.jurisdiction')
          .whereRef('r.test_id', '=', 't.id')
          .orderBy('r.number', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select([
      't.id',
      't.occurred_at as occurredAt',
      't.post_id as postId',
      't.origin_code as originCode',
      't.declared',
      't.offer',
      't.ground',
      't.sample_code as sampleCode',
      'last.result',
      'last.resultedAt',
    ])
    .where('t.jurisdiction', 'in', jurisdictions)
    .where('t.day', '=', day)
    .$if(isWaiting, (waiting) => waiting.where('last.result', 'is', null).where('t.offer', '=', 'taken'))
    .orderBy('t.occurred_at', 'desc')
    .limit(limit)
    .execute()

/** Tests with a result by day and type over all posts of the areas, days in order: what a model learns from. */
export const readResultDays = (query: Query, jurisdictions: readonly number[]) =>
  query
    .selectFrom('rollup_testing_days')
    .select([
      'day',
      'origin_code as originCode',
      'declared',
      sql<number>`sum(positive)::integer`.as('positives'),
      sql<number>`sum(positive + negative)::integer`.as('tests'),
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .groupBy(['day', 'origin_code', 'declared'])
    .having(sql<number>`sum(positive + negative)`, '>', 0)
    .orderBy('day')
    .orderBy('origin_code')
    .orderBy('declared')
    .execute()
