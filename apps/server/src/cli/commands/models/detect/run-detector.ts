import { detectEars, type EarsMethod } from '@guankou/models/surveillance/ears.ts'
import { detectFarrington } from '@guankou/models/surveillance/farrington.ts'
import { detectFarringtonFlexible } from '@guankou/models/surveillance/farrington-flexible.ts'
import type { DetectedPoint, MonitoredRange } from '@guankou/models/surveillance/point.ts'
import { detectSeasonalCusum } from '@guankou/models/surveillance/seasonal-cusum.ts'
import type { DetectOptions } from './options.ts'
import { calendarOf, pointsPerYear, type Series } from './series.ts'

/** Only what was given, so that the defaults of the models stand for the rest. */
const given = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }

const ears = (
  series: Series,
  options: DetectOptions,
  method: EarsMethod,
  range: MonitoredRange,
): DetectedPoint[] => {
  const { baseline, minSigma, alpha } = options
  const points = detectEars(series.counts, { method, ...given({ baseline, minSigma, alpha }) })
  return points.slice(range.first, range.last + 1)
}

const atOnce = 25

type Reporter = (done: number) => void

/** Goes through the range in parts, so that a bar can move. */
const inParts = (
  { first, last }: MonitoredRange,
  report: Reporter,
  detect: (part: MonitoredRange) => readonly DetectedPoint[],
): DetectedPoint[] => {
  const points: DetectedPoint[] = []
  for (let from = first; from <= last; from += atOnce) {
    points.push(...detect({ first: from, last: Math.min(last, from + atOnce - 1) }))
    report(points.length)
  }
  return points
}

const farrington = (
  series: Series,
  options: DetectOptions,
  range: MonitoredRange,
  report: Reporter,
): DetectedPoint[] => {
  const { counts, population } = series
  const calendar = calendarOf(options.series, series, options.freq)
  const { b, w, reweight, alpha, trend, limit54, powerTrans: powerTransform } = options
  const shared = given({ b, w, reweight, alpha, trend, limit54, powerTransform })
  const input = { counts, calendar, population }
  if (options.method === 'farrington')
    return inParts(range, report, (part) => detectFarrington(input, shared, part))
  const { weightsThreshold, pThresholdTrend, noPeriods, pastWeeksNotIncluded, thresholdMethod } = options
  const own = given({ weightsThreshold, pThresholdTrend, noPeriods, pastWeeksNotIncluded, thresholdMethod })
  return inParts(range, report, (part) => detectFarringtonFlexible(input, { ...shared, ...own }, part))
}

const cusum = (series: Series, options: DetectOptions, range: MonitoredRange): DetectedPoint[] => {
  const { alpha, cArl, theta, dir: direction, m: window, mtilde: leastLength, ret: bound } = options
  return detectSeasonalCusum(series.counts, series.population, range, {
    ...given({ cArl, theta, direction, window, leastLength, bound, alpha }),
    law: options.method === 'glr-poisson' ? 'poisson' : 'negative-binomial',
    harmonics: options.s ?? 1,
    trend: options.trend ?? false,
    refit: options.refit ?? false,
    pointsPerYear: pointsPerYear(series, options.freq),
  })
}

/**
 * Runs a detector over a range of a series.
 * @returns one point for each time point of the range
 * @throws RangeError where a parameter is out of its domain
 */
export const runDetector = (
  series: Series,
  options: DetectOptions,
  range: MonitoredRange,
  report: Reporter,
): DetectedPoint[] => {
  switch (options.method) {
    case 'ears-c1':
      return ears(series, options, 'c1', range)
    case 'ears-c2':
      return ears(series, options, 'c2', range)
    case 'ears-c3':
      return ears(series, options, 'c3', range)
    case 'ears-c3-rpkg':
      return ears(series, options, 'c3-rpkg', range)
    case 'farrington':
    case 'farrington-flexible':
      return farrington(series, options, range, report)
    case 'glr-poisson':
    case 'glr-nb':
      return cusum(series, options, range)
  }
}
