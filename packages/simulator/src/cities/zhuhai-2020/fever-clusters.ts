import type { Post } from '@guankou/contract/places/place.ts'
import { addDays, daysBetween } from '@guankou/domain/places/calendar.ts'
import { startOfDayMs } from '#src/arrivals/arrival-times.ts'
import type { FeverCluster } from '#src/arrivals/scenario.ts'

const hourMs = 3_600_000
const febrileShare = 0.04

/**
 * One made-up cluster of fevers on each civil day, between 9 and 11 in the morning, at another main-road post each day: what
 * there is to detect in a demo. It follows from the day alone, so that a demo that is started again draws the same.
 * @param firstDay  and `lastDay`, civil days, both within
 */
export const feverClusters = (
  posts: readonly Post[],
  timeZone: string,
  { firstDay, lastDay }: { readonly firstDay: string; readonly lastDay: string },
): readonly FeverCluster[] => {
  const main = posts.filter(({ type }) => type === 'road-main')
  return Array.from({ length: Math.max(0, daysBetween(firstDay, lastDay) + 1) }, (_, index) => {
    const day = addDays(firstDay, index)
    const startMs = startOfDayMs(timeZone, day)
    return {
      postId: main[daysBetween('1970-01-01', day) % main.length]?.id ?? 0,
      fromMs: startMs + 9 * hourMs,
      untilMs: startMs + 11 * hourMs,
      febrileShare,
    }
  })
}
