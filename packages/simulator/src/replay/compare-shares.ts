import type { OriginShare } from '#src/arrivals/scenario.ts'
import { chiSquareUpperTail } from '#src/replay/regularised-gamma.ts'

/** Travellers counted from one origin. */
export type OriginCount = { readonly originCode: number; readonly travellers: number }

export type ComparedOrigin = {
  readonly originCode: number
  readonly expectedShare: number
  readonly observedShare: number
  readonly travellers: number
  /** 99 % interval of the share that the count is compatible with. */
  readonly lowShare: number
  readonly highShare: number
  readonly isInside: boolean
}

export type ShareComparison = {
  readonly travellers: number
  readonly designEffect: number
  /** Travellers divided by the design effect: how many independent ones they are worth. */
  readonly effectiveTravellers: number
  readonly chiSquare: number
  readonly degreesOfFreedom: number
  readonly pValue: number
  /** Origins too small to be a cell of their own, taken together as one. */
  readonly pooledOrigins: number
  readonly largestDeviation: number
  readonly largestDeviationOrigin: number
  /** Origins with an own cell, by falling expected share. */
  readonly origins: readonly ComparedOrigin[]
  readonly originsInside: number
  /** Origins observed although the file gives them no share. */
  readonly unexpectedOrigins: readonly number[]
  /** True where p is at least the significance asked for and no origin is unexpected. */
  readonly isConsistent: boolean
}

/**
 * How much less a sample of parties tells than one of single travellers, when a party shares one origin:
 *   D = Σ m² / Σ m,   m the number aboard
 * @param partySizes  each ≥ 1   @returns D ≥ 1   @throws RangeError where there are none
 * Source: Kish, Survey Sampling (1965), §5.4 with intra-class correlation 1.
 * @example designEffectOf([1, 2, 3]) // 2.3333333333333335
 */
export const designEffectOf = (partySizes: Iterable<number>): number => {
  let squares = 0
  let total = 0
  for (const size of partySizes) {
    squares += size * size
    total += size
  }
  if (!(total > 0)) throw new RangeError('no parties to compute a design effect from')
  return squares / total
}

/** Quantile of the standard normal distribution at 0.995, for two-sided 99 % intervals. */
const z99 = 2.5758293035489004

/** A cell must be expected to hold so many independent travellers. */
const smallestCell = 5

/** Score interval of Wilson (1927), doi:10.1080/01621459.1927.10502953. */
const wilson = (share: number, count: number): { lowShare: number; highShare: number } => {
  const spread = z99 ** 2 / count
  const centre = (share + spread / 2) / (1 + spread)
  const half = (z99 / (1 + spread)) * Math.sqrt((share * (1 - share)) / count + spread / (4 * count))
  return { lowShare: Math.max(0, centre - half), highShare: Math.min(1, centre + half) }
}

type Cell = { readonly originCode: number; readonly expected: number; readonly travellers: number }

const cellsOf = (expected: readonly OriginShare[], counts: ReadonlyMap<number, number>): Cell[] => {
  const total = expected.reduce((sum, one) => sum + one.share, 0)
  return expected
    .filter((one) => one.share > 0)
    .map(({ originCode, share }) => ({
      originCode,
      expected: share / total,
      travellers: counts.get(originCode) ?? 0,
    }))
    .sort((a, b) => b.expected - a.expected)
}

/** The small cells as one; where even that is too small, the last large one joins it. */
const poolCells = (cells: readonly Cell[], effective: number): { own: Cell[]; pooled: Cell[] } => {
  const own = cells.filter((cell) => cell.expected * effective >= smallestCell)
  const pooled = cells.slice(own.length)
  const pooledExpected = pooled.reduce((sum, cell) => sum + cell.expected, 0) * effective
  const last = own.at(-1)
  if (pooled.length > 0 && pooledExpected < smallestCell && last !== undefined)
    return { own: own.slice(0, -1), pooled: [last, ...pooled] }
  return { own, pooled }
}

export type CompareOptions = {
  readonly expected: readonly OriginShare[]
  readonly observed: readonly OriginCount[]
  /** From `designEffectOf`; 1 where every traveller's origin was drawn alone. */
  readonly designEffect: number
  /** p-values below this are called inconsistent; 0.001 unless told otherwise. */
  readonly significance?: number
}

const compareOrigin = (cell: Cell, travellers: number, effective: number): ComparedOrigin => {
  const observedShare = cell.travellers / travellers
  const interval = wilson(observedShare, effective)
  return {
    originCode: cell.originCode,
    expectedShare: cell.expected,
    observedShare,
    travellers: cell.travellers,
    ...interval,
    isInside: cell.expected >= interval.lowShare && cell.expected <= interval.highShare,
  }
}

/**
 * Whether counted travellers have the shares of origins they were drawn from, within sampling error.
 *   X² = Σ (Oᵢ − n pᵢ)² / (n pᵢ),   p = P(χ²(k − 1) ≥ X² / D)
 * with Oᵢ travellers from origin i, pᵢ its expected share, n all travellers, k cells, D the design effect.
 *
 * Travellers of one party share an origin, so they are no independent draws. Given the party sizes, the covariance of the
 * counts is exactly D times that of a multinomial sample, if sizes do not depend on origins; dividing by D therefore is the
 * first-order correction of Rao and Scott (1981, doi:10.1080/01621459.1981.10477633) with nothing left out. Origins
 * expected to have fewer than 5 independent travellers are pooled. Intervals are Wilson's with n / D in place of n.
 * @returns shares in [0, 1]; `largestDeviation` over all origins, pooled ones too
 * @throws RangeError where nothing was observed, no share is positive, or the design effect is below 1
 * Limits: where a few large coaches hold most travellers the chi-square law is approximate in small cells. With a single
 * cell there is nothing to test: 0 degrees of freedom and p = 1.
 */
export const compareShares = (options: CompareOptions): ShareComparison => {
  const { expected, observed, designEffect, significance = 0.001 } = options
  const counts = new Map(observed.map((one) => [one.originCode, one.travellers]))
  const travellers = observed.reduce((sum, one) => sum + one.travellers, 0)
  const cells = cellsOf(expected, counts)
  const [largest] = cells
  if (!(travellers > 0) || largest === undefined || !(designEffect >= 1))
    throw new RangeError(
      'shares are compared on travellers, positive shares and a design effect of 1 or more',
    )
  const effectiveTravellers = travellers / designEffect
  const { own, pooled } = poolCells(cells, effectiveTravellers)
  const rest = {
    originCode: 0,
    expected: pooled.reduce((sum, cell) => sum + cell.expected, 0),
    travellers: pooled.reduce((sum, cell) => sum + cell.travellers, 0),
  }
  const tested = pooled.length > 0 ? [...own, rest] : own
  const chiSquare = tested.reduce((sum, cell) => {
    const mean = travellers * cell.expected
    return sum + (cell.travellers - mean) ** 2 / mean
  }, 0)
  const degreesOfFreedom = tested.length - 1
  const pValue = degreesOfFreedom > 0 ? chiSquareUpperTail(chiSquare / designEffect, degreesOfFreedom) : 1
  const deviationOf = (cell: Cell): number => Math.abs(cell.travellers / travellers - cell.expected)
  const worst = cells.reduce((a, b) => (deviationOf(b) > deviationOf(a) ? b : a), largest)
  const origins = own.map((cell) => compareOrigin(cell, travellers, effectiveTravellers))
  const known = new Set(cells.map((cell) => cell.originCode))
  const unexpectedOrigins = observed
    .filter((one) => one.travellers > 0 && !known.has(one.originCode))
    .map((one) => one.originCode)
  return {
    travellers,
    designEffect,
    effectiveTravellers,
    chiSquare: chiSquare / designEffect,
    degreesOfFreedom,
    pValue,
    pooledOrigins: pooled.length,
    largestDeviation: deviationOf(worst),
    largestDeviationOrigin: worst.originCode,
    origins,
    originsInside: origins.filter((one) => one.isInside).length,
    unexpectedOrigins,
    isConsistent: pValue >= significance && unexpectedOrigins.length === 0,
  }
}
