import { addUp } from './add-up.ts'
import type { RiskSettings } from './risk-settings.ts'
import { type Factor, shrunkFactor } from './shrinkage.ts'

/** What destinations have seen, and what was expected of each origin. */
export type Attribution = {
  /** By destination: cases; null where they tell nothing of arrivals. */
  readonly counts: readonly (number | null)[]
  /** By destination and origin: cases expected with factors of 1. */
  readonly expected: readonly Float64Array[]
  readonly places: readonly Factor[]
  readonly sourceOrigins: readonly boolean[]
}

type Shared = { readonly cases: Float64Array; readonly due: Float64Array }

/** Each case shared out among origins by what was expected of them. */
const shareOut = (
  { counts, expected, places }: Attribution,
  origins: readonly Factor[],
  placeShape: number,
): Shared => {
  const cases = new Float64Array(origins.length)
  const due = new Float64Array(origins.length)
  for (const [at, row] of expected.entries()) {
    const count = counts[at]
    if (count === null || count === undefined) continue
    const place = places[at]?.mean ?? 1
    const total = addUp(row.map((value, origin) => value * (origins[origin]?.mean ?? 1)))
    if (!(total > 0)) continue
    // A place's cases tell of its own factor first, so they weigh as its negative binomial model weighs them.
    const weight = 1 / (1 + (place * total) / placeShape)
    for (const [origin, own] of row.entries()) {
      cases[origin] = (cases[origin] ?? 0) + (weight * count * own * (origins[origin]?.mean ?? 1)) / total
      due[origin] = (due[origin] ?? 0) + weight * place * own
    }
  }
  return { cases, due }
}

/**
 * Factors of origins from the cases of their travellers' destinations.
 * Elsewhere an origin's published cases are about those that can travel, v about 1. In a region with an epidemic of its own
 * many are never published: its origins share a factor S, and each is pulled towards it.
 * @param attribution  cases and expectations by destination   @param origins  factors so far
 * @returns factors after one step of expectation and maximisation towards the posterior mode of a Poisson sum
 */
export const learnOrigins = (
  attribution: Attribution,
  origins: readonly Factor[],
  settings: RiskSettings,
): Factor[] => {
  const { cases, due } = shareOut(attribution, origins, settings.placeShape)
  let [sourceCases, sourceDue] = [0, 0]
  for (const [origin, isSource] of attribution.sourceOrigins.entries()) {
    if (!isSource) continue
    sourceCases += cases[origin] ?? 0
    sourceDue += due[origin] ?? 0
  }
  const shared = shrunkFactor({ mean: 1, shape: 1 }, sourceCases, sourceDue).mean
  return origins.map((_, origin) =>
    shrunkFactor(
      { mean: attribution.sourceOrigins[origin] ? shared : 1, shape: settings.originShape },
      cases[origin] ?? 0,
      due[origin] ?? 0,
    ),
  )
}
