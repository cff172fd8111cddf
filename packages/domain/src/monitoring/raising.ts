import type { AlarmState } from '@guankou/contract/monitoring/vocabulary.ts'
import type { HourNumber } from '#src/monitoring/hours.ts'

/** What a chart said of an hour when it alarmed. */
export type DetectedHour = {
  readonly hour: HourNumber
  readonly observed: number
  readonly isOver: boolean
}

/** An alarm of the same post and signal, as far as a new detection is held against it. */
export type EarlierAlarm = {
  readonly id: string
  readonly state: AlarmState
  /** First and last hour that it is about. */
  readonly firstHour: HourNumber
  readonly lastHour: HourNumber
  readonly lastObserved: number
  /** Hour in which it was closed; null while it is open. */
  readonly closedHour: HourNumber | null
}

/** What a detection leads to: a new alarm, new numbers for one that there is, or nothing that is not known. */
export type Raising =
  | { readonly is: 'new' }
  | { readonly is: 'revises'; readonly id: string }
  | { readonly is: 'known' }

const concerns = (alarm: EarlierAlarm, { hour }: DetectedHour, windowHours: number): boolean =>
  hour >= alarm.firstHour - windowHours && (alarm.closedHour === null || hour <= alarm.closedHour)

/**
 * Whether a detection is an alarm of its own. One event is raised once: while an alarm of the post and signal is open, what
 * the chart says goes to it; and so does, once it is closed, what late records say of hours before its closing. Of an alarm
 * that is closed, a later hour is news.
 * @param earlier  alarms of the same post and signal, in any order   @param windowHours  hours that a change may lie back
 */
export const raisingOf = (
  earlier: readonly EarlierAlarm[],
  detected: DetectedHour,
  windowHours: number,
): Raising => {
  const open = earlier.find((alarm) => alarm.closedHour === null)
  const concerned = open ?? earlier.find((alarm) => concerns(alarm, detected, windowHours))
  if (concerned === undefined) return { is: 'new' }
  const isSameHour = detected.hour === concerned.lastHour
  const isNews = isSameHour
    ? detected.isOver && detected.observed !== concerned.lastObserved
    : detected.hour > concerned.lastHour
  return isNews ? { is: 'revises', id: concerned.id } : { is: 'known' }
}
