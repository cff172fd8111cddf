import type { Post } from '@guankou/contract/places/place.ts'
import {
  type PostSituation,
  type SituationPosts,
  slotMinutes,
} from '@guankou/contract/situation/endpoints.ts'
import type { PostDayStateRead, PostSlotCounts } from '@guankou/db/queries/situation/read-rollups.ts'
import { type DayView, minutesIntoSlot } from '#src/projections/situation/days.ts'
import { meanSecondsOf, type Slots, sumOf } from '#src/projections/situation/tallies.ts'

/** Full slots that the recent window reaches back, besides the one under way. */
export const slotsBack = 3

const recentOf = (slots: Slots, view: DayView): PostSituation['recent'] => {
  const last =
    view.when === 'today' ? view.fullSlots : slots.reduce((latest, slot) => Math.max(latest, slot.slot), 0)
  const first = Math.max(last - slotsBack, 0)
  const windowMinutes = Math.max((last - first) * slotMinutes + minutesIntoSlot(view), 1)
  const tally = sumOf(slots.filter((slot) => slot.slot >= first && slot.slot <= last))
  return {
    windowMinutes,
    vehicles: tally.vehicles,
    febrile: tally.febrile,
    vehiclesPerHour: (tally.vehicles * 60) / windowMinutes,
  }
}

/**
 * The wait a queue means: vehicles ahead, times the seconds a vehicle takes, shared by the lanes. It holds while the
 * pace of the day does; without a pace yet there is no estimate.
 */
const queueOf = (
  post: Post,
  state: PostDayStateRead | undefined,
  meanSeconds: number | null,
): PostSituation['queue'] => {
  if (state?.queueVehicles == null || state.queueSeenAt === null || meanSeconds === null) return null
  return {
    vehicles: state.queueVehicles,
    seenAt: state.queueSeenAt.toISOString(),
    waitMinutes: (state.queueVehicles * meanSeconds) / post.lanes / 60,
  }
}

/** Every post of an area on a day. @param slots  of that day; those before the recent window may be added up */
export const postsOf = (
  view: DayView,
  posts: readonly Post[],
  slots: readonly PostSlotCounts[],
  states: readonly PostDayStateRead[],
): SituationPosts => {
  const slotsByPost = Map.groupBy(slots, (slot) => slot.postId)
  const stateByPost = new Map(states.map((state) => [state.postId, state]))
  return {
    day: view.day,
    asOf: new Date(view.nowMs).toISOString(),
    posts: posts.map((post) => {
      const own = slotsByPost.get(post.id) ?? []
      const state = stateByPost.get(post.id)
      const meanSecondsPerVehicle = meanSecondsOf(own)
      return {
        postId: post.id,
        today: sumOf(own),
        recent: recentOf(own, view),
        meanSecondsPerVehicle,
        lastScreeningAt: state?.lastScreeningAt.toISOString() ?? null,
        queue: queueOf(post, state, meanSecondsPerVehicle),
      }
    }),
  }
}
