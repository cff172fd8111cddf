import type { ChangeEvent } from '@guankou/contract/changes/change-feed.ts'
import type { Tally } from '@guankou/contract/situation/endpoints.ts'
import type { Database } from '@guankou/db/database.ts'
import { addTallies, emptyTally } from '@guankou/domain/screening/tally.ts'

export type StoredScreening = {
  readonly id: string
  readonly recordedAt: string
  readonly travellers: number
  /** Rows of travellers, counted. */
  readonly travellerRows: number
}

/** Every stored screening of every partition; an id that is stored twice comes twice. */
export const readStored = async ({ pool }: Database): Promise<StoredScreening[]> => {
  const { rows } = await pool.query<{ id: string; recorded_at: Date; told: number; counted: number }>(
    `select s.id, s.recorded_at, s.traveller_count as told, count(t.seat)::integer as counted
    from screenings s
    left join screening_travellers t
      on t.jurisdiction = s.jurisdiction and t.occurred_at = s.occurred_at and t.screening_id = s.id
    group by s.jurisdiction, s.occurred_at, s.id
    order by s.id`,
  )
  return rows.map((row) => ({
    id: row.id,
    recordedAt: row.recorded_at.toISOString(),
    travellers: row.told,
    travellerRows: row.counted,
  }))
}

/** Travellers whose screening is not stored. */
export const countOrphans = async ({ pool }: Database): Promise<number> => {
  const { rows } = await pool.query<{ orphans: number }>(
    `select count(*)::integer as orphans from screening_travellers t
    where not exists (select from screenings s
      where s.jurisdiction = t.jurisdiction and s.occurred_at = t.occurred_at and s.id = t.screening_id)`,
  )
  return rows[0]?.orphans ?? -1
}

/** Tallies by “jurisdiction day post slot”, in the order of the keys. */
export type SlotTallies = ReadonlyMap<string, Tally>

const keyOf = (jurisdiction: number, day: string, postId: number, slot: number): string =>
  `${jurisdiction} ${day} ${postId} ${slot}`

const inKeyOrder = (tallies: ReadonlyMap<string, Tally>): SlotTallies =>
  new Map([...tallies].sort(([a], [b]) => (a < b ? -1 : 1)))

/** Those of the changes that tell of screenings; alarms are told by the same feed. */
export const screeningsOf = (changes: readonly ChangeEvent[]) =>
  changes.filter((change) => change.topic === 'screenings')

/** What changes add up to. */
export const sumIncrements = (changes: readonly ChangeEvent[]): SlotTallies => {
  const sums = new Map<string, Tally>()
  for (const { jurisdiction, increments } of screeningsOf(changes))
    for (const { day, postId, slot, added } of increments) {
      const key = keyOf(jurisdiction, day, postId, slot)
      sums.set(key, addTallies(sums.get(key) ?? emptyTally, added))
    }
  return inKeyOrder(sums)
}

export const readSlotTallies = async ({ query }: Database): Promise<SlotTallies> => {
  const rows = await query.selectFrom('rollup_post_slots').selectAll().execute()
  return inKeyOrder(
    new Map(
      rows.map((row) => [
        keyOf(row.jurisdiction, row.day, row.post_id, row.slot),
        {
          vehicles: row.vehicles,
          travellers: row.travellers,
          febrile: row.febrile,
          feverConfirmed: row.fever_confirmed,
          secondChecks: row.second_checks,
          quarantined: row.quarantined,
          turnedBack: row.turned_back,
          referred: row.referred,
        },
      ]),
    ),
  )
}

/** The outbox from its beginning, in feed order, with the cursors that the feed gives. */
export const readOutbox = async ({
  pool,
}: Database): Promise<{ readonly cursor: string; readonly change: ChangeEvent }[]> => {
  const { rows } = await pool.query<{ cursor: string; payload: ChangeEvent }>(
    `select transaction_id || '-' || id as cursor, payload from outbox order by transaction_id, id`,
  )
  return rows.map(({ cursor, payload }) => ({ cursor, change: payload }))
}
