import { type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type StoredForm = Selectable<Tables['paper_forms']>
/** `occurredAt` is when the local day of the form began. */
export type FormKey = { readonly jurisdiction: number; readonly occurredAt: Date; readonly id: string }

const keyed = ({ jurisdiction, occurred_at, id }: Pick<StoredForm, 'jurisdiction' | 'occurred_at' | 'id'>) =>
  sql<boolean>`jurisdiction = ${jurisdiction} and occurred_at = ${occurred_at} and id = ${id}`

/** Forms of a post and day are counted and added one after the other until commit. */
export const lockBacklog = async (query: Query, jurisdiction: number, day: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`paper ${jurisdiction} ${day}`}, 0))`.execute(
    query,
  )
}

/** One form by its id, wherever its day. @param lock  nobody else changes it until commit */
export const findForm = (
  query: Query,
  jurisdiction: number,
  id: string,
  lock = false,
): Promise<StoredForm | undefined> => {
  const one = query
    .selectFrom('paper_forms')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
  return (lock ? one.forUpdate() : one).executeTakeFirst()
}

export const insertForm = async (query: Query, form: StoredForm): Promise<void> => {
  await query.insertInto('paper_forms').values(form).execute()
}

export const updateForm = async (
  query: Query,
  form: Pick<StoredForm, 'jurisdiction' | 'occurred_at' | 'id'>,
  change: Partial<StoredForm>,
): Promise<void> => {
  await query.updateTable('paper_forms').set(change).where(keyed(form)).execute()
}

/** Forms of a post and day, as they were keyed. */
export const readForms = (
  query: Query,
  {
    jurisdiction,
    day,
    postId,
  }: { readonly jurisdiction: number; readonly day: string; readonly postId: number },
): Promise<StoredForm[]> =>
  query
    .selectFrom('paper_forms')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('day', '=', day)
    .where('post_id', '=', postId)
    .orderBy('kept_at')
    .orderBy('id')
    .execute()

export type BacklogCounts = {
  readonly jurisdiction: number
  readonly postId: number
  readonly day: string
  readonly kept: number
  readonly rejected: number
  readonly recorded: number
}

const counted = (state: string) => sql<number>`(count(*) filter (where state = ${state}))::integer`

/** Posts and days with forms, those that wait first, newest day first. */
export const readBacklog = (
  query: Query,
  jurisdictions: readonly number[],
  most: number,
): Promise<BacklogCounts[]> =>
  jurisdictions.length === 0
    ? Promise.resolve([])
    : query
        .selectFrom('paper_forms')
        .select([
          'jurisdiction',
          'post_id as postId',
          'day',
          counted('kept').as('kept'),
          counted('rejected').as('rejected'),
          counted('recorded').as('recorded'),
        ])
        .where('jurisdiction', 'in', jurisdictions)
        .groupBy(['jurisdiction', 'post_id', 'day'])
        .orderBy(sql`count(*) filter (where state in ('kept', 'rejected')) = 0`)
        .orderBy('day', 'desc')
        .orderBy('post_id')
        .limit(most)
        .execute()
