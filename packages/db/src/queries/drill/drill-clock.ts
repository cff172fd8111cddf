import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Where the clock of a drill was left. */
export type LeftClock = { readonly id: string; readonly shownAtMs: number; readonly speed: number }

/** The clock of the drill in this schema, or nothing where none was begun. */
export const readDrillClock = async (query: Query): Promise<LeftClock | undefined> => {
  const row = await query.selectFrom('drill_clock').selectAll().executeTakeFirst()
  return row && { id: row.id, shownAtMs: row.shown_at.getTime(), speed: row.speed }
}

/** Keeps where the clock stands and how fast it goes. */
export const keepDrillClock = async (query: Query, clock: LeftClock): Promise<void> => {
  const row = { id: clock.id, shown_at: new Date(clock.shownAtMs), speed: clock.speed }
  await query
    .insertInto('drill_clock')
    .values({ only_row: true, ...row })
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row))
    .execute()
}
