import type { FollowUpPlan } from '@guankou/contract/quarantine/plan.ts'
import type {
  ContactResult,
  ContactWay,
  ExtensionReason,
  HelpKind,
  HelpResult,
  LeaveReason,
  QuarantineSite,
  ReleaseReason,
} from '@guankou/contract/quarantine/vocabulary.ts'

/** What began an episode. */
export type QuarantineOrder = {
  readonly id: string
  readonly orderedAtMs: number
  /** IANA name: days and windows are those of the place. */
  readonly timeZone: string
  readonly site: QuarantineSite
  /** Civil date of day 0. */
  readonly countedFrom: string
  readonly plan: FollowUpPlan
  /** Handed on from another area of the same installation, which has to be received before anything is owed. */
  readonly isIncoming: boolean
}

export type Observation = { readonly temperatureCelsius?: number; readonly signs: readonly string[] }

type FactBodies =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'return' }
  | { readonly kind: 'received' }
  | { readonly kind: 'receipt' }
  /** Asked for here; the next district is asked before it counts. */
  | { readonly kind: 'withdrawal' }
  | { readonly kind: 'withdrawn' }
  /** Nobody received the person here before the district before took them back. */
  | { readonly kind: 'recalled' }
  | { readonly kind: 'relinked' }
  | ({ readonly kind: 'report' } & Observation)
  | ({ readonly kind: 'contact'; readonly way: ContactWay; readonly result: ContactResult } & Observation)
  | { readonly kind: 'missed'; readonly window: string }
  | { readonly kind: 'escalated'; readonly window: string; readonly way: ContactWay }
  | { readonly kind: 'leave'; readonly reason: LeaveReason }
  | { readonly kind: 'extended'; readonly lastDay: string; readonly reason: ExtensionReason }
  | { readonly kind: 'transferred'; readonly toArea: number; readonly isWithin: boolean }
  | { readonly kind: 'released'; readonly reason: ReleaseReason }
  | { readonly kind: 'help'; readonly help: HelpKind }
  | { readonly kind: 'help-closed'; readonly helpId: string; readonly result: HelpResult }

/** Something that happened in an episode; facts are only ever added. */
export type QuarantineFact = { readonly id: string; readonly atMs: number } & FactBodies
export type FactOf<Kind extends QuarantineFact['kind']> = Extract<QuarantineFact, { kind: Kind }>

/** Those of a kind, oldest first. */
export const factsOfKind = <Kind extends QuarantineFact['kind']>(
  facts: readonly QuarantineFact[],
  kind: Kind,
): readonly FactOf<Kind>[] =>
  facts
    .filter((fact): fact is FactOf<Kind> => fact.kind === kind)
    .toSorted((a, b) => a.atMs - b.atMs || a.id.localeCompare(b.id))

export type MadeContact = Observation & { readonly atMs: number }

/** Every time that the person, or their house, was seen or heard of, oldest first. */
export const contactsMade = (facts: readonly QuarantineFact[]): readonly MadeContact[] =>
  facts
    .filter(
      (fact): fact is FactOf<'report'> | FactOf<'contact'> =>
        fact.kind === 'report' || (fact.kind === 'contact' && fact.result === 'reached'),
    )
    .toSorted((a, b) => a.atMs - b.atMs || a.id.localeCompare(b.id))
