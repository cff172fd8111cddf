import type { Post } from '@guankou/contract/places/place.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { startOfDayMs } from '#src/arrivals/arrival-times.ts'
import { type ArrivalScenario, type OriginShare, scaleVolume } from '#src/arrivals/scenario.ts'
import { sameEveryDay } from '#src/arrivals/week-profile.ts'

export type ReplayOptions = {
  /** Everything that the files do not say: parties, services, health. */
  readonly base: ArrivalScenario
  readonly posts: readonly Post[]
  /** From `parseFlows`. */
  readonly shares: readonly OriginShare[]
  /** 72 shares of a day, from `parseProfile`. */
  readonly slotShares: readonly number[]
  /** Mean conveyances a day at all posts together; as in `base` where not given. */
  readonly dailyVehicles?: number
}

const perDay = ({ conveyancesPerDay, postWeights }: ArrivalScenario, posts: readonly Post[]): number =>
  posts.reduce((sum, { id, type }) => sum + conveyancesPerDay[type] * (postWeights.get(id) ?? 1), 0)

/**
 * A scenario in which origins and the shape of the day are those of files. Every post draws from the same shares, since
 * the files know of no posts; so each traveller's origin follows the file's shares whatever the party.
 * @throws RangeError where `dailyVehicles` is not a positive number, or `slotShares` is no day
 */
export const replayScenario = (options: ReplayOptions): ArrivalScenario => {
  const { base, posts, shares, slotShares, dailyVehicles } = options
  if (dailyVehicles !== undefined && !(dailyVehicles > 0 && Number.isFinite(dailyVehicles)))
    throw new RangeError(`a replay needs a positive number of vehicles a day, not ${dailyVehicles}`)
  const { originSharesByPostType: _, ...rest } = base
  const replayed = { ...rest, originShares: shares, profile: sameEveryDay(slotShares) }
  return dailyVehicles === undefined ? replayed : scaleVolume(replayed, dailyVehicles / perDay(base, posts))
}

/** First and last instant of a civil day in a time zone, Unix time in milliseconds; the last is the next day's first. */
export const dayWindow = (timeZone: string, date: string): { fromMs: number; untilMs: number } => ({
  fromMs: startOfDayMs(timeZone, date),
  untilMs: startOfDayMs(timeZone, addDays(date, 1)),
})
