import type { Response } from '@guankou/contract/responses/response.ts'
import { dayHourOf, type HourNumber, weekdayOf } from '@guankou/domain/monitoring/hours.ts'
import { addDays, daysBetween } from '@guankou/domain/places/calendar.ts'
import { dayKind, findHoliday } from '@guankou/geodata/holidays/day-kind.ts'
import type { CalendarDay } from '@guankou/models/forecast/day-calendar.ts'
import type { PolicyEvent } from '@guankou/models/forecast/policy-event.ts'

const sunday = 0
const wednesday = 3

/** Hour of the week whose profile an hour follows: a holiday is as a Sunday, a made-up working day as a Wednesday. */
export const hourOfWeekOf = (number: HourNumber): number => {
  const { day, hour } = dayHourOf(number)
  const kind = dayKind(day, 'CN')
  if (kind === 'holiday') return sunday * 24 + hour
  return (kind === 'make_up_workday' ? wednesday : weekdayOf(day)) * 24 + hour
}

/**
 * Days from which on flows may be others, because rules or risk areas changed: versions of rules take effect, areas come
 * under a rule or leave it. In order, each once.
 */
export const policyDays = (responses: readonly Pick<Response, 'ruleSets'>[]): readonly string[] => {
  const days = responses.flatMap(({ ruleSets }) =>
    ruleSets.flatMap(({ effectiveFrom, riskAreas }) => [
      effectiveFrom,
      ...riskAreas.flatMap(({ from, until }) => (until === undefined ? [from] : [from, addDays(until, 1)])),
    ]),
  )
  return [...new Set(days)].sort()
}

/** Whether an hour is the first after a change. @param days  as `policyDays` */
export const isPolicyHour = (number: HourNumber, days: readonly string[]): boolean => {
  const { day, hour } = dayHourOf(number)
  return hour === 0 && days.includes(day)
}

/** Holidays and made-up working days between two days, as forecasts take them. */
export const calendarDays = (from: string, until: string): CalendarDay[] =>
  Array.from({ length: daysBetween(from, until) + 1 }, (_, index) => addDays(from, index)).flatMap(
    (day): CalendarDay[] => {
      const holiday = findHoliday(day, 'CN')
      const number = daysBetween('1970-01-01', day)
      if (holiday !== undefined)
        return [
          {
            day: number,
            kind: 'holiday',
            name: holiday.nameEn,
            ordinal: daysBetween(holiday.firstDate, day) + 1,
          },
        ]
      const isMadeUp = dayKind(day, 'CN') === 'make_up_workday'
      return isMadeUp ? [{ day: number, kind: 'workday', name: 'make-up', ordinal: 1 }] : []
    },
  )

/** Changes of rules and risk areas as events whose effect nobody knows beforehand. @param days  as `policyDays` */
export const policyEvents = (days: readonly string[], windowsPerDay: number): PolicyEvent[] =>
  days.map((day) => ({
    series: null,
    kind: 'restriction',
    from: daysBetween('1970-01-01', day) * windowsPerDay,
    until: null,
    effect: null,
  }))
