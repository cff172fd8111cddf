import { addUp } from './add-up.ts'
import { commonLevel } from './common-level.ts'
import { chainKernel, delayProbabilities } from './delay.ts'
import {
  arrivalsByDay,
  confirmedByDay,
  unlistedByDay,
  weighArrivals,
  weightsOfArrival,
  weighUnlisted,
} from './exposed-arrivals.ts'
import type { FitInput } from './fit-input.ts'
import { learnOrigins } from './origin-factors.ts'
import { placeFactors } from './place-factors.ts'
import type { RiskSettings } from './risk-settings.ts'
import type { Factor } from './shrinkage.ts'

export type RiskFit = {
  /** Confirmed cases by days after an infected arrival. */
  readonly kernel: Float64Array
  /** Common level by day; that of the last known day stands for those after it. */
  readonly level: Float64Array
  readonly origins: readonly Factor[]
  readonly places: readonly Factor[]
  /** Exponent of arrivals, and shape of the factors of places. */
  readonly slope: number
  readonly placeShape: number
}

const rounds = 6

/** By destination and origin: cases expected until the destination's last report, with factors of 1. */
const expectedByOrigin = (
  input: FitInput,
  weightOn: (day: number, lastDay: number) => number,
  kernel: Float64Array,
): Float64Array[] => {
  const byLastIndex = new Map<number, { weights: Float64Array; unlisted: Float64Array }>()
  const weighedTo = (last: number) => {
    const known = byLastIndex.get(last)
    if (known) return known
    const confirmed = Float64Array.from({ length: input.arrivals.panel.span.days }, (_, day) =>
      day <= last ? weightOn(day, last) : 0,
    )
    const weights = weightsOfArrival(confirmed, kernel)
    const made = { weights, unlisted: weighUnlisted(input.arrivals, weights) }
    byLastIndex.set(last, made)
    return made
  }
  return input.cases.map((cases, destination) => {
    const { weights, unlisted } = weighedTo(cases?.lastIndex ?? input.knownDays - 1)
    return weighArrivals(input.arrivals, destination, weights, unlisted)
  })
}

const countedCases = (input: FitInput, kept: number): (number | null)[] =>
  input.cases.map((cases) =>
    cases === null
      ? null
      : addUp(
          cases.counts.map((value, day) =>
            day <= cases.lastIndex ? value * kept ** (cases.lastIndex - day) : 0,
          ),
        ),
  )

/**
 * Factors of origins, places and days, learned in turn from the cases of destinations.
 * @param input  arrivals and cases   @param settings  delays and priors
 * @returns factors with their shapes
 * Method: six rounds; each takes the factors of the others as known. Older cases weigh less, `placeKept` a day.
 */
export const fitRisk = (input: FitInput, settings: RiskSettings): RiskFit => {
  const kernel = chainKernel(
    delayProbabilities(settings.arrivalToConfirmation),
    delayProbabilities(settings.confirmationToNext),
    settings.reproduction,
  )
  const { origins: originNames, destinations, span } = input.arrivals.panel
  const counts = countedCases(input, settings.placeKept)
  const telling = counts.map((count, at) => (input.sources[at] ? null : count))
  const kept = (day: number, last: number): number => settings.placeKept ** (last - day)
  const plain = expectedByOrigin(input, kept, kernel)
  let origins: readonly Factor[] = originNames.map(() => ({ mean: 1, shape: settings.originShape }))
  let places: readonly Factor[] = destinations.map(() => ({ mean: 1, shape: settings.placeShape }))
  let level: Float64Array = new Float64Array(span.days).fill(1)
  let [slope, placeShape] = [1, settings.placeShape]
  for (let round = 0; round < rounds; round++) {
    origins = learnOrigins(
      { counts: telling, expected: plain, places, sourceOrigins: input.sourceOrigins },
      origins,
      settings,
    )
    const factors = origins.map(({ mean }) => mean)
    const unlisted = unlistedByDay(input.arrivals, factors)
    const expected = destinations.map((_, at) =>
      confirmedByDay(arrivalsByDay(input.arrivals, at, factors, unlisted), kernel),
    )
    level = commonLevel({ ...input, expected, places }, span.days, settings)
    const leveled = expectedByOrigin(input, (day, last) => kept(day, last) * (level[day] ?? 1), kernel)
    const fitted = placeFactors(
      leveled.map((row, at) => ({
        region: input.regions[at] ?? '',
        isSource: input.sources[at] ?? false,
        count: counts[at] ?? null,
        expected: addUp(row.map((value, origin) => value * (factors[origin] ?? 1))),
      })),
      settings,
    )
    places = fitted.factors
    slope = fitted.slope
    placeShape = fitted.shape
  }
  return { kernel, level, origins, places, slope, placeShape }
}
