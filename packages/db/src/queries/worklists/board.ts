import { type Kysely, sql } from 'kysely'
import { stands } from '#src/queries/worklists/calls.ts'
import type { StoredList } from '#src/queries/worklists/imports.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** The latest lists that were not undone, and older ones on which somebody is still to be called. */
export const readWorklists = async (
  query: Query,
  { latest, most }: { readonly latest: number; readonly most: number },
): Promise<StoredList[]> => {
  const { rows } = await sql<StoredList>`
    select * from worklists where undone_at is null and (
      id in (select id from worklists where undone_at is null order by occurred_at desc limit ${latest})
      or id in (select distinct list_id from worklist_row_states where state = 'open'))
    order by occurred_at desc limit ${most}`.execute(query)
  return rows
}

export type ListCounts = {
  readonly listId: string
  readonly open: number
  readonly linked: number
  readonly closed: number
  readonly toVisit: number
  readonly noAddress: number
  readonly overdue: number
  readonly called: number
}

export const countRows = async (
  query: Query,
  listIds: readonly string[],
  { overdueBefore, now }: { readonly overdueBefore: Date; readonly now: Date },
): Promise<readonly ListCounts[]> => {
  if (listIds.length === 0) return []
  const { rows } = await sql<ListCounts>`
    select s.list_id as "listId",
      (count(*) filter (where state = 'open'))::integer as open,
      (count(*) filter (where state = 'linked'))::integer as linked,
      (count(*) filter (where state = 'closed'))::integer as closed,
      (count(*) filter (where state = 'to-visit'))::integer as "toVisit",
      (count(*) filter (where state = 'to-visit' and no_address))::integer as "noAddress",
      (count(*) filter (where state = 'open' and (next_at < ${overdueBefore} or l.due_at < ${now})))::integer as overdue,
      (count(*) filter (where attempts > 0))::integer as called
    from worklist_row_states s
    join worklists l on l.jurisdiction = s.jurisdiction and l.occurred_at = s.occurred_at and l.id = s.list_id
    where s.list_id = any(${listIds}::uuid[]) group by s.list_id`.execute(query)
  return rows
}

export const countOpenRejects = async (
  query: Query,
  listIds: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (listIds.length === 0) return new Map()
  const { rows } = await sql<{ listId: string; rows: number }>`
    select list_id as "listId", count(*)::integer as rows from worklist_rejects
    where list_id = any(${listIds}::uuid[]) and mended_at is null group by list_id`.execute(query)
  return new Map(rows.map(({ listId, rows }) => [listId, rows]))
}

export type ClerkCounts = {
  readonly accountId: string
  readonly zh: string
  readonly en: string
  readonly callsToday: number
  readonly closedToday: number
  readonly waiting: number
  readonly overdue: number
  readonly calling: number
}

/** What every clerk of the area has done today and has waiting. */
export const countByClerk = async (
  query: Query,
  roles: readonly string[],
  { now, since, overdueBefore }: { readonly now: Date; readonly since: Date; readonly overdueBefore: Date },
): Promise<readonly ClerkCounts[]> => {
  const { rows } = await sql<ClerkCounts>`
    select a.id as "accountId", a.name_zh as zh, a.name_en as en,
      (select count(*) from worklist_facts f where f.account_id = a.id and f.at >= ${since}
        and f.kind = 'called' and ${stands})::integer as "callsToday",
      (select count(*) from worklist_facts f where f.account_id = a.id and f.at >= ${since}
        and f.outcome in ('reached-healthy', 'left-city')
        and ${stands})::integer as "closedToday",
      (select count(*) from worklist_row_states s where s.assigned_to = a.id and s.state = 'open')::integer as waiting,
      (select count(*) from worklist_row_states s where s.assigned_to = a.id and s.state = 'open'
        and s.next_at < ${overdueBefore})::integer as overdue,
      (select count(*) from worklist_row_states s where s.claimed_by = a.id and s.state = 'open'
        and s.claimed_until > ${now})::integer as calling
    from accounts a where a.role = any(${roles}::text[])
    order by overdue desc, waiting desc, a.login`.execute(query)
  return rows
}

/** Whether somebody of the area may be given call-backs. */
export const isClerk = async (
  query: Query,
  accountId: string,
  roles: readonly string[],
): Promise<boolean> => {
  const found = await query
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .where('role', 'in', roles)
    .executeTakeFirst()
  return found !== undefined
}

export type SeenElsewhere = {
  readonly screenings: number
  readonly lastScreenedAt: Date | null
  readonly rows: number
  readonly outcome: string | null
}

/** What is known by the same phone or document: screenings, and other rows with their latest outcome. */
export const readSeenElsewhere = async (
  query: Query,
  { phones, documents }: { readonly phones: readonly Buffer[]; readonly documents: readonly Buffer[] },
  besides: { readonly listId: string; readonly row: number },
): Promise<SeenElsewhere> => {
  const { rows } = await sql<SeenElsewhere>`
    with seen as (
      select occurred_at from screening_travellers
      where phone_digest = any(${phones}::bytea[]) or document_digest = any(${documents}::bytea[])
    ), other as (
      select s.last_outcome, s.last_at from worklist_rows r
      join worklist_row_states s on s.jurisdiction = r.jurisdiction and s.occurred_at = r.occurred_at
        and s.list_id = r.list_id and s.row_number = r.row_number
      where (r.phone_digest = any(${phones}::bytea[]) or r.document_digest = any(${documents}::bytea[]))
        and not (r.list_id = ${besides.listId} and r.row_number = ${besides.row})
    )
    select (select count(*) from seen)::integer as screenings, (select max(occurred_at) from seen) as "lastScreenedAt",
      (select count(*) from other)::integer as rows,
      (select last_outcome from other where last_outcome is not null order by last_at desc limit 1) as outcome`.execute(
    query,
  )
  return rows[0] ?? { screenings: 0, lastScreenedAt: null, rows: 0, outcome: null }
}
