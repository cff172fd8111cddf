import type { RetainedClass, RetainedCounts } from '@guankou/contract/retention/policy.ts'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A day of a jurisdiction and the class of what it holds. */
export type RetainedDay = {
  readonly jurisdiction: number
  readonly day: string
  readonly dataClass: RetainedClass
}

/** A day that still holds something, and when the first of it arrived. */
export type HeldDay = RetainedDay & { readonly keptFrom: Date | null }

/**
 * Days that still hold something of a class, or on which destroying has begun and not ended; oldest first, and
 * identities of a day before its facts.
 */
export const readHeldDays = async (query: Query): Promise<HeldDay[]> => {
  const { rows } = await sql<HeldDay>`
    select k.jurisdiction, k.day, 'identity' as "dataClass", k.created_at as "keptFrom"
    from identity_keys k
    left join retention_days r on r.jurisdiction = k.jurisdiction and r.day = k.day and r.data_class = 'identity'
    where k.wrapped is not null or (r.jurisdiction is not null and r.finished_at is null)
    union all
    select s.jurisdiction, s.day, 'health', k.created_at
    from (
      select jurisdiction, day from rollup_post_slots
      union
      select jurisdiction, kept_day from quarantines) s
    left join identity_keys k on k.jurisdiction = s.jurisdiction and k.day = s.day
    where not exists (
      select from retention_days r where r.jurisdiction = s.jurisdiction and r.day = s.day
        and r.data_class = 'health' and r.finished_at is not null)
    order by 2, 1, 3 desc`.execute(query)
  return rows
}

/**
 * Notes that a day is going to be destroyed, with what it holds; where that was noted before, what was noted then
 * stands, because by now part of it may be gone.
 */
export const beginRetentionDay = async (
  query: Query,
  { jurisdiction, day, dataClass }: RetainedDay,
  counts: RetainedCounts,
  now: Date,
): Promise<void> => {
  const { vehicles, travellers, fields } = counts
  await sql`
    insert into retention_days
      (jurisdiction, day, data_class, started_at, vehicles, travellers, fields, key_fingerprint)
    values (${jurisdiction}, ${day}, ${dataClass}, ${now}, ${vehicles}, ${travellers}, ${fields}, (
      select fingerprint from identity_keys
      where jurisdiction = ${jurisdiction} and day = ${day} and ${dataClass} = 'identity'))
    on conflict (jurisdiction, day, data_class) do nothing`.execute(query)
}

/** Notes that nothing of a day is left. @returns what was destroyed   @throws Error where it was never begun */
export const finishRetentionDay = (
  query: Query,
  { jurisdiction, day, dataClass }: RetainedDay,
  now: Date,
): Promise<RetainedCounts> =>
  query
    .updateTable('retention_days')
    .set({ finished_at: now })
    .where('jurisdiction', '=', jurisdiction)
    .where('day', '=', day)
    .where('data_class', '=', dataClass)
    .returning(['vehicles', 'travellers', 'fields'])
    .executeTakeFirstOrThrow()

/** Days of which no facts are left to recount roll-ups from, oldest first. */
export const readDaysWithoutFacts = (query: Query): Promise<{ jurisdiction: number; day: string }[]> =>
  query
    .selectFrom('retention_days')
    .select(['jurisdiction', 'day'])
    .where('data_class', '=', 'health')
    .orderBy('day')
    .orderBy('jurisdiction')
    .execute()

export type DestroyedDay = RetainedDay &
  RetainedCounts & {
    readonly destroyedAt: Date
    readonly keyFingerprint: Buffer | null
    readonly certificateId: string | null
  }

const destroyedColumns = [
  'jurisdiction',
  'day',
  sql<RetainedClass>`data_class`.as('dataClass'),
  'vehicles',
  'travellers',
  'fields',
  sql<Date>`finished_at`.as('destroyedAt'),
  'key_fingerprint as keyFingerprint',
  'certificate_id as certificateId',
] as const

/** Days that are destroyed and stand in no certificate yet, locked until the end of the transaction. */
export const lockUncertifiedDays = (tx: Query): Promise<DestroyedDay[]> =>
  tx
    .selectFrom('retention_days')
    .select(destroyedColumns)
    .where('finished_at', 'is not', null)
    .where('certificate_id', 'is', null)
    .orderBy('day')
    .orderBy('jurisdiction')
    .orderBy('data_class')
    .forUpdate()
    .execute()

/** The latest days that were destroyed, newest first. */
export const readDestroyedDays = (query: Query, limit: number): Promise<DestroyedDay[]> =>
  query
    .selectFrom('retention_days')
    .select(destroyedColumns)
    .where('finished_at', 'is not', null)
    .orderBy('finished_at', 'desc')
    .orderBy('day', 'desc')
    .limit(limit)
    .execute()

export const certifyDays = async (
  tx: Query,
  days: readonly RetainedDay[],
  certificateId: string,
): Promise<void> => {
  for (const { jurisdiction, day, dataClass } of days)
    await tx
      .updateTable('retention_days')
      .set({ certificate_id: certificateId })
      .where('jurisdiction', '=', jurisdiction)
      .where('day', '=', day)
      .where('data_class', '=', dataClass)
      .execute()
}
