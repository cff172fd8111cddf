import type { Listed } from '@guankou/contract/matching/listed.ts'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A stay as it was said, without what it rests on. */
export type NamedStay = { readonly areaCode: number; readonly leftOn: string }

/** People whom the rules cannot tell apart, at one post on one day. */
export type AlikePeople = {
  readonly jurisdiction: number
  readonly day: string
  readonly postId: number
  readonly originCode: number
  readonly fever: string
  readonly contactWithCase: boolean
  readonly symptomCount: number
  readonly stays: readonly NamedStay[]
  readonly listed: readonly Pick<Listed, 'reason' | 'confirmed'>[]
  readonly people: number
}

/**
 * Everyone screened under a response on the days, counted by what the rules look at. No identity is read.
 * @param window  instants that hold the days, so that other partitions are passed over
 */
export const readAlikePeople = async (
  query: Query,
  jurisdictions: readonly number[],
  window: {
    readonly responseId: string
    readonly fromDay: string
    readonly untilDay: string
    readonly from: Date
    readonly until: Date
  },
): Promise<AlikePeople[]> => {
  const { rows } = await sql<AlikePeople>`
    select s.jurisdiction, s.day, s.post_id as "postId", t.origin_code as "originCode", t.fever,
      t.contact_with_case as "contactWithCase", cardinality(t.symptoms) as "symptomCount", t.exposures as stays,
      coalesce(t.listed, '[]') as listed, count(*)::integer as people
    from screenings s
    join screening_travellers t
      on t.jurisdiction = s.jurisdiction and t.occurred_at = s.occurred_at and t.screening_id = s.id
    where s.jurisdiction = any (${jurisdictions}::integer[])
      and s.occurred_at >= ${window.from} and s.occurred_at < ${window.until}
      and t.occurred_at >= ${window.from} and t.occurred_at < ${window.until}
      and s.day between ${window.fromDay}::date and ${window.untilDay}::date
      and s.response_id = ${window.responseId}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9`.execute(query)
  return rows
}
