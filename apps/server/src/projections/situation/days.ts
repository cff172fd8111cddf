import { slotMinutes, slotsPerDay } from '@guankou/contract/situation/endpoints.ts'
import { addDays, daySlotOf, isCivilDate, utcOffsetMinutes } from '@guankou/domain/places/calendar.ts'

/** The day a situation is read for, against the clock of the area. */
export type DayView = {
  readonly day: string
  readonly yesterday: string
  readonly timeZone: string
  readonly nowMs: number
  /** `past`, `today` or `future`, as the area's calendar sees it. */
  readonly when: 'past' | 'today' | 'future'
  /** Slots of the day that are over: 72 for a past day, 0 for a future one. */
  readonly fullSlots: number
}

/** @param day  left out: today */
export const dayViewOf = (timeZone: string, nowMs: number, day: string | undefined): DayView => {
  const now = daySlotOf(timeZone, nowMs)
  const asked = day ?? now.day
  const when = asked < now.day ? 'past' : asked === now.day ? 'today' : 'future'
  return {
    day: asked,
    yesterday: addDays(asked, -1),
    timeZone,
    nowMs,
    when,
    fullSlots: when === 'past' ? slotsPerDay : when === 'today' ? now.slot : 0,
  }
}

/** Instants between which a local day lies (the second one excluded). */
export const instantsOfDay = (
  timeZone: string,
  day: string,
): { readonly from: Date; readonly until: Date } => {
  const start = (civil: string): Date => {
    const asUtc = Date.parse(`${civil}T00:00:00Z`)
    const guess = asUtc - utcOffsetMinutes(timeZone, asUtc) * 60_000
    return new Date(asUtc - utcOffsetMinutes(timeZone, guess) * 60_000)
  }
  return { from: start(day), until: start(addDays(day, 1)) }
}

/** Minutes of the current slot that have passed; a whole slot where the day is over. */
export const minutesIntoSlot = (view: DayView): number => {
  if (view.when !== 'today') return slotMinutes
  const localMinutes = view.nowMs / 60_000 + utcOffsetMinutes(view.timeZone, view.nowMs)
  return localMinutes % slotMinutes
}

/** Days that a calendar of four digits reaches from, with the day before and the day after. */
const firstDay = '1900-01-01'
const lastDay = '9998-12-31'

/** Whether a day exists and may be asked for. */
export const isAskable = (day: string): boolean => isCivilDate(day) && day >= firstDay && day <= lastDay
