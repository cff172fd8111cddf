import { type Kysely, type Selectable, sql } from 'kysely'
import type { ListKey } from '#src/queries/worklists/imports.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type RowKey = ListKey & { readonly row: number }
export type StoredRowState = Selectable<Tables['worklist_row_states']>
export type StoredCallFact = Selectable<Tables['worklist_facts']>

const stateOf = (query: Query, { listId, row, occurredAt }: Omit<RowKey, 'jurisdiction'>) =>
  query
    .selectFrom('worklist_row_states')
    .selectAll()
    .where('occurred_at', '=', occurredAt)
    .where('list_id', '=', listId)
    .where('row_number', '=', row)

/** Where a row stands, held until the transaction ends. */
export const lockRow = (
  query: Query,
  key: Omit<RowKey, 'jurisdiction'>,
): Promise<StoredRowState | undefined> => stateOf(query, key).forUpdate().executeTakeFirst()

/**
 * The next row to be called: what the clerk holds already, then own call-backs that are due, then others’ that are nobody’s
 * and due, then who was never called and stands on a list with a deadline, then all others who were not. Rows that another clerk is just taking are passed over, so that two never get one.
 */
export const lockNextRow = async (
  query: Query,
  {
    accountId,
    now,
    listId,
  }: { readonly accountId: string; readonly now: Date; readonly listId?: string | undefined },
): Promise<StoredRowState | undefined> => {
  const within = listId === undefined ? sql`` : sql`and list_id = ${listId}`
  const steps = [
    sql`claimed_by = ${accountId} and claimed_until > ${now} order by next_at nulls last, occurred_at, row_number`,
    sql`assigned_to = ${accountId} and next_at <= ${now} order by next_at, occurred_at, row_number`,
    sql`assigned_to is null and next_at <= ${now} and (claimed_until is null or claimed_until <= ${now})
      order by next_at, occurred_at, row_number`,
    sql`next_at is null and assigned_to is null and (claimed_until is null or claimed_until <= ${now})
      and list_id in (select id from worklists where due_at is not null and undone_at is null)
      order by occurred_at, list_id, row_number`,
    sql`next_at is null and (assigned_to is null or assigned_to = ${accountId})
      and (claimed_until is null or claimed_until <= ${now}) order by occurred_at, list_id, row_number`,
  ]
  for (const step of steps) {
    const { rows } = await sql<StoredRowState>`
      select * from worklist_row_states where state = 'open' ${within} and ${step}
      limit 1 for update skip locked`.execute(query)
    if (rows[0] !== undefined) return rows[0]
  }
  return undefined
}

type StateKey = Pick<StoredRowState, 'jurisdiction' | 'occurred_at' | 'list_id' | 'row_number'>

export const updateRowState = async (
  query: Query,
  key: StateKey,
  change: Partial<Omit<StoredRowState, keyof StateKey>>,
): Promise<void> => {
  await query
    .updateTable('worklist_row_states')
    .set(change)
    .where('jurisdiction', '=', key.jurisdiction)
    .where('occurred_at', '=', key.occurred_at)
    .where('list_id', '=', key.list_id)
    .where('row_number', '=', key.row_number)
    .execute()
}

export type StoredRow = Selectable<Tables['worklist_rows']>

export const findRow = (query: Query, key: StateKey): Promise<StoredRow | undefined> =>
  query
    .selectFrom('worklist_rows')
    .selectAll()
    .where('jurisdiction', '=', key.jurisdiction)
    .where('occurred_at', '=', key.occurred_at)
    .where('list_id', '=', key.list_id)
    .where('row_number', '=', key.row_number)
    .executeTakeFirst()

/** Facts of a row, oldest first. */
export const readCallFacts = (query: Query, key: StateKey): Promise<StoredCallFact[]> =>
  query
    .selectFrom('worklist_facts')
    .selectAll()
    .where('jurisdiction', '=', key.jurisdiction)
    .where('occurred_at', '=', key.occurred_at)
    .where('list_id', '=', key.list_id)
    .where('row_number', '=', key.row_number)
    .orderBy('at')
    .orderBy('id')
    .execute()

/** @returns false where the id is there already */
export const insertCallFact = async (query: Query, fact: StoredCallFact): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('worklist_facts')
    .values(fact)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export type QueuedRow = StoredRowState & { readonly title: string; readonly kind: string }

/** Call-backs of a clerk and what they hold, by when they are due. */
export const readOwnQueue = async (
  query: Query,
  accountId: string,
  now: Date,
  most: number,
): Promise<readonly QueuedRow[]> => {
  const { rows } = await sql<QueuedRow>`
    select s.*, l.title, l.kind from worklist_row_states s
    join worklists l on l.jurisdiction = s.jurisdiction and l.occurred_at = s.occurred_at and l.id = s.list_id
    where s.state = 'open' and (s.assigned_to = ${accountId} and s.next_at is not null
      or s.claimed_by = ${accountId} and s.claimed_until > ${now})
    order by s.next_at nulls first, s.occurred_at, s.row_number limit ${most}`.execute(query)
  return rows
}

/** Of a fact `f`: nobody took it back. */
export const stands = sql<boolean>`not exists (select from worklist_facts t
  where t.jurisdiction = f.jurisdiction and t.occurred_at = f.occurred_at and t.list_id = f.list_id
    and t.row_number = f.row_number and t.takes_back = f.id)`

/** The latest call of an account since an instant that nobody took back. */
export const readLastCall = async (
  query: Query,
  accountId: string,
  since: Date,
): Promise<StoredCallFact | undefined> => {
  const { rows } = await sql<StoredCallFact>`
    select f.* from worklist_facts f where f.account_id = ${accountId} and f.at >= ${since} and f.kind = 'called'
      and ${stands} order by f.at desc, f.id desc limit 1`.execute(query)
  return rows[0]
}

/** Rows that anybody could call now, and calls of an account since an instant. */
export const countReady = async (
  query: Query,
  accountId: string,
  { now, since }: { readonly now: Date; readonly since: Date },
): Promise<{ readonly ready: number; readonly callsToday: number }> => {
  const { rows } = await sql<{ ready: number; callsToday: number }>`
    select (select count(*) from worklist_row_states where state = 'open' and (claimed_until is null or claimed_until <= ${now})
        and (next_at is null and assigned_to is null or next_at <= ${now}
          and (assigned_to is null or assigned_to = ${accountId})))::integer as ready,
      (select count(*) from worklist_facts f where f.account_id = ${accountId} and f.at >= ${since}
        and f.kind = 'called' and ${stands})::integer as "callsToday"`.execute(query)
  return rows[0] ?? { ready: 0, callsToday: 0 }
}

/** Gives the call-backs of one clerk to another one, or to everybody; not what is being called now. */
export const moveCalls = async (
  query: Query,
  { from, to, now }: { readonly from: string; readonly to: string | null; readonly now: Date },
): Promise<number> => {
  const { numUpdatedRows } = await query
    .updateTable('worklist_row_states')
    .set({ assigned_to: to })
    .where('state', '=', 'open')
    .where('assigned_to', '=', from)
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Rows that looked like others become rows of their own. */
export const separateLinked = async (
  query: Query,
  { jurisdiction, occurredAt, listId }: ListKey,
): Promise<number> => {
  const { numUpdatedRows } = await query
    .updateTable('worklist_row_states')
    .set({ state: 'open' })
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('list_id', '=', listId)
    .where('state', '=', 'linked')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
