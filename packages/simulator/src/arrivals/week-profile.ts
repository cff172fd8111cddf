import { slotsPerDay } from '@guankou/contract/situation/endpoints.ts'
import type { WeekProfile } from '#src/arrivals/scenario.ts'

type Peak = { readonly hour: number; readonly sdHours: number; readonly height: number }

const workday: readonly Peak[] = [
  { hour: 8.5, sdHours: 1.3, height: 1 },
  { hour: 13, sdHours: 3.2, height: 0.6 },
  { hour: 17.8, sdHours: 1.6, height: 1.1 },
]
const weekend: readonly Peak[] = [
  { hour: 10.5, sdHours: 2, height: 0.85 },
  { hour: 14.5, sdHours: 3, height: 0.6 },
  { hour: 18.5, sdHours: 2.2, height: 1.05 },
]

/** Traffic that is there at any hour, relative to a peak of height 1. */
const nightLevel = 0.07

/** Sunday to Saturday; they average 1. */
const weekdayFactors = [1.06, 1.0, 0.95, 0.95, 0.97, 1.08, 0.99]

const shapeOf = (peaks: readonly Peak[]): readonly number[] => {
  const heights = Array.from({ length: slotsPerDay }, (_, slot) => {
    const hour = ((slot + 0.5) * 24) / slotsPerDay
    return peaks.reduce(
      (sum, peak) => sum + peak.height * Math.exp(-(((hour - peak.hour) / peak.sdHours) ** 2) / 2),
      nightLevel,
    )
  })
  const total = heights.reduce((sum, height) => sum + height, 0)
  return heights.map((height) => height / total)
}

/**
 * A week with a morning and an evening peak on working days and a later, flatter shape on Saturday and Sunday. Made up
 * from everyday knowledge of approach roads, fitted to no data.
 */
export const defaultProfile: WeekProfile = weekdayFactors.map((factor, weekday) =>
  shapeOf(weekday === 0 || weekday === 6 ? weekend : workday).map((share) => share * factor),
)

/**
 * The same shape on every day of the week.
 * @param slotShares  72 numbers ≥ 0, not all 0; scaled here to add up to 1
 * @throws RangeError where they are not
 */
export const sameEveryDay = (slotShares: readonly number[]): WeekProfile => {
  const total = slotShares.reduce((sum, share) => sum + share, 0)
  if (slotShares.length !== slotsPerDay || slotShares.some((share) => !(share >= 0)) || !(total > 0))
    throw new RangeError('a day has 72 slot shares, each ≥ 0 and not all 0')
  const day = slotShares.map((share) => share / total)
  return Array.from({ length: 7 }, () => day)
}
