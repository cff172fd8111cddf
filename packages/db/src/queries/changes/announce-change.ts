import { type Kysely, sql } from 'kysely'
import { changesChannel } from '#src/queries/changes/announce.ts'
import type { Tables } from '#src/rows/tables.ts'

type Change = { readonly at: Date; readonly jurisdiction: number; readonly payload: object }

/**
 * Puts a change into the feed in the commit of what changed, and wakes nobody: for what comes often and may be seen a second
 * later, when the feed is looked at anyway.
 */
export const noteChange = async (query: Kysely<Tables>, change: Change): Promise<void> => {
  await query
    .insertInto('outbox')
    .values({ at: change.at, jurisdiction: change.jurisdiction, payload: JSON.stringify(change.payload) })
    .execute()
}

/**
 * Puts a change into the feed in the commit of what changed, for what is rare: a notification inside a transaction waits
 * for its turn, which the hot path cannot.
 */
export const announceChange = async (query: Kysely<Tables>, change: Change): Promise<void> => {
  await noteChange(query, change)
  await sql`select pg_notify(${changesChannel}, '')`.execute(query)
}
