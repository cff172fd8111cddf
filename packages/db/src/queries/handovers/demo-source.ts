import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type ReferredScreening = {
  readonly jurisdiction: number
  readonly occurredAt: Date
  readonly screeningId: string
  readonly postId: number
  readonly responseId: string
  /** Of those who were referred. */
  readonly seats: readonly number[]
  /** Of everybody else aboard. */
  readonly others: readonly number[]
}

/** Screenings since a time with somebody referred whom nobody has handed over yet, newest first: what a demo goes on with. */
export const readReferredScreenings = async (
  query: Query,
  jurisdictions: readonly number[],
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<ReferredScreening[]> => {
  const { rows } = await sql<ReferredScreening>`
    select s.jurisdiction, s.occurred_at as "occurredAt", s.id as "screeningId", s.post_id as "postId",
      s.response_id as "responseId",
      array_agg(t.seat order by t.seat) filter (where t.disposition = 'referred') as seats,
      coalesce(array_agg(t.seat order by t.seat) filter (where t.disposition <> 'referred'), '{}') as others
    from screenings s
    join screening_travellers t
      on t.jurisdiction = s.jurisdiction and t.occurred_at = s.occurred_at and t.screening_id = s.id
    where s.jurisdiction in (${sql.join(jurisdictions)}) and s.occurred_at >= ${since} and t.occurred_at >= ${since}
      and s.disposition = 'referred'
      and not exists (select from handovers h where h.jurisdiction = s.jurisdiction and h.occurred_at >= s.occurred_at
        and h.screening_id = s.id)
    group by 1, 2, 3, 4, 5
    order by s.occurred_at desc, s.id limit ${limit}`.execute(query)
  return rows
}
