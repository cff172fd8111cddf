/** What a detector says of one time point. Null is what it cannot say, for want of history or of cases. */
export type DetectedPoint = {
  /** Count observed. */
  readonly observed: number
  /** Count expected where nothing unusual happens. */
  readonly expected: number | null
  /** An alarm is a count above it, unless the detector says otherwise. */
  readonly upperBound: number | null
  /** How unusual the count is, on the detector's own scale. */
  readonly score: number | null
  readonly alarm: boolean
}

/** A time point at which a detector has too little to go on. */
export const undecided = (observed: number): DetectedPoint => ({
  observed,
  expected: null,
  upperBound: null,
  score: null,
  alarm: false,
})

/** First and last time point to be judged, counted from 0; both are included. */
export type MonitoredRange = { readonly first: number; readonly last: number }

/** Null for what is infinite or not a number. */
export const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null)
