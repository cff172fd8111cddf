import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type PostBudget = {
  readonly jurisdiction: number
  readonly postId: number
  readonly fromDay: string
  readonly version: number
  readonly tests: number
}

/** The budget that holds on a day, of each post that has one: of the last day before or on it, its last version. */
export const readBudgets = (
  query: Query,
  jurisdictions: readonly number[],
  day: string,
): Promise<PostBudget[]> =>
  query
    .selectFrom('testing_budgets')
    .distinctOn(['jurisdiction', 'post_id'])
    .select(['jurisdiction', 'post_id as postId', 'from_day as fromDay', 'version', 'tests'])
    .where('jurisdiction', 'in', jurisdictions)
    .where('from_day', '<=', day)
    .orderBy('jurisdiction')
    .orderBy('post_id')
    .orderBy('from_day', 'desc')
    .orderBy('version', 'desc')
    .execute()

/** The highest version that a post has on any day; versions of a post ascend through all its days. */
export const readBudgetVersions = (query: Query, jurisdictions: readonly number[]) =>
  query
    .selectFrom('testing_budgets')
    .select(['post_id as postId', sql<number>`max(version)::integer`.as('version')])
    .where('jurisdiction', 'in', jurisdictions)
    .groupBy('post_id')
    .execute()

/** Until commit nobody else changes budgets. */
export const lockBudgets = async (query: Query): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('testing-budgets', 0))`.execute(query)
}

export const insertBudgets = async (
  query: Query,
  budgets: readonly PostBudget[],
  by: { readonly decidedAt: Date; readonly decidedBy: string },
): Promise<void> => {
  await query
    .insertInto('testing_budgets')
    .values(
      budgets.map(({ jurisdiction, postId, fromDay, version, tests }) => ({
        jurisdiction,
        post_id: postId,
        from_day: fromDay,
        version,
        tests,
        decided_at: by.decidedAt,
        decided_by: by.decidedBy,
      })),
    )
    .execute()
}

/** The settings that hold in a response; undefined where nobody has decided. */
export const readTestingSettings = (query: Query, responseId: string) =>
  query
    .selectFrom('testing_settings')
    .select([
      'version',
      'lot_share as lotShare',
      'no_show_share as noShowShare',
      'test_minutes as testMinutes',
      'worth_minutes as worthMinutes',
    ])
    .where('response_id', '=', responseId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

export type StoredSettings = NonNullable<Awaited<ReturnType<typeof readTestingSettings>>>

/** @returns false where the version is there already */
export const insertTestingSettings = async (
  query: Query,
  responseId: string,
  settings: StoredSettings,
  by: { readonly decidedAt: Date; readonly decidedBy: string | null },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('testing_settings')
    .values({
      response_id: responseId,
      version: settings.version,
      lot_share: settings.lotShare,
      no_show_share: settings.noShowShare,
      test_minutes: settings.testMinutes,
      worth_minutes: settings.worthMinutes,
      decided_at: by.decidedAt,
      decided_by: by.decidedBy,
    })
    .onConflict((conflict) => conflict.columns(['response_id', 'version']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
