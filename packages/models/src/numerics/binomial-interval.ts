import { inverseBeta } from './incomplete-beta.ts'

export type Screened = { readonly screened: number; readonly findings: number }

export type Rate = { readonly rate: number; readonly low: number; readonly high: number }

export type IntervalMethod = 'jeffreys' | 'exact'

const requireCounts = ({ screened, findings }: Screened): void => {
  if (!(Number.isInteger(screened) && Number.isInteger(findings) && findings >= 0 && findings <= screened))
    throw new RangeError(`${findings} findings among ${screened} screened`)
}

/**
 * Findings per screened with a central interval.
 *   Jeffreys: quantiles of Beta(x + ½, n − x + ½);   exact (Clopper and Pearson): Beta(x, n − x + 1), Beta(x + 1, n − x)
 * @param counts  n screened and x findings among them, whole numbers, 0 ≤ x ≤ n
 * @param level  in (0, 1), such as 0.95
 * @param method  `exact` never covers less than it says and is wider; `jeffreys` covers it on average
 * @returns shares; the bound is 0 where nothing was found and 1 where everybody was; 0 to 1 where nobody was screened
 * @throws RangeError where counts or level are out of their domain
 * Source: Brown, Cai and DasGupta, Interval estimation for a binomial proportion, Stat Sci 16:101 (2001),
 * doi:10.1214/ss/1009213286
 * @example findingRate({ screened: 10, findings: 0 }, 0.95, 'exact').high // 0.3084971
 */
export const findingRate = (counts: Screened, level: number, method: IntervalMethod = 'jeffreys'): Rate => {
  requireCounts(counts)
  if (!(level > 0 && level < 1)) throw new RangeError(`not a level: ${level}`)
  const { screened, findings } = counts
  if (screened === 0) return { rate: 0, low: 0, high: 1 }
  const tail = (1 - level) / 2
  const [more, less] = method === 'jeffreys' ? [0.5, 0.5] : [0, 1]
  const misses = screened - findings
  const lower = { lower: tail, upper: 1 - tail }
  const upper = { lower: 1 - tail, upper: tail }
  return {
    rate: findings / screened,
    low: findings === 0 ? 0 : inverseBeta(findings + more, misses + less, lower).x,
    high: misses === 0 ? 1 : inverseBeta(findings + less, misses + more, upper).x,
  }
}
