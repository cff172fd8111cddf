import type { ExposedArrivals } from './exposed-arrivals.ts'
import type { DailyCases } from './origin-data.ts'

/** What is fitted: everything known of arrivals and of cases by a day. */
export type FitInput = {
  readonly arrivals: ExposedArrivals
  /** By origin: whether it lies in a region with an epidemic of its own. */
  readonly sourceOrigins: readonly boolean[]
  /** By destination; null where it has published nothing. */
  readonly cases: readonly (DailyCases | null)[]
  /** By destination: the region whose places are alike. */
  readonly regions: readonly string[]
  /** By destination: whether it has an epidemic of its own, so that its cases tell of itself alone. */
  readonly sources: readonly boolean[]
  /** Days of the panel that are known, from its first. */
  readonly knownDays: number
}
