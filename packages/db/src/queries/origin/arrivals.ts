import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** First and last local day. */
export type DayRange = { readonly from: string; readonly until: string }

export type ArrivalCount = {
  readonly jurisdiction: number
  readonly day: string
  readonly originCode: number
  readonly travellers: number
  readonly febrile: number
}

/** People by origin, day and district. */
export const readArrivals = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: DayRange,
): Promise<ArrivalCount[]> =>
  query
    .selectFrom('rollup_origin_days')
    .select(['day', 'jurisdiction', 'origin_code as originCode', 'travellers', 'febrile'])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .execute()

export type PostOriginCount = {
  readonly jurisdiction: number
  readonly day: string
  readonly postId: number
  readonly originCode: number
  readonly travellers: number
  readonly feverConfirmed: number
}

/** People by origin, day and post. */
export const readPostOrigins = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: DayRange,
): Promise<PostOriginCount[]> =>
  query
    .selectFrom('rollup_post_origin_days')
    .select([
      'jurisdiction',
      'day',
      'post_id as postId',
      'origin_code as originCode',
      'travellers',
      'fever_confirmed as feverConfirmed',
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .execute()

export type FindingCount = {
  readonly originCode: number
  readonly screened: number
  readonly feverConfirmed: number
}

/** People and confirmed fevers by origin, over all days and posts together. */
export const readFindings = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: DayRange,
): Promise<FindingCount[]> =>
  query
    .selectFrom('rollup_post_origin_days')
    .select([
      'origin_code as originCode',
      sql<number>`sum(travellers)::integer`.as('screened'),
      sql<number>`sum(fever_confirmed)::integer`.as('feverConfirmed'),
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .groupBy('origin_code')
    .execute()

export type DeclaredCount = {
  readonly jurisdiction: number
  readonly day: string
  readonly originCode: number
  readonly declaredCode: number
  readonly travellers: number
}

/** People by origin, day and area that they said they stayed in. */
export const readDeclared = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: DayRange,
): Promise<DeclaredCount[]> =>
  query
    .selectFrom('rollup_declared_days')
    .select([
      'jurisdiction',
      'day',
      'origin_code as originCode',
      'declared_code as declaredCode',
      'travellers',
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .execute()

/**
 * Names the counts of arrivals of each day, so that a late record is noticed: a sum of digests, in which the order of rows
 * plays no part.
 */
export const readArrivalMarks = async (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: DayRange,
): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql<{ day: string; mark: string }>`
    select day, sum(hashtextextended(line, 0)::numeric)::text as mark from (
      select day, jurisdiction || ' ' || origin_code || ' ' || declared_code || ' ' || travellers as line
      from rollup_declared_days
      where jurisdiction = any (${jurisdictions}::integer[]) and day between ${from}::date and ${until}::date
      union all
      select day, jurisdiction || ' ' || origin_code || ' - ' || travellers
      from rollup_origin_days
      where jurisdiction = any (${jurisdictions}::integer[]) and day between ${from}::date and ${until}::date
    ) lines
    group by day`.execute(query)
  return new Map(rows.map(({ day, mark }) => [day, mark]))
}

/** First and last day that anybody arrived on, or undefined where nobody did. */
export const readArrivalDays = async (
  query: Query,
  jurisdictions: readonly number[],
): Promise<DayRange | undefined> => {
  const row = await query
    .selectFrom('rollup_origin_days')
    .select((eb) => [eb.fn.min('day').as('from'), eb.fn.max('day').as('until')])
    .where('jurisdiction', 'in', jurisdictions)
    .executeTakeFirst()
  return row?.from && row.until ? { from: row.from, until: row.until } : undefined
}
