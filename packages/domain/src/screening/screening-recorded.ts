import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import type { Service, Traveller } from '@guankou/contract/screening/record-screening.ts'
import type { ConveyanceKind } from '@guankou/contract/screening/vocabulary.ts'
import type { Tally } from '@guankou/contract/situation/endpoints.ts'
import type { Decision } from '#src/screening/disposition.ts'

/** A traveller as entered, with what the rules made of it. */
export type ScreenedTraveller = { readonly entered: Traveller; readonly decision: Decision }

/** The fact that a conveyance was screened. */
export type ScreeningRecorded = {
  readonly type: 'screening.recorded'
  readonly id: string
  readonly jurisdiction: number
  readonly postId: number
  readonly lane: number
  readonly startedAtMs: number
  readonly occurredAtMs: number
  /** Local day and slot in the time zone of the jurisdiction. */
  readonly day: string
  readonly slot: number
  readonly responseId: string
  readonly rulesVersion: number
  readonly conveyanceKind: ConveyanceKind
  readonly plate: string | undefined
  /** The run that the conveyance was, its number in its normal form. */
  readonly service?: Service
  readonly seatsPerRow?: number
  readonly queueVehicles: number | undefined
  readonly disposition: Disposition
  readonly ruleIds: readonly string[]
  readonly tally: Tally
  readonly travellers: readonly ScreenedTraveller[]
  /** The id under which the same was refused before it was put right. */
  readonly corrects?: string
}
