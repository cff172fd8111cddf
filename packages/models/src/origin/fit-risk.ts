import { chainKernel, delayProbabilities } from './delay.ts'
import {
  arrivalsByDay,
  confirmedByDay,
  type ExposedArrivals,
  weighArrivals,
  weightsOfArrival,
} from './exposed-arrivals.ts'
import type { DailyCases } from './origin-data.ts'
import { placeFactors } from './place-factors.ts'
import type { RiskSettings } from './risk-settings.ts'
import { type Factor, shrunkFactor } from './shrinkage.ts'

/** What is fitted: everything known of arrivals and of cases by a day. */
export type FitInput = {
  readonly arrivals: ExposedArrivals
  /** By destination; null where it has published nothing. */
  readonly cases: readonly (DailyCases | null)[]
  /** By destination: the region whose places are alike. */
  readonly regions: readonly string[]
  /** By destination: whether it has an epidemic of its own, so that its cases tell of itself alone. */
  readonly sources: readonly boolean[]
  /** Days of the panel that are known, from its first. */
  readonly knownDays: number
}

export type RiskFit = {
  readonly kernel: Float64Array
  /** Common level by day; the last known day's stands for those after it. */
  readonly level: Float64Array
  readonly origins: readonly Factor[]
  readonly places: readonly Factor[]
  readonly slope: number
  readonly placeShape: number
}

const rounds = 3

/** Daily cases over daily expectation, both fading into the past; 1 by as many cases as the prior stands for. */
const commonLevel = (
  input: FitInput,
  expected: readonly Float64Array[],
  places: readonly Factor[],
  settings: RiskSettings,
): Float64Array => {
  const level = new Float64Array(input.arrivals.panel.span.days)
  let seen = settings.levelPriorCases
  let due = settings.levelPriorCases
  for (let day = 0; day < level.length; day++) {
    if (day < input.knownDays) {
      seen *= settings.levelKept
      due *= settings.levelKept
      for (const [at, cases] of input.cases.entries()) {
        if (cases === null || input.sources[at] || day > cases.lastIndex) continue
        seen += cases.counts[day] ?? 0
        due += (places[at]?.mean ?? 1) * (expected[at]?.[day] ?? 0)
      }
    }
    level[day] = due > 0 ? seen / due : 1
  }
  return level
}

/** By destination and origin: cases expected until the destination's last report, with factors of 1. */
const expectedByOrigin = (
  input: FitInput,
  level: Float64Array,
  kernel: Float64Array,
  keptBy: (days: number) => number,
): Float64Array[] => {
  const byLastIndex = new Map<number, Float64Array>()
  return input.cases.map((cases, destination) => {
    const last = cases?.lastIndex ?? input.knownDays - 1
    const weights =
      byLastIndex.get(last) ??
      weightsOfArrival(
        level.map((value, day) => (day <= last ? value * keptBy(last - day) : 0)),
        kernel,
      )
    byLastIndex.set(last, weights)
    return weighArrivals(input.arrivals, destination, weights)
  })
}

const sumOf = (values: Iterable<number>): number => {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

/**
 * Factors of origins from the cases of destinations, each case shared out by what was expected of each origin.
 * One step of expectation and maximisation towards the posterior mode of a Poisson sum with gamma factors.
 */
const originFactors = (
  counts: readonly (number | null)[],
  sources: readonly boolean[],
  expected: readonly Float64Array[],
  origins: readonly Factor[],
  places: readonly Factor[],
  settings: RiskSettings,
): Factor[] => {
  const shared = new Float64Array(origins.length)
  const due = new Float64Array(origins.length)
  for (const [at, row] of expected.entries()) {
    const count = counts[at]
    if (count === null || count === undefined || sources[at]) continue
    const place = places[at]?.mean ?? 1
    const total = sumOf(row.map((value, origin) => value * (origins[origin]?.mean ?? 1)))
    if (!(total > 0)) continue
    // A place's cases tell of its own factor first, so they weigh as its negative binomial model weighs them.
    const weight = 1 / (1 + (place * total) / settings.placeShape)
    for (let origin = 0; origin < due.length; origin++) {
      const own = row[origin] ?? 0
      shared[origin] = (shared[origin] ?? 0) + (weight * count * own * (origins[origin]?.mean ?? 1)) / total
      due[origin] = (due[origin] ?? 0) + weight * place * own
    }
  }
  return origins.map((_, origin) =>
    shrunkFactor({ mean: 1, shape: settings.originShape }, shared[origin] ?? 0, due[origin] ?? 0),
  )
}

export const fitRisk = (input: FitInput, settings: RiskSettings): RiskFit => {
  const kernel = chainKernel(
    delayProbabilities(settings.arrivalToConfirmation),
    delayProbabilities(settings.confirmationToNext),
    settings.reproduction,
  )
  const { origins: originNames, destinations } = input.arrivals.panel
  let origins: readonly Factor[] = originNames.map(() => ({ mean: 1, shape: settings.originShape }))
  let places: readonly Factor[] = destinations.map(() => ({ mean: 1, shape: settings.placeShape }))
  let level = new Float64Array(0)
  let [slope, placeShape] = [1, settings.placeShape]
  const keptBy = (days: number): number => settings.placeKept ** days
  const counted = input.cases.map((cases) =>
    cases === null
      ? null
      : sumOf(
          cases.counts.map(
            (value, day) => value * (day <= cases.lastIndex ? keptBy(cases.lastIndex - day) : 0),
          ),
        ),
  )
  for (let round = 0; round < rounds; round++) {
    const factors = origins.map(({ mean }) => mean)
    const expected = destinations.map((_, at) =>
      confirmedByDay(arrivalsByDay(input.arrivals, at, factors), kernel),
    )
    level = Float64Array.from(commonLevel(input, expected, places, settings))
    const byOrigin = expectedByOrigin(input, level, kernel, keptBy)
    if (round > 0) origins = originFactors(counted, input.sources, byOrigin, origins, places, settings)
    const counts = byOrigin.map((row, at) => {
      const expectedCases = sumOf(row.map((value, origin) => value * (origins[origin]?.mean ?? 1)))
      return {
        region: input.regions[at] ?? '',
        isSource: input.sources[at] ?? false,
        count: counted[at] ?? null,
        expected: expectedCases,
      }
    })
    const fitted = placeFactors(counts, settings)
    places = fitted.factors
    slope = fitted.slope
    placeShape = fitted.shape
  }
  return { kernel, level, origins, places, slope, placeShape }
}
