import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** An area at risk of one of the two versions, on the scale of nine digits. */
export type RiskSpan = {
  readonly first: number
  readonly last: number
  readonly from: string
  readonly until: string | null
  /** Of the exposure that it gives. */
  readonly rank: number
  /** Days that an exposure counts in this version. */
  readonly windowDays: number
  readonly isAfter: boolean
}

/** A finding that the version after treats more strictly; exposures by rank. */
export type StricterRow = {
  readonly fever: string
  readonly symptomCount: number
  /** Signature of the lists that somebody stood on. */
  readonly listed: string
  readonly before: number
  readonly after: number
  readonly from: string
  readonly to: string
}

export type Selection = {
  readonly runId: string
  readonly jurisdictions: readonly number[]
  readonly responseId: string
  readonly version: number
  readonly fromDay: string
  readonly untilDay: string
  /** Instants that hold the days, so that other partitions are passed over. */
  readonly from: Date
  readonly until: Date
  readonly contactRank: number
  readonly mostSymptoms: number
  readonly spans: readonly RiskSpan[]
  readonly findings: readonly StricterRow[]
}

/** Whose records are looked through. */
export type SelectionScope = Pick<
  Selection,
  'jurisdictions' | 'responseId' | 'from' | 'until' | 'fromDay' | 'untilDay'
>

const onFile = ({ jurisdictions, responseId, from, until, fromDay, untilDay }: SelectionScope) => sql`
    from screenings s
    join screening_travellers t
      on t.jurisdiction = s.jurisdiction and t.occurred_at = s.occurred_at and t.screening_id = s.id
    where s.jurisdiction = any (${jurisdictions}::integer[])
      and s.occurred_at >= ${from} and s.occurred_at < ${until}
      and t.occurred_at >= ${from} and t.occurred_at < ${until}
      and s.day between ${fromDay}::date and ${untilDay}::date
      and s.response_id = ${responseId}`

const spanRows = ({ spans }: Selection) => sql`
  select * from unnest(
    ${spans.map(({ first }) => first)}::integer[], ${spans.map(({ last }) => last)}::integer[],
    ${spans.map(({ from }) => from)}::text[], ${spans.map(({ until }) => until)}::text[],
    ${spans.map(({ rank }) => rank)}::integer[], ${spans.map(({ windowDays }) => windowDays)}::integer[],
    ${spans.map(({ isAfter }) => isAfter)}::boolean[]
  ) as a (first, last, since, until, rank, window_days, is_after)`

const findingRows = ({ findings }: Selection) => sql`
  select * from unnest(
    ${findings.map(({ fever }) => fever)}::text[], ${findings.map(({ symptomCount }) => symptomCount)}::integer[],
    ${findings.map(({ before }) => before)}::integer[], ${findings.map(({ after }) => after)}::integer[],
    ${findings.map(({ from }) => from)}::text[], ${findings.map(({ to }) => to)}::text[],
    ${findings.map(({ listed }) => listed)}::text[]
  ) as f (fever, symptoms, was, now_is, from_disposition, to_disposition, listed)`

/** The signature of the lists that a traveller `t` stood on, as the domain writes it. */
const signature = sql`case when t.listed is null then '' else coalesce((
  select string_agg(reason, ',' order by reason) from (
    select distinct ((l ->> 'reason') || case when (l ->> 'confirmed')::boolean then '!' else '' end) collate "C" as reason
    from jsonb_array_elements(t.listed) as l
  ) reasons), '') end`

const spanKey = ({ first, last, from, until, rank }: RiskSpan): string =>
  [first, last, from, until ?? '', rank].join(' ')

/**
 * Who can be treated otherwise at all, told before anything is computed of them. Where the rules are the same in both
 * versions, and areas alone differ, that is who stayed in an area that came or went: out of a million, a few thousand.
 */
const mayDiffer = ({ spans, findings }: Selection) => {
  const isExposureAlone = findings.every(({ before, after }) => before !== after)
  if (!isExposureAlone) return sql`true`
  if (new Set(spans.map(({ windowDays }) => windowDays)).size > 1)
    return sql`not t.contact_with_case and t.exposures <> '[]'::jsonb`
  const keys = new Map(
    [false, true].map((side) => [
      side,
      new Set(spans.filter(({ isAfter }) => isAfter === side).map(spanKey)),
    ]),
  )
  const changed = spans.filter((span) => keys.get(!span.isAfter)?.has(spanKey(span)) !== true)
  return sql`not t.contact_with_case and t.exposures <> '[]'::jsonb and exists (
    select from jsonb_array_elements(t.exposures) as stay,
      unnest(${changed.map(({ first }) => first)}::integer[], ${changed.map(({ last }) => last)}::integer[]) as c (first, last)
    where (case when (stay ->> 'areaCode')::integer > 999999 then (stay ->> 'areaCode')::integer
      else (stay ->> 'areaCode')::integer * 1000 end) between c.first and c.last)`
}

/**
 * Days are compared as texts of the form 2020-01-23, which order as the days do: a day that a record names and no calendar
 * knows must not stop the pass over everybody else.
 */
const levels = sql`
  select max(a.rank) filter (where not a.is_after) as was, max(a.rank) filter (where a.is_after) as now_is
  from (
    select case when code > 999999 then code else code * 1000 end as code, left_on from (
      select (stay ->> 'areaCode')::integer as code, (stay ->> 'leftOn') collate "C" as left_on
      from jsonb_array_elements(p.exposures) as stay
    ) named
  ) e
  join areas a on e.code between a.first and a.last and e.left_on >= a.since collate "C"
    and least(e.left_on, coalesce(a.until, e.left_on) collate "C")
      between (to_char(p.day - a.window_days, 'YYYY-MM-DD') collate "C") and (to_char(p.day, 'YYYY-MM-DD') collate "C")`

/**
 * Selects everyone on file whom the version after treats more strictly and who is on no list of it yet, in one statement:
 * those with a phone first, so that who was seen with and without one is called.
 * @returns people selected
 */
export const selectPeople = async (query: Query, selection: Selection): Promise<number> => {
  const { runId, responseId, version, contactRank, mostSymptoms } = selection
  const { numAffectedRows } = await sql`
    with areas as materialized (${spanRows(selection)}),
    findings as materialized (${findingRows(selection)}),
    people as (
      select t.jurisdiction, t.occurred_at, t.screening_id, t.seat, t.fever, t.contact_with_case, t.exposures, s.day,
        least(cardinality(t.symptoms), ${mostSymptoms}) as symptoms, t.phone_sealed is not null as has_phone,
        ${signature} as listed
      ${onFile(selection)} and ${mayDiffer(selection)}
    ),
    judged as (
      select p.jurisdiction, p.occurred_at, p.screening_id, p.seat, p.has_phone, f.from_disposition, f.to_disposition
      from people p
      left join lateral (${levels}) e on not p.contact_with_case and p.exposures <> '[]'::jsonb
      join findings f on f.fever = p.fever and f.symptoms = p.symptoms and f.listed = p.listed
        and f.was = case when p.contact_with_case then ${contactRank}::integer else coalesce(e.was, 0) end
        and f.now_is = case when p.contact_with_case then ${contactRank}::integer else coalesce(e.now_is, 0) end
    )
    insert into rescreen_people (jurisdiction, occurred_at, screening_id, seat, run_id, position, disposition_before,
      disposition_after)
    select j.jurisdiction, j.occurred_at, j.screening_id, j.seat, ${runId}::uuid,
      row_number() over (order by j.has_phone desc, j.jurisdiction, j.occurred_at desc, j.screening_id, j.seat),
      j.from_disposition, j.to_disposition
    from judged j
    where not exists (
      select from rescreen_people k join rescreen_runs r on r.id = k.run_id
      where k.jurisdiction = j.jurisdiction and k.occurred_at = j.occurred_at and k.screening_id = j.screening_id
        and k.seat = j.seat and k.became in ('listed', 'linked')
        and r.response_id = ${responseId} and r.version = ${version})`.execute(query)
  return Number(numAffectedRows ?? 0n)
}

/** Signatures of the lists that anybody on file stood on; that of none among them. */
export const readSignatures = async (query: Query, scope: SelectionScope): Promise<readonly string[]> => {
  const { rows } = await sql<{ listed: string }>`
    select distinct ${signature} as listed ${onFile(scope)} and t.listed is not null`.execute(query)
  return [...new Set(['', ...rows.map(({ listed }) => listed)])]
}

/** An area that the version adds, in which a journey may have begun. */
export type AddedSpan = Pick<RiskSpan, 'first' | 'last' | 'from' | 'until'>

/** Everyone that was looked through; and of them those whose journey began in an added area and who named no stay. */
export const countOnFile = async (
  query: Query,
  selection: Selection,
  added: readonly AddedSpan[],
): Promise<{ readonly onFile: number; readonly notAsked: number }> => {
  const { rows } = await sql<{ onFile: number; notAsked: number }>`
    select count(*)::integer as "onFile",
      (count(*) filter (where t.exposures = '[]'::jsonb and exists (
        select from unnest(
          ${added.map(({ first }) => first)}::integer[], ${added.map(({ last }) => last)}::integer[],
          ${added.map(({ from }) => from)}::text[], ${added.map(({ until }) => until)}::text[]
        ) as a (first, last, since, until)
        where t.origin_code * 1000 between a.first and a.last
          and to_char(s.day, 'YYYY-MM-DD') between a.since and coalesce(a.until, '9999-12-31'))))::integer as "notAsked"
    ${onFile(selection)}`.execute(query)
  return rows[0] ?? { onFile: 0, notAsked: 0 }
}
