import type { OriginEstimate } from './allocate-day.ts'

/**
 * Why an origin is tested at a post, or is not.
 * - `everyone`: the post has tests for all who arrive
 * - `high-prevalence`: expected prevalence is at least twice that of an average arrival
 * - `best-here`: no origin at this post is worth more
 * - `little-known`: its upper bound is above that of what is known, and tests will tell
 * - `by-lot`: only through the share that is given by lot
 * - `others-first`: tests went to origins that are worth more
 * - `nobody-arrives`
 */
export type TestReason =
  | 'everyone'
  | 'high-prevalence'
  | 'best-here'
  | 'little-known'
  | 'by-lot'
  | 'others-first'
  | 'nobody-arrives'

export type ReasonInput = {
  readonly estimate: OriginEstimate
  readonly arrivals: number
  readonly tests: number
  readonly byLot: number
  /** Tests of the post that day, and people who arrive there. */
  readonly postTests: number
  readonly postArrivals: number
  /** Expected prevalence of an average arrival of the day. */
  readonly averagePrevalence: number
}

/** Upper bound against mean from which an origin counts as little known. */
const littleKnownRatio = 3

/** The reason that applies first, in the order of `TestReason`. */
export const reasonOf = (input: ReasonInput): TestReason => {
  const { estimate, arrivals, tests, byLot, averagePrevalence } = input
  if (arrivals === 0) return 'nobody-arrives'
  if (input.postTests >= input.postArrivals) return 'everyone'
  if (tests === 0) return 'others-first'
  if (tests <= byLot) return 'by-lot'
  if (estimate.mean >= 2 * averagePrevalence) return 'high-prevalence'
  return estimate.high90 >= littleKnownRatio * estimate.mean ? 'little-known' : 'best-here'
}
