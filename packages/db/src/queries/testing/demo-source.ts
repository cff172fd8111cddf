import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type ScreenedPerson = {
  readonly jurisdiction: number
  readonly occurredAt: Date
  readonly screeningId: string
  readonly seat: number
  readonly postId: number
  readonly originCode: number
  readonly declared: boolean
  readonly isFebrile: boolean
}

/** People screened after an instant and until another, oldest first: whom the phones of a demo might ask for a test. */
export const readScreenedPeople = async (
  query: Query,
  jurisdictions: readonly number[],
  { after, until, limit }: { readonly after: Date; readonly until: Date; readonly limit: number },
): Promise<ScreenedPerson[]> => {
  const { rows } = await sql<ScreenedPerson>`
    select t.jurisdiction, t.occurred_at as "occurredAt", t.screening_id as "screeningId", t.seat, s.post_id as "postId",
      t.origin_code as "originCode", t.exposure <> 'none' as declared, t.fever <> 'none' as "isFebrile"
    from screening_travellers t
    join screenings s on s.jurisdiction = t.jurisdiction and s.occurred_at = t.occurred_at and s.id = t.screening_id
    where t.jurisdiction in (${sql.join(jurisdictions)}) and t.occurred_at > ${after} and t.occurred_at <= ${until}
      and s.occurred_at > ${after} and s.occurred_at <= ${until}
    order by t.occurred_at, t.screening_id, t.seat limit ${limit}`.execute(query)
  return rows
}

/**
 * Samples that have no result, oldest first, with whether the screening found a fever.
 * @param sampleAfterMs  how long after the screening samples are taken
 */
export const readWaitingSamples = (
  query: Query,
  jurisdictions: readonly number[],
  {
    before,
    limit,
    sampleAfterMs,
  }: { readonly before: Date; readonly limit: number; readonly sampleAfterMs: number },
) =>
  query
    .selectFrom('infection_tests as t')
    .leftJoin('screening_travellers as p', (join) =>
      join
        .onRef('p.jurisdiction', '=', 't.jurisdiction')
        .onRef('p.screening_id', '=', 't.screening_id')
        .onRef('p.seat', '=', 't.seat')
        .on('p.occurred_at', '=', sql<Date>`t.occurred_at - make_interval(secs => ${sampleAfterMs / 1_000})`),
    )
    .select(sql<boolean>`coalesce(p.fever <> 'none', false)`.as('isFebrile'))
    .select([
      't.jurisdiction',
      't.screening_id as screeningId',
      't.seat',
      't.origin_code as originCode',
      't.declared',
      't.ground',
      't.sample_code as sampleCode',
      't.occurred_at as occurredAt',
    ])
    .where('t.jurisdiction', 'in', jurisdictions)
    .where('t.offer', '=', 'taken')
    .where('t.sample_code', 'is not', null)
    .where('t.occurred_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('infection_test_results as r')
            .select('r.number')
            .whereRef('r.jurisdiction', '=', 't.jurisdiction')
            .whereRef('r.test_id', '=', 't.id'),
        ),
      ),
    )
    .orderBy('t.occurred_at')
    .limit(limit)
    .execute()

/** The screening that was last asked for a test of, or null. */
export const readLastTestAt = async (query: Query): Promise<Date | null> =>
  (
    await query
      .selectFrom('infection_tests')
      .select(sql<Date | null>`max(occurred_at)`.as('at'))
      .executeTakeFirst()
  )?.at ?? null
