import { requireDomain } from '#src/numerics/domain.ts'
import { normalUpperQuantile } from '#src/numerics/normal.ts'
import { type DetectedPoint, finiteOrNull, undecided } from './point.ts'

export type EarsMethod = 'c1' | 'c2' | 'c3' | 'c3-rpkg'

export type EarsOptions = {
  readonly method: EarsMethod
  /** Length of the baseline in time points, at least 3; 7 where absent. */
  readonly baseline?: number
  /** Least standard deviation of a baseline, in cases; 0 where absent. Give 0.5 to 1 where counts are sparse. */
  readonly minSigma?: number
  /** One-sided level of C1, C2 and the C3 of the R package; 0.001 where absent, for that C3 0.025. */
  readonly alpha?: number
}

/** Time points between the baseline and the count judged. */
const gapOf: Readonly<Record<EarsMethod, number>> = { c1: 0, c2: 2, c3: 2, 'c3-rpkg': 2 }

type Baseline = { readonly mean: number; readonly deviation: number }

const baselineAt = (
  counts: readonly number[],
  t: number,
  length: number,
  gap: number,
  least: number,
): Baseline => {
  const from = t - gap - length
  let sum = 0
  for (let i = from; i < from + length; i++) sum += counts[i] ?? 0
  const mean = sum / length
  let squares = 0
  for (let i = from; i < from + length; i++) squares += ((counts[i] ?? 0) - mean) ** 2
  return { mean, deviation: Math.max(least, Math.sqrt(squares / (length - 1))) }
}

/** Standardised distance of a count from its baseline; 0 for a count equal to a baseline that does not vary. */
const distance = (count: number, { mean, deviation }: Baseline): number =>
  count === mean ? 0 : (count - mean) / deviation

const excess = (standardised: number): number => Math.max(0, standardised - 1)

const judgeByQuantile = (count: number, baseline: Baseline, z: number): DetectedPoint => {
  const upperBound = baseline.mean + z * baseline.deviation
  const score = finiteOrNull((count - baseline.mean) / baseline.deviation)
  return { observed: count, expected: baseline.mean, upperBound, score, alarm: count > upperBound }
}

/** Three excesses over 2, that of today included. */
const judgeBySum = (count: number, today: Baseline, before: number): DetectedPoint => {
  const sum = excess(distance(count, today)) + before
  return {
    observed: count,
    expected: today.mean,
    // Once the two days before exceed 2 by themselves, no count escapes the alarm.
    upperBound: before > 2 ? null : today.mean + today.deviation * (3 - before),
    score: finiteOrNull(sum),
    alarm: sum > 2,
  }
}

/** The sum leaves today out, and the bound rests on today's own count. */
const judgeByPackage = (count: number, today: Baseline, before: number, z: number): DetectedPoint => {
  const bound = Math.max(0, count + today.deviation * (z - before))
  const upperBound = finiteOrNull(bound)
  return {
    observed: count,
    expected: today.mean,
    upperBound,
    score: finiteOrNull(before),
    alarm: upperBound !== null && count > upperBound,
  }
}

/**
 * EARS: compares each count with the days shortly before it.
 *   C1, C2: alarm where y > m + z s, with mean m and standard deviation s of a baseline that ends 1 or 3 days before
 *   C3: alarm where Σ_{i=0..2} max(0, C2(t − i) − 1) > 2, with C2(t) = (y − m) / s
 * `c3-rpkg` is the C3 of the R package surveillance: the sum leaves today out and is compared with z, so that it can alarm on
 * a day that falls.
 * @param counts  cases per time point, whole numbers ≥ 0   @param options  method and parameters
 * @returns one point for each count; undecided before the baseline is full. The score is C1, C2 or the sum of C3
 * @throws RangeError where a parameter is out of its domain
 * Assumptions: no trend and no season within the baseline, or such as a week takes out. A baseline without variation alarms
 * at the next case: give `minSigma`.
 * Method: O(baseline) a point; no randomness.
 * Source: Hutwagner et al. 2003, doi:10.1093/jurban/jtg042; Fricker et al. 2008, doi:10.1002/sim.3197
 * @example detectEars([1, 1, 1, 1, 1, 1, 8, 4], { method: 'c1' })[7]?.upperBound // 10.175986
 */
export const detectEars = (counts: readonly number[], options: EarsOptions): DetectedPoint[] => {
  const { method, baseline = 7, minSigma = 0 } = options
  const { alpha = method === 'c3-rpkg' ? 0.025 : 0.001 } = options
  requireDomain(Number.isInteger(baseline) && baseline >= 3, `a baseline of ${baseline} time points`)
  requireDomain(minSigma >= 0 && Number.isFinite(minSigma), `a least standard deviation of ${minSigma}`)
  const z = normalUpperQuantile(alpha)
  const gap = gapOf[method]
  const isSum = method === 'c3' || method === 'c3-rpkg'
  const first = baseline + gap + (isSum ? 2 : 0)
  const baselineOf = (t: number) => baselineAt(counts, t, baseline, gap, minSigma)
  const excessAt = (t: number): number => excess(distance(counts[t] ?? 0, baselineOf(t)))
  return counts.map((count, t) => {
    if (t < first) return undecided(count)
    if (!isSum) return judgeByQuantile(count, baselineOf(t), z)
    const before = excessAt(t - 1) + excessAt(t - 2)
    return method === 'c3'
      ? judgeBySum(count, baselineOf(t), before)
      : judgeByPackage(count, baselineOf(t), before, z)
  })
}
