import {
  findingRate,
  type IntervalMethod,
  type Rate,
  type Screened,
} from '#src/numerics/binomial-interval.ts'
import { exceedsByChance } from './exact-comparison.ts'

export type OriginScreening = Screened & {
  readonly origin: string
  /** People who arrived; null where not counted. */
  readonly arrivals: number | null
  /** Whether a rule treats people from here worse than others. */
  readonly isSingledOut: boolean
}

/**
 * - `not-singled-out`: no rule, nothing to justify
 * - `supported`: findings per screened are higher than elsewhere, beyond chance
 * - `contradicted`: they are lower than elsewhere, beyond chance
 * - `no-evidence`: enough were screened to see a doubled rate, and it is not seen
 * - `too-few`: not enough were screened to say
 */
export type FairnessVerdict = 'not-singled-out' | 'supported' | 'contradicted' | 'no-evidence' | 'too-few'

export type OriginFairness = {
  readonly origin: string
  readonly found: Rate
  /** Screened per arrival; null where arrivals are not counted or nobody arrived. */
  readonly screenedPerArrival: number | null
  /** Rate against that of all origins that no rule singles out; null where those have no finding. */
  readonly rateRatio: number | null
  /** Probability that so many findings fall here by chance, corrected for the number of origins singled out. */
  readonly chance: number | null
  readonly verdict: FairnessVerdict
  /** Whether the rule must be looked at again: people are treated worse and the counts do not show why. */
  readonly isWarned: boolean
}

export type FairnessOptions = {
  /** Of the intervals, in (0, 1). */
  readonly level?: number
  readonly method?: IntervalMethod
  /** A chance at most this large counts as evidence, in (0, 1). */
  readonly significance?: number
}

/** Holm's correction: p-values in ascending order times the number of those not yet passed, never falling. */
const correctForMany = (chances: readonly number[]): number[] => {
  const order = chances.map((_, at) => at).sort((a, b) => (chances[a] ?? 1) - (chances[b] ?? 1))
  const corrected = chances.map(() => 1)
  let least = 0
  order.forEach((at, rank) => {
    least = Math.max(least, Math.min(1, (chances[at] ?? 1) * (chances.length - rank)))
    corrected[at] = least
  })
  return corrected
}

const totalOf = (list: readonly Screened[]): Screened => ({
  screened: list.reduce((sum, { screened }) => sum + screened, 0),
  findings: list.reduce((sum, { findings }) => sum + findings, 0),
})

/**
 * Findings that would be expected here at twice the rate of the others must be this many before their absence says
 * anything: of 3 expected, none at all is seen with a probability of e^−3 = 5 %.
 */
const tellingFindings = 3

const verdictOf = (
  one: Screened,
  others: Screened,
  chance: number,
  significance: number,
): FairnessVerdict => {
  if (chance <= significance) return 'supported'
  if (exceedsByChance(others, one) <= significance) return 'contradicted'
  const rate = others.screened > 0 ? others.findings / others.screened : 0
  return 2 * rate * one.screened >= tellingFindings ? 'no-evidence' : 'too-few'
}

/**
 * Sets the findings of each origin beside the rules that single it out.
 * @param origins  one entry an origin; counts of one period and of methods that find alike
 * @returns one entry an origin, in the same order; `isWarned` where an origin is treated worse and the counts do not
 * support it, be they too few, like elsewhere, or lower
 * @throws RangeError where counts are not possible
 * Compares each origin singled out with all that are not, together. Holm's correction keeps the probability of calling any
 * rule supported by chance below the significance.
 * Limits: people who are singled out are often screened more closely, so that more is found per person; and findings per
 * screened say nothing of those who were not screened. `supported` is a reason to keep a rule, not a proof that it is just.
 * Source: Holm, Scand J Stat 6:65 (1979), https://www.jstor.org/stable/4615733; `exceedsByChance`, `findingRate`
 * @example assessFairness([{ origin: 'A', arrivals: null, screened: 9, findings: 0, isSingledOut: true }])[0]?.verdict // 'too-few'
 */
export const assessFairness = (
  origins: readonly OriginScreening[],
  { level = 0.95, method = 'jeffreys', significance = 0.05 }: FairnessOptions = {},
): OriginFairness[] => {
  const found = origins.map((each) => findingRate(each, level, method))
  const others = totalOf(origins.filter(({ isSingledOut }) => !isSingledOut))
  const otherRate = others.screened > 0 ? others.findings / others.screened : 0
  const singledOut = origins.filter(({ isSingledOut }) => isSingledOut)
  const corrected = correctForMany(singledOut.map((each) => exceedsByChance(each, others)))
  const chanceOf = new Map(singledOut.map((each, at) => [each, corrected[at] ?? 1]))
  return origins.map((each, at): OriginFairness => {
    const rate = found[at] ?? { rate: 0, low: 0, high: 1 }
    const chance = chanceOf.get(each) ?? null
    const verdict = chance === null ? 'not-singled-out' : verdictOf(each, others, chance, significance)
    return {
      origin: each.origin,
      found: rate,
      screenedPerArrival: each.arrivals ? each.screened / each.arrivals : null,
      rateRatio: otherRate > 0 && each.screened > 0 ? rate.rate / otherRate : null,
      chance,
      verdict,
      isWarned: chance !== null && verdict !== 'supported',
    }
  })
}
