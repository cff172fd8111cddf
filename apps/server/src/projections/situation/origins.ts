import type { Bilingual } from '@guankou/contract/primitives.ts'
import {
  type OriginArrivals,
  type SituationOrigins,
  smallCountThreshold,
} from '@guankou/contract/situation/endpoints.ts'
import type { OriginDay } from '@guankou/db/queries/situation/read-rollups.ts'
import type { DayView } from '#src/projections/situation/days.ts'

/** Nobody is a small count; a few are, because a few can be known by name. */
const withheld = (count: number): boolean => count > 0 && count < smallCountThreshold

/**
 * Arrivals by origin, most first. Counts under the threshold are withheld, and the fever count goes with them; a fever
 * count is shown where it is nought or large enough by itself.
 */
export const originsOf = (
  view: DayView,
  rows: readonly OriginDay[],
  nameOf: (code: number) => Bilingual,
): SituationOrigins => {
  const yesterday = new Map(
    rows.filter((row) => row.day === view.yesterday).map((row) => [row.originCode, row.travellers]),
  )
  const today = rows
    .filter((row) => row.day === view.day)
    .sort((a, b) => b.travellers - a.travellers || a.originCode - b.originCode)
  const travellersTotal = today.reduce((sum, row) => sum + row.travellers, 0)
  return {
    day: view.day,
    asOf: new Date(view.nowMs).toISOString(),
    travellersTotal,
    smallCountThreshold,
    origins: today.map((row): OriginArrivals => {
      const before = yesterday.get(row.originCode) ?? 0
      const hidden = withheld(row.travellers)
      return {
        originCode: row.originCode,
        name: nameOf(row.originCode),
        travellers: hidden ? null : row.travellers,
        travellersYesterday: withheld(before) ? null : before,
        febrile: hidden || withheld(row.febrile) ? null : row.febrile,
        share: hidden || travellersTotal === 0 ? null : row.travellers / travellersTotal,
      }
    }),
  }
}
