import { fitOverdispersed } from '#src/numerics/glm.ts'
import type { RiskSettings } from './risk-settings.ts'
import { type Factor, shrunkFactor, silentProbability } from './shrinkage.ts'

/** What a place has reported, and what was expected of it. */
export type PlaceCount = {
  readonly region: string
  /** Has an epidemic of its own: learned from, but not for others. */
  readonly isSource: boolean
  /** Cases so far; null where the place has published nothing. */
  readonly count: number | null
  /** Cases expected by then from its arrivals alone. */
  readonly expected: number
}

export type PlaceFactors = {
  readonly factors: readonly Factor[]
  /** Exponent of the expected count: below 1 where large flows bring less than in proportion. */
  readonly slope: number
  /** Shape of the factors of places about those of their regions. */
  readonly shape: number
}

const leastPlaces = 30
const leastCases = 60

/** Expectations below this are no guide to a logarithm. */
const leastExpected = 1e-3

type Trend = { readonly level: number; readonly slope: number; readonly shape: number }

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

/** ln E[cases] = a + b ln(expected) over the places that report; no more than proportion where there are too few. */
const trendOf = (places: readonly PlaceCount[], placeShape: number): Trend => {
  const proportional = { level: 0, slope: 1, shape: placeShape }
  const known = places.filter(
    ({ isSource, count, expected }) => !isSource && count !== null && expected > leastExpected,
  )
  const cases = known.reduce((sum, { count }) => sum + (count ?? 0), 0)
  if (known.length < leastPlaces || cases < leastCases) return proportional
  try {
    const { fit, size } = fitOverdispersed({
      columns: [
        new Float64Array(known.length).fill(1),
        Float64Array.from(known, ({ expected }) => Math.log(expected)),
      ],
      response: Float64Array.from(known, ({ count }) => count ?? 0),
    })
    const slope = fit.coefficients[1] ?? 1
    if (slope < 0.3 || slope > 1.5) return proportional
    return { level: fit.coefficients[0] ?? 0, slope, shape: clamp(size, 0.2, 50) }
  } catch (error) {
    if (error instanceof RangeError) return proportional
    throw error
  }
}

/**
 * Factors of places on what their arrivals lead to expect: nation, region, place, each pulled towards the one above.
 *   m_j = e^a M_j^b;  region r: Gamma about 1 from its places;  place: Gamma(α, α / (m_j r)) about the two
 * @param places  counts and expectations   @param settings  shapes and the share that does not report
 * @returns a factor on M_j for each place, the slope b and the shape α
 * @throws RangeError where a count or expectation is out of its domain
 * Assumptions: a place without any report has no case, or does not report; which of the two follows from what was expected.
 * Method: slope and α by maximum likelihood of a negative binomial model; regions with cases weighed by 1 / (1 + m / α), as
 * the model weighs them; one pass.
 * Source: Clayton and Kaldor 1987, doi:10.2307/2532003; Lawless 1987, doi:10.2307/3314912
 */
export const placeFactors = (places: readonly PlaceCount[], settings: RiskSettings): PlaceFactors => {
  const { level, slope, shape } = trendOf(places, settings.placeShape)
  const heard = places.map(({ count, expected }) =>
    count === null ? 1 - silentProbability(expected, shape, settings.silentShare) : 1,
  )
  const trend = places.map(({ expected }) =>
    Math.exp(level + (slope - 1) * Math.log(Math.max(leastExpected, expected))),
  )
  const regions = new Map<string, { count: number; expected: number }>()
  for (const [at, { region, count, expected }] of places.entries()) {
    const mean = (trend[at] ?? 1) * expected
    const weight = (heard[at] ?? 1) / (1 + mean / shape)
    const sum = regions.get(region) ?? { count: 0, expected: 0 }
    regions.set(region, {
      count: sum.count + weight * (count ?? 0),
      expected: sum.expected + weight * mean,
    })
  }
  const factors = places.map(({ region, count, expected }, at) => {
    const { count: seen, expected: of } = regions.get(region) ?? { count: 0, expected: 0 }
    const regional = shrunkFactor({ mean: 1, shape: settings.provinceShape }, seen, of).mean
    return shrunkFactor({ mean: (trend[at] ?? 1) * regional, shape }, count ?? 0, (heard[at] ?? 1) * expected)
  })
  return { factors, slope, shape }
}
