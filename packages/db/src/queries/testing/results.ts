import { type Kysely, sql } from 'kysely'
import type { TestCell } from '#src/queries/testing/tests.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type ResultWord = 'positive' | 'negative' | 'invalid'

/** A sample that somebody has a result of, with the result that counts so far. */
export type Sampled = TestCell & {
  readonly id: string
  readonly occurredAt: Date
  readonly results: number
  readonly result: ResultWord | null
  readonly resultedAt: Date | null
}

/**
 * The tests that sample codes belong to, among the areas given. Locked until commit, so that two results that arrive at
 * once are added one after the other.
 */
export const lockSamples = async (
  query: Query,
  jurisdictions: readonly number[],
  sampleCodes: readonly string[],
): Promise<ReadonlyMap<string, Sampled>> => {
  if (sampleCodes.length === 0) return new Map()
  await sql`select pg_advisory_xact_lock(hashtextextended('infection-test-results', 0))`.execute(query)
  const rows = await query
    .selectFrom('infection_tests as t')
    .leftJoinLateral(
      (lateral) =>
        lateral
          .selectFrom('infection_test_results as r')
          .select(['r.number', 'r.result', 'r.resulted_at as resultedAt'])
          .whereRef('r.jurisdiction', '=', 't.jurisdiction')
          .whereRef('r.test_id', '=', 't.id')
          .orderBy('r.number', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select([
      't.jurisdiction',
      't.id',
      't.occurred_at as occurredAt',
      't.day',
      't.post_id as postId',
      't.origin_code as originCode',
      't.declared',
      't.sample_code as sampleCode',
      'last.number',
      'last.result',
      'last.resultedAt',
    ])
    .where('t.jurisdiction', 'in', jurisdictions)
    .where('t.offer', '=', 'taken')
    .where('t.sample_code', 'in', sampleCodes)
    .execute()
  return new Map(
    rows.map(({ sampleCode, number, result, ...rest }) => [
      sampleCode ?? '',
      { ...rest, results: number ?? 0, result: result as ResultWord | null },
    ]),
  )
}

export type NewResult = {
  readonly sample: Sampled
  readonly result: ResultWord
  readonly resultedAt: Date
  readonly recordedAt: Date
  readonly accountId: string
  readonly via: 'entry' | 'file'
}

export const insertResult = async (query: Query, added: NewResult): Promise<void> => {
  const { sample, result, resultedAt, recordedAt, accountId, via } = added
  await query
    .insertInto('infection_test_results')
    .values({
      jurisdiction: sample.jurisdiction,
      test_id: sample.id,
      number: sample.results + 1,
      day: sample.day,
      result,
      resulted_at: resultedAt,
      recorded_at: recordedAt,
      account_id: accountId,
      via,
    })
    .execute()
}
