import { type Kysely, sql } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Worklists of one jurisdiction that were brought on some local days. */
export type ListWindow = { readonly jurisdiction: number; readonly fromDay: string; readonly toDay: string }

/** A row of a worklist with where calling it stands, what it says still sealed. The list stands in place of the screening, the row in place of the seat. */
export type CallSource = PersonKey & {
  readonly day: string
  readonly kind: string
  readonly title: string
  readonly sealed: Buffer | null
  readonly state: string
  readonly attempts: number
  readonly lastOutcome: string | null
  readonly lastAt: Date | null
  readonly nextAt: Date | null
}

const calls = (
  query: Query,
  { jurisdiction, fromDay, toDay }: ListWindow,
  { listIds }: { readonly listIds: readonly string[] },
) => {
  const all = query
    .selectFrom('worklists as l')
    .innerJoin('worklist_rows as r', (join) =>
      join
        .onRef('r.jurisdiction', '=', 'l.jurisdiction')
        .onRef('r.occurred_at', '=', 'l.occurred_at')
        .onRef('r.list_id', '=', 'l.id'),
    )
    .where('l.jurisdiction', '=', jurisdiction)
    .where('l.day', '>=', fromDay)
    .where('l.day', '<=', toDay)
    .where('l.undone_at', 'is', null)
  return listIds.length === 0 ? all : all.where('l.id', 'in', listIds)
}

/** How many rows a list of calls would hold. */
export const countCallSource = async (
  query: Query,
  window: ListWindow,
  filter: { readonly listIds: readonly string[] },
): Promise<number> => {
  const row = await calls(query, window, filter)
    .select(sql<number>`count(*)::integer`.as('rows'))
    .executeTakeFirstOrThrow()
  return row.rows
}

/** The next rows of worklists, in the order of their keys. */
export const readCallSource = (
  query: Query,
  window: ListWindow,
  filter: { readonly listIds: readonly string[] },
  {
    after,
    most,
  }: {
    readonly after: { readonly at: Date; readonly listId: string; readonly row: number } | null
    readonly most: number
  },
): Promise<CallSource[]> => {
  const all = calls(query, window, filter).innerJoin('worklist_row_states as s', (join) =>
    join
      .onRef('s.jurisdiction', '=', 'r.jurisdiction')
      .onRef('s.occurred_at', '=', 'r.occurred_at')
      .onRef('s.list_id', '=', 'r.list_id')
      .onRef('s.row_number', '=', 'r.row_number'),
  )
  const rest =
    after === null
      ? all
      : all.where(
          sql<boolean>`(r.occurred_at, r.list_id, r.row_number) > (${after.at}::timestamptz, ${after.listId}::uuid, ${after.row}::integer)`,
        )
  return rest
    .select([
      'r.jurisdiction',
      'r.occurred_at as occurredAt',
      'r.list_id as screeningId',
      'r.row_number as seat',
      'l.day',
      'l.kind',
      'l.title',
      'r.sealed',
      's.state',
      's.attempts',
      's.last_outcome as lastOutcome',
      's.last_at as lastAt',
      's.next_at as nextAt',
    ])
    .orderBy('r.occurred_at')
    .orderBy('r.list_id')
    .orderBy('r.row_number')
    .limit(most)
    .execute()
}
