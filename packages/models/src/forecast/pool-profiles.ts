import type { PostState } from './post-state.ts'
import type { WeeklyProfile } from './weekly-profile.ts'

const leastDays = 14

/**
 * The week that posts have in common: the mean of their long profiles, each about its own mean.
 * @returns null while fewer than two posts have two weeks behind them
 */
export const poolProfiles = (posts: readonly PostState[], windowsPerDay: number): WeeklyProfile | null => {
  const known = posts.filter(
    (post) =>
      post.isStarted &&
      post.next - post.first >= leastDays * windowsPerDay &&
      post.next - post.lastSeen <= leastDays * windowsPerDay,
  )
  if (known.length < 2) return null
  const mean = (pick: (profile: WeeklyProfile) => Float64Array, isCentred: boolean): Float64Array => {
    const first = known[0]
    const sums = new Float64Array(first === undefined ? 0 : pick(first.profiles[0]).length)
    for (const { profiles } of known) {
      const own = pick(profiles[0])
      const middle = isCentred ? own.reduce((sum, value) => sum + value, 0) / own.length : 0
      for (const [at, value] of own.entries()) sums[at] = (sums[at] ?? 0) + (value - middle) / known.length
    }
    return sums
  }
  return {
    slots: mean(({ slots }) => slots, true),
    cells: mean(({ cells }) => cells, false),
    weekdays: mean(({ weekdays }) => weekdays, false),
    season: new Float64Array(7 * windowsPerDay),
  }
}
