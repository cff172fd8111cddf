import type { RuleSet } from '@guankou/contract/responses/response.ts'
import { type Disposition, strictest } from '@guankou/contract/screening/dispositions.ts'
import { daySlotOf } from '#src/places/calendar.ts'
import { type Decision, decideTraveller, type Judged } from '#src/screening/disposition.ts'

/** What of a traveller a decision rests on; who they are plays no part. */
export type ReplayedTraveller = {
  readonly seat: number
  readonly entered: Judged
  readonly kept: Omit<Decision, 'symptomCount'>
}

/** A screening as it is stored. */
export type ReplayedScreening = {
  readonly occurredAtMs: number
  readonly timeZone: string
  readonly day: string
  readonly slot: number
  readonly rulesVersion: number
  readonly disposition: Disposition
  readonly travellerCount: number
  readonly febrileCount: number
  readonly travellers: readonly ReplayedTraveller[]
}

export const replayedParts = [
  'rules',
  'day',
  'travellers',
  'fever',
  'exposure',
  'disposition',
  'rule-ids',
] as const
export type ReplayedPart = (typeof replayedParts)[number]

/** Something that is stored otherwise than the rules of that hour give it; seat 0 is the vehicle. */
export type ReplayDifference = {
  readonly seat: number
  readonly part: ReplayedPart
  readonly kept: string
  readonly replayed: string
}

const compare = (
  seat: number,
  parts: readonly (readonly [ReplayedPart, kept: string, replayed: string])[],
): ReplayDifference[] =>
  parts.flatMap(([part, kept, replayed]) => (kept === replayed ? [] : [{ seat, part, kept, replayed }]))

const replayTraveller = (
  { seat, entered, kept }: ReplayedTraveller,
  ruleSet: RuleSet,
  day: string,
): { readonly decision: Decision; readonly differences: readonly ReplayDifference[] } => {
  const decision = decideTraveller(entered, ruleSet, day)
  const differences = compare(seat, [
    ['fever', kept.fever, decision.fever],
    ['exposure', kept.exposure, decision.exposure],
    ['disposition', kept.disposition, decision.disposition],
    ['rule-ids', kept.ruleIds.join(' '), decision.ruleIds.join(' ')],
  ])
  return { decision, differences }
}

/**
 * Decides a stored screening again by the rules that it carries, and says what differs: nothing, unless what is stored or
 * the rules were changed since.
 * @param ruleSet  the version that the screening names; undefined where there is none any more
 */
export const replayScreening = (
  screening: ReplayedScreening,
  ruleSet: RuleSet | undefined,
): readonly ReplayDifference[] => {
  if (ruleSet === undefined)
    return [{ seat: 0, part: 'rules', kept: String(screening.rulesVersion), replayed: '' }]
  const { day, slot } = daySlotOf(screening.timeZone, screening.occurredAtMs)
  const replayed = screening.travellers.map((traveller) => replayTraveller(traveller, ruleSet, day))
  const decisions = replayed.map(({ decision }) => decision)
  const worst = decisions.reduce<Disposition>((all, { disposition }) => strictest(all, disposition), 'passed')
  const febrile = decisions.filter(({ fever }) => fever !== 'none').length
  return [
    ...compare(0, [
      ['day', `${screening.day} ${screening.slot}`, `${day} ${slot}`],
      [
        'travellers',
        `${screening.travellerCount}, ${screening.febrileCount} febrile`,
        `${decisions.length}, ${febrile} febrile`,
      ],
      ['disposition', screening.disposition, worst],
    ]),
    ...replayed.flatMap(({ differences }) => differences),
  ]
}
