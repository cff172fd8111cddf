import { findingRate, type Screened } from '#src/numerics/binomial-interval.ts'
import { covidBounds, covidNaturalHistory, febrileShare, feverSensitivity } from './natural-history.ts'

/** A share with its plausible range. */
export type Detection = { readonly value: number; readonly low: number; readonly high: number }

/**
 * Share of infected arrivals that measuring temperature finds: those with a fever times the sensitivity of the method.
 * @param method  how temperature is taken, as in `feverSensitivity`
 * @returns the share with the range that the natural history and the method leave; null for other methods
 * @example temperatureDetection('questionnaire') // null
 */
export const temperatureDetection = (method: string): Detection | null => {
  const sensitivity = feverSensitivity[method]
  if (sensitivity === undefined) return null
  return {
    value: febrileShare(covidNaturalHistory) * sensitivity.value,
    low: febrileShare(covidBounds.worst) * sensitivity.low,
    high: febrileShare(covidBounds.best) * sensitivity.high,
  }
}

export type YieldInput = Screened & {
  /** Share of infected arrivals that the method finds; null where it is not known. */
  readonly detection: Detection | null
  /** Working time spent, in minutes; null where it is not known. */
  readonly officerMinutes: number | null
  /** Working time that one true finding is worth, in minutes; null where nobody has decided. */
  readonly worthMinutesPerFinding: number | null
}

/** A value with a 95 % interval; null stands for “without bound” or “nothing found”. */
export type Estimate = {
  readonly value: number | null
  readonly low95: number | null
  readonly high95: number | null
}

/**
 * - `pays`: even at the upper bound a finding costs less than it is worth
 * - `costs-more`: even at the lower bound it costs more
 * - `open`: the worth lies within the interval
 */
export type YieldVerdict = 'pays' | 'costs-more' | 'open'

export type ScreeningYield = {
  readonly screenedPerFinding: Estimate
  readonly minutesPerFinding: Estimate
  /** Infected people who passed unseen. */
  readonly missed: Estimate
  /** Null where working time or worth are not known. */
  readonly verdict: YieldVerdict | null
}

const nothing: Estimate = { value: null, low95: null, high95: null }

const inverse = (rate: number): number | null => (rate > 0 ? 1 / rate : null)

const times = (factor: number, { value, low95, high95 }: Estimate): Estimate => ({
  value: value === null ? null : factor * value,
  low95: low95 === null ? null : factor * low95,
  high95: high95 === null ? null : factor * high95,
})

const requireInput = ({ detection, officerMinutes, worthMinutesPerFinding }: YieldInput): void => {
  if (detection) {
    const { low, value, high } = detection
    if (!(low >= 0 && low <= value && value <= high && high <= 1))
      throw new RangeError(`not a share with its range: ${low}, ${value}, ${high}`)
  }
  for (const minutes of [officerMinutes, worthMinutesPerFinding]) {
    if (minutes !== null && !(minutes >= 0 && Number.isFinite(minutes)))
      throw new RangeError(`not a number of minutes: ${minutes}`)
  }
}

/** Missed for each found, (1 − d) / d, no more than there are people who were not found. */
const missedOf = (found: number, mostMissed: number, detection: number): number =>
  detection > 0 ? Math.min(mostMissed, (found * (1 - detection)) / detection) : mostMissed

const verdictOf = ({ low95, high95 }: Estimate, worth: number | null): YieldVerdict | null => {
  if (worth === null || low95 === null) return null
  if (low95 > worth) return 'costs-more'
  return high95 !== null && high95 < worth ? 'pays' : 'open'
}

/**
 * What a post and method find for what they cost, and what they miss.
 *   screened per finding n / x;   minutes per finding m / x;   missed x (1 − d) / d
 * @param input  n screened and x true findings, that is confirmed ones; share d of the infected that the method finds;
 * minutes m; all of one post, method and period
 * @returns values with 95 % intervals. Nothing found leaves no upper bound to what a finding costs, but a lower one
 * @throws RangeError where an argument is out of its domain
 * Intervals: exact (Clopper and Pearson) for x / n; for `missed` the bounds of x with the range of d, which is wide by
 * nature. With d not known nothing is said of those missed.
 * Limits: x counts confirmed findings; a fever without infection is not one. d assumes that people arrive as the natural
 * history says, and not that those with a fever stay away.
 * @example screeningYield({ screened: 9000, findings: 3, detection: null, officerMinutes: 3000, worthMinutesPerFinding: null }).minutesPerFinding.value // 1000
 */
export const screeningYield = (input: YieldInput): ScreeningYield => {
  requireInput(input)
  const { screened, findings, detection, officerMinutes, worthMinutesPerFinding } = input
  const { rate, low, high } = findingRate(input, 0.95, 'exact')
  if (screened === 0)
    return { screenedPerFinding: nothing, minutesPerFinding: nothing, missed: nothing, verdict: null }
  const screenedPerFinding = { value: inverse(rate), low95: inverse(high), high95: inverse(low) }
  const minutesPerFinding =
    officerMinutes === null ? nothing : times(officerMinutes / screened, screenedPerFinding)
  const passed = screened - findings
  const missed =
    detection === null
      ? nothing
      : {
          value: missedOf(findings, passed, detection.value),
          low95: missedOf(low * screened, passed, detection.high),
          high95: missedOf(high * screened, passed, detection.low),
        }
  const verdict = officerMinutes === null ? null : verdictOf(minutesPerFinding, worthMinutesPerFinding)
  return { screenedPerFinding, minutesPerFinding, missed, verdict }
}
