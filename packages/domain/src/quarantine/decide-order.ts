import type { OrderQuarantine } from '@guankou/contract/quarantine/commands.ts'
import type { FollowUpPlan } from '@guankou/contract/quarantine/plan.ts'
import { addDays, daySlotOf, isCivilDate } from '#src/places/calendar.ts'
import { ruleSetInForce } from '#src/responses/rule-set-in-force.ts'
import { type Refused, readCommandTime, refuse } from '#src/screening/command-time.ts'
import type { Reference } from '#src/screening/decide.ts'
import type { QuarantineOrder } from './facts.ts'

export type DecidedOrder =
  | {
      readonly ok: true
      readonly order: QuarantineOrder
      readonly rulesVersion: number
      /** As planned; what an extension or days away make of it follows from the facts. */
      readonly lastDay: string
    }
  | Refused

type Days = { readonly ok: true; readonly countedFrom: string; readonly lastDay: string } | Refused

/** Day 0 and the last day; the days must not be over when the order is made. */
const daysOf = (plan: FollowUpPlan, today: string, exposedOn: string | undefined): Days => {
  const impossible = refuse('QUARANTINE_EXPOSURE_IMPOSSIBLE', '/lastExposureOn')
  if (exposedOn !== undefined && (!isCivilDate(exposedOn) || exposedOn > today)) return impossible
  const countedFrom = plan.countedFrom === 'order' ? today : (exposedOn ?? today)
  const lastDay = addDays(countedFrom, plan.days)
  return lastDay < today ? impossible : { ok: true, countedFrom, lastDay }
}

const textsOf = ({ person: { name, document, phone, address } }: OrderQuarantine) => [
  ['/person/name', name] as const,
  ['/person/document/number', document?.number] as const,
  ['/person/phone', phone] as const,
  ['/person/address', address] as const,
]

/** What is wrong with the words of an order. */
const badText = (command: OrderQuarantine): Refused | undefined => {
  for (const [path, text] of textsOf(command)) {
    if (text?.isWellFormed() === false) return refuse('TEXT_NOT_WELL_FORMED', path)
    if (text?.trim() === '') return refuse('INVALID_INPUT', path)
  }
  const isNamed = command.person.name !== undefined || command.screening !== undefined
  return isNamed ? undefined : refuse('QUARANTINE_PERSON_UNKNOWN', '/person/name')
}

/**
 * Whether somebody may be ordered to stay as it is said, by the plan in force on that day.
 * @param nowMs  Unix time, milliseconds, of whoever decides
 */
export const decideOrder = (reference: Reference, command: OrderQuarantine, nowMs: number): DecidedOrder => {
  const time = readCommandTime(command, nowMs)
  if (!time.ok) return time
  const place = reference.jurisdiction(command.jurisdiction)
  if (place === undefined) return refuse('OUTSIDE_AREA', '/jurisdiction')
  const response = reference.response(command.responseId)
  if (response === undefined) return refuse('UNKNOWN_RESPONSE', '/responseId')
  const { day } = daySlotOf(place.timeZone, time.atMs)
  if (day < response.collectionFrom || day > response.collectionUntil)
    return refuse('OUTSIDE_COLLECTION', '/occurredAt')
  const ruleSet = ruleSetInForce(response.ruleSets, day)
  const plan = ruleSet?.followUp
  if (ruleSet === undefined || plan === undefined) return refuse('QUARANTINE_NO_PLAN', '/responseId')
  if (!plan.sites.includes(command.site)) return refuse('QUARANTINE_SITE_NOT_ALLOWED', '/site')
  const days = daysOf(plan, day, command.lastExposureOn)
  if (!days.ok) return days
  const { fromArea } = command
  if (fromArea !== undefined && reference.jurisdiction(fromArea) !== undefined)
    return refuse('QUARANTINE_AREA_WRONG', '/fromArea')
  const bad = badText(command)
  if (bad !== undefined) return bad
  const order: QuarantineOrder = {
    id: command.id,
    orderedAtMs: time.atMs,
    timeZone: place.timeZone,
    site: command.site,
    countedFrom: days.countedFrom,
    plan,
    isIncoming: false,
  }
  return { ok: true, order, rulesVersion: ruleSet.version, lastDay: days.lastDay }
}
