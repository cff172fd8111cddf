import type { RibbonMark } from '@guankou/contract/quarantine/vocabulary.ts'
import { addDays, daysBetween } from '#src/places/calendar.ts'
import type { DueContact } from './due-contacts.ts'
import { type Episode, localDay } from './episode.ts'
import { contactsMade, type Observation, type QuarantineFact, type QuarantineOrder } from './facts.ts'
import { endOfDayMs, localInstantMs } from './local-time.ts'

export type DayOfRibbon = {
  readonly day: string
  readonly number: number
  readonly mark: RibbonMark
  readonly contacts: readonly DueContact[]
  readonly highestCelsius: number | null
  readonly signs: readonly string[]
}

/** Fever, or any sign that the plan asks for. */
export const isAbnormal = (
  { plan }: Pick<QuarantineOrder, 'plan'>,
  { temperatureCelsius, signs }: Observation,
): boolean =>
  signs.length > 0 ||
  (plan.feverCelsius !== null && temperatureCelsius !== undefined && temperatureCelsius >= plan.feverCelsius)

const markOf = (statuses: readonly string[], isBad: boolean, isAway: boolean): RibbonMark => {
  if (isBad) return 'abnormal'
  for (const status of ['missed', 'late', 'open'] as const) if (statuses.includes(status)) return status
  if (statuses.includes('on-time')) return statuses.includes('coming') ? 'open' : 'fine'
  if (isAway) return 'away'
  return statuses.includes('coming') ? 'coming' : 'none'
}

/** Every day from the order to the last one, each with what weighs most in it. */
export const ribbonOf = (
  order: QuarantineOrder,
  facts: readonly QuarantineFact[],
  { episode, contacts }: { readonly episode: Episode; readonly contacts: readonly DueContact[] },
): readonly DayOfRibbon[] => {
  const first = localDay(order, order.orderedAtMs)
  const made = contactsMade(facts)
  return Array.from({ length: Math.max(1, daysBetween(first, episode.lastDay) + 1) }, (_, index) => {
    const day = addDays(first, index)
    const fromMs = localInstantMs(order.timeZone, day, 0)
    const untilMs = endOfDayMs(order.timeZone, day)
    const seen = made.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs)
    const due = contacts.filter((contact) => contact.day === day)
    const readings = seen.flatMap(({ temperatureCelsius: t }) => (t === undefined ? [] : [t]))
    const isAway = episode.away.some(
      (away) => away.fromMs < untilMs && (away.untilMs === undefined || away.untilMs > fromMs),
    )
    return {
      day,
      number: daysBetween(order.countedFrom, day),
      mark: markOf(
        due.map(({ status }) => status),
        seen.some((each) => isAbnormal(order, each)),
        isAway,
      ),
      contacts: due,
      highestCelsius: readings.length === 0 ? null : Math.max(...readings),
      signs: [...new Set(seen.flatMap(({ signs }) => signs))],
    }
  })
}
