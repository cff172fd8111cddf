import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

/** What the installation has decided on for requests of persons, where it has. */
export type SubjectPolicy = { readonly answerDays: number; readonly showReasons: boolean }

export const readSubjectPolicy = (query: Kysely<Tables>): Promise<SubjectPolicy | undefined> =>
  query
    .selectFrom('subject_policy')
    .select(['answer_days as answerDays', 'show_reasons as showReasons'])
    .executeTakeFirst()

export const writeSubjectPolicy = async (query: Kysely<Tables>, policy: SubjectPolicy): Promise<void> => {
  const row = { answer_days: policy.answerDays, show_reasons: policy.showReasons }
  await query
    .insertInto('subject_policy')
    .values(row)
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row))
    .execute()
}
