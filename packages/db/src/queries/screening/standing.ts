import { type RawBuilder, sql } from 'kysely'

/** Whether an override `o` counts: it asks for no second person, or one has agreed. */
export const inForceText = `(not o.needs_second or exists (
    select from screening_override_answers a
    where a.jurisdiction = o.jurisdiction and a.override_id = o.id and a.agrees))`

const latest = (column: 'disposition' | 'ground') => `select o.${column} from screening_overrides o
  where o.jurisdiction = t.jurisdiction and o.occurred_at = t.occurred_at and o.screening_id = t.screening_id
    and o.seat = t.seat and ${inForceText}
  order by o.made_at desc, o.id desc limit 1`

const latestText = latest('disposition')

/** The disposition of a traveller `t` that counts, as SQL: that of the latest override in force, else as recorded. */
export const standingText = `coalesce((${latestText}), t.disposition)`

/** Why that is another one than the rules gave; null where it is not. */
export const standingGround: RawBuilder<string | null> = sql<string | null>`(${sql.raw(latest('ground'))})`

/** The same for a query that calls its travellers `t`. */
export const standingDisposition: RawBuilder<string> = sql<string>`${sql.raw(standingText)}`

/** Whether the disposition of a traveller `t` is not the one that the rules gave. */
export const isOverridden: RawBuilder<boolean> = sql<boolean>`exists (${sql.raw(latestText)})`
