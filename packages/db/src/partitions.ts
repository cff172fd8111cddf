import type pg from 'pg'

const partitioned = ['screenings', 'screening_travellers'] as const

const msPerDay = 86_400_000

const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const suffix = (day: string): string => day.replaceAll('-', '')

/** UTC day of an instant; partitions are cut by UTC, whatever the zones of the cities that share a database. */
export const utcDayOf = (ms: number): string => dayText(ms)

const alreadyThere = new Set(['42P07', '23505'])

const createPartition = async (pool: pg.Pool, table: string, day: string): Promise<void> => {
  const until = dayText(Date.parse(`${day}T00:00:00Z`) + msPerDay)
  try {
    await pool.query(
      `create table if not exists ${table}_${suffix(day)} partition of ${table}
        for values from ('${day}T00:00:00Z') to ('${until}T00:00:00Z')`,
    )
  } catch (error) {
    // Two servers may make the same day at the same moment; either one will do.
    if (!alreadyThere.has((error as { code?: string }).code ?? '')) throw error
  }
}

/**
 * Makes the partitions of the UTC days given, where they are missing.
 * @param days  ISO dates; anything else is refused, because they become part of the statement
 */
export const ensurePartitions = async (pool: pg.Pool, days: Iterable<string>): Promise<void> => {
  for (const day of days) {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new RangeError(`not a day: ${day}`)
    for (const table of partitioned) await createPartition(pool, table, day)
  }
}
