import type { FitInput } from './fit-input.ts'
import type { RiskSettings } from './risk-settings.ts'
import type { Factor } from './shrinkage.ts'

/** Cases expected and seen together, over all destinations without an epidemic of their own. */
export type LevelInput = Pick<FitInput, 'cases' | 'sources' | 'knownDays'> & {
  /** By destination: cases expected by day with a factor of 1. */
  readonly expected: readonly Float64Array[]
  readonly places: readonly Factor[]
}

/**
 * How detection and spread go up and down for all places at once.
 *   λ(t) = (n + Σ_s≤t k^(t−s) cases(s)) / (n + Σ_s≤t k^(t−s) expected(s))
 * @param input  expected and seen by day   @param days  days wanted; after the last known day the level stays
 * @param settings  share k kept each day, cases n for which 1 stands
 * @returns level by day, > 0
 */
export const commonLevel = (input: LevelInput, days: number, settings: RiskSettings): Float64Array => {
  const level = new Float64Array(days)
  let seen = 0
  let due = 0
  for (let day = 0; day < days; day++) {
    if (day < input.knownDays) {
      seen *= settings.levelKept
      due *= settings.levelKept
      for (const [at, cases] of input.cases.entries()) {
        if (cases === null || input.sources[at] || day > cases.lastIndex) continue
        seen += cases.counts[day] ?? 0
        due += (input.places[at]?.mean ?? 1) * (input.expected[at]?.[day] ?? 0)
      }
    }
    level[day] = (settings.levelPriorCases + seen) / (settings.levelPriorCases + due)
  }
  return level
}
