import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import type { SituationSummary } from '@guankou/contract/situation/endpoints.ts'
import type { PostDayStateRead } from '@guankou/db/queries/situation/read-rollups.ts'
import type { DayView } from '#src/projections/situation/days.ts'
import { meanSecondsOf, type Slots, sumOf } from '#src/projections/situation/tallies.ts'

const hourMs = 3_600_000

/** The key figures of a day. @param slots  of the day and the day before   @param states  likewise where it is today */
export const summaryOf = (
  area: Jurisdiction,
  view: DayView,
  posts: readonly Post[],
  slots: Slots,
  states: readonly PostDayStateRead[],
): SituationSummary => {
  const today = slots.filter((slot) => slot.day === view.day)
  const yesterday = slots.filter((slot) => slot.day === view.yesterday)
  const full = (each: { slot: number }): boolean => each.slot < view.fullSlots
  const lastRecordMs = Math.max(...states.map((state) => state.lastScreeningAt.getTime()), 0)
  const referenceMs = view.when === 'today' ? view.nowMs : lastRecordMs
  const recent = states.filter((state) => referenceMs - state.lastScreeningAt.getTime() <= hourMs)
  return {
    area: { code: area.code, name: area.name, timeZone: area.timeZone },
    day: view.day,
    asOf: new Date(view.nowMs).toISOString(),
    today: sumOf(today),
    likeForLike:
      view.fullSlots === 0
        ? null
        : {
            untilSlot: view.fullSlots,
            today: sumOf(today.filter(full)),
            yesterday: sumOf(yesterday.filter(full)),
          },
    posts: {
      total: posts.length,
      reportedLastHour: new Set(recent.map((state) => state.postId)).size,
    },
    meanSecondsPerVehicle: meanSecondsOf(today),
  }
}
