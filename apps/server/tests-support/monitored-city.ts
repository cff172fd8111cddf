import type { Database } from '@guankou/db/database.ts'
import { dayHourOf, hourNumberOf } from '@guankou/domain/monitoring/hours.ts'
import { seededUniform } from '@guankou/models/numerics/seeded-uniform.ts'
import { countAt } from '@guankou/models/surveillance/draw-count.ts'
import { defaultProfile } from '@guankou/simulator/arrivals/week-profile.ts'
import { hourOfWeekOf } from '#src/jobs/monitoring/city-calendar.ts'
import type { ReferenceCache } from '#src/reference/reference-cache.ts'

/** Roll-ups of hours as synthetic arrivals leave them: Poisson by the week of the demo city, fevers one in 2500. */
export type SeededHours = {
  readonly from: string
  readonly hours: number
  readonly postIds: readonly number[]
  readonly vehiclesPerDay: number
  /** Fevers beside the usual ones. */
  readonly extraFevers?: (postId: number, day: string, hour: number) => number
}

const feverRate = 4e-4

/** Adds to the roll-ups of a post and hour, as commits of screenings do. */
export const addToHour = (
  db: Database,
  at: { readonly jurisdiction: number; readonly postId: number; readonly day: string; readonly hour: number },
  counts: { readonly vehicles: number; readonly travellers: number; readonly febrile: number },
) =>
  db.pool.query(
    `insert into rollup_post_slots as t (jurisdiction, day, post_id, slot, vehicles, travellers, febrile, fever_confirmed,
        second_checks, quarantined, turned_back, referred, entry_milliseconds)
      values ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 0, 0, 0)
      on conflict (jurisdiction, day, post_id, slot) do update set vehicles = t.vehicles + excluded.vehicles,
        travellers = t.travellers + excluded.travellers, febrile = t.febrile + excluded.febrile`,
    [at.jurisdiction, at.day, at.postId, at.hour * 3 + 1, counts.vehicles, counts.travellers, counts.febrile],
  )

/** Fills the roll-ups; the same for the same seed. */
export const seedHours = async (
  db: Database,
  reference: ReferenceCache,
  { from, hours, postIds, vehiclesPerDay, extraFevers }: SeededHours,
): Promise<void> => {
  const uniform = seededUniform(11)
  const first = hourNumberOf(from, 0)
  for (let number = first; number < first + hours; number++) {
    const { day, hour } = dayHourOf(number)
    const hourOfWeek = hourOfWeekOf(number)
    const slots = defaultProfile[Math.floor(hourOfWeek / 24)] ?? []
    const share = [0, 1, 2].reduce((sum, third) => sum + (slots[hour * 3 + third] ?? 0), 0)
    for (const postId of postIds) {
      const vehicles = countAt(uniform(), vehiclesPerDay * share, 0)
      const travellers = vehicles === 0 ? 0 : vehicles + countAt(uniform(), vehicles * 1.2, 0)
      const usual = travellers === 0 ? 0 : countAt(uniform(), travellers * feverRate, 0)
      const febrile = Math.min(travellers, usual + (extraFevers?.(postId, day, hour) ?? 0))
      const jurisdiction = reference.current().post(postId)?.jurisdiction ?? 0
      if (vehicles > 0)
        await addToHour(db, { jurisdiction, postId, day, hour }, { vehicles, travellers, febrile })
    }
  }
}
