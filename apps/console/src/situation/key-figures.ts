import type { PostSituation, SituationSummary } from '@guankou/contract/situation/endpoints.ts'
import { civilDateOf } from '@guankou/ui/format/time.ts'
import { queueFreshMinutes } from '#src/situation/targets.ts'

/** Whether the day shown is the present one in the area. */
export const isToday = (summary: SituationSummary): boolean =>
  summary.day === civilDateOf(summary.asOf, summary.area.timeZone)

/** The moment that “now” means on a day: the data time today, the last record on a day that is over. */
export const referenceMsOf = (posts: readonly PostSituation[], asOf: string, today: boolean): number => {
  if (today) return Date.parse(asOf)
  return Math.max(0, ...posts.map((post) => Date.parse(post.lastScreeningAt ?? '') || 0))
}

/** The queue of a post where it was seen recently, else null. */
export const freshQueue = (post: PostSituation, referenceMs: number): PostSituation['queue'] => {
  if (post.queue === null) return null
  const ageMs = referenceMs - Date.parse(post.queue.seenAt)
  return ageMs <= queueFreshMinutes * 60_000 ? post.queue : null
}

export type PostQueue = { readonly postId: number; readonly queue: NonNullable<PostSituation['queue']> }

/** The post where people wait longest, among queues seen recently; the lower number of equals. */
export const longestQueue = (posts: readonly PostSituation[], referenceMs: number): PostQueue | null =>
  posts.reduce<PostQueue | null>((longest, post) => {
    const queue = freshQueue(post, referenceMs)
    if (queue === null || (longest !== null && queue.waitMinutes <= longest.queue.waitMinutes)) return longest
    return { postId: post.postId, queue }
  }, null)

export type PostPace = { readonly postId: number; readonly seconds: number }

/** The post that takes longest over a vehicle. */
export const slowestPost = (posts: readonly PostSituation[]): PostPace | null =>
  posts.reduce<PostPace | null>((slowest, { postId, meanSecondsPerVehicle: seconds }) => {
    if (seconds === null || (slowest !== null && seconds <= slowest.seconds)) return slowest
    return { postId, seconds }
  }, null)

/** Relative change of vehicles against the same stretch of the day before; null where that cannot be said. */
export const changeOfVehicles = (summary: SituationSummary): number | null => {
  const { likeForLike } = summary
  if (likeForLike === null || likeForLike.yesterday.vehicles === 0) return null
  return likeForLike.today.vehicles / likeForLike.yesterday.vehicles - 1
}

/** People per vehicle, or null before the first vehicle. */
export const peoplePerVehicle = (summary: SituationSummary): number | null =>
  summary.today.vehicles === 0 ? null : summary.today.travellers / summary.today.vehicles
