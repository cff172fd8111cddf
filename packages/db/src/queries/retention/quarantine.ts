import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>
type LastDay = { readonly jurisdiction: number; readonly day: string }

/** Removes what names anybody in the episodes whose last day it was. @returns rows that are gone */
export const deleteQuarantineSeals = async (
  query: Query,
  { jurisdiction, day }: LastDay,
): Promise<number> => {
  // By these a door that carries the id of its episode is known again.
  await sql`
    delete from household_digests where jurisdiction = ${jurisdiction} and fact_id in (
      select id from quarantines where jurisdiction = ${jurisdiction} and kept_day = ${day})`.execute(query)
  const { numDeletedRows } = await query
    .deleteFrom('quarantine_seals')
    .where('jurisdiction', '=', jurisdiction)
    .where('kept_day', '=', day)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Removes the episodes whose last day it was, with all that followed. @returns rows that are gone */
export const deleteQuarantines = async (query: Query, { jurisdiction, day }: LastDay): Promise<number> => {
  let total = await deleteQuarantineSeals(query, { jurisdiction, day })
  for (const table of [
    'quarantine_accesses',
    'quarantine_seals',
    'quarantine_facts',
    'quarantine_doors',
  ] as const) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where jurisdiction = ${jurisdiction} and (occurred_at, quarantine_id) in (
        select occurred_at, id from quarantines where jurisdiction = ${jurisdiction} and kept_day = ${day})`.execute(
      query,
    )
    total += Number(numAffectedRows ?? 0n)
  }
  const { numDeletedRows } = await query
    .deleteFrom('quarantines')
    .where('jurisdiction', '=', jurisdiction)
    .where('kept_day', '=', day)
    .executeTakeFirst()
  return total + Number(numDeletedRows)
}
