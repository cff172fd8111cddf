import { sql } from 'kysely'

/** A stored state of an hour is named by its hour since 1970; one a day, that of the last hour, is kept for good. */
export const isNotLastHourOfDay = sql<boolean>`part::integer % 24 <> 23`
