import { type Kysely, sql } from 'kysely'
import { changesChannel } from '#src/queries/changes/announce.ts'
import type { Tables } from '#src/rows/tables.ts'

/**
 * Puts a change into the feed in the commit of what changed, for what is rare: a notification inside a transaction waits
 * for its turn, which the hot path cannot.
 */
export const announceChange = async (
  query: Kysely<Tables>,
  change: { readonly at: Date; readonly jurisdiction: number; readonly payload: object },
): Promise<void> => {
  await query
    .insertInto('outbox')
    .values({ at: change.at, jurisdiction: change.jurisdiction, payload: JSON.stringify(change.payload) })
    .execute()
  await sql`select pg_notify(${changesChannel}, '')`.execute(query)
}
