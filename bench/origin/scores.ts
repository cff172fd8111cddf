/** How good forecasts of counts are over many places. */
export type Scores = {
  /** Mean of the logarithm of the probability given to what was seen; higher is better. */
  readonly logScore: number
  /** Spearman's rank correlation of forecast and seen. */
  readonly rankCorrelation: number
  /** Share of counts within the 90 % interval, and the 50 % interval. */
  readonly coverage90: number
  readonly coverage50: number | null
}

/** Ranks from 1, with the mean rank for equal values. */
const ranks = (values: readonly number[]): number[] => {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value)
  const found: number[] = []
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && order[to]?.value === order[from]?.value) to++
    for (const { at } of order.slice(from, to)) found[at] = (from + to + 1) / 2
    from = to
  }
  return found
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const correlation = (a: readonly number[], b: readonly number[]): number => {
  const [meanA, meanB] = [meanOf(a), meanOf(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (const [at, value] of a.entries()) {
    const other = (b[at] ?? 0) - meanB
    ab += (value - meanA) * other
    aa += (value - meanA) ** 2
    bb += other ** 2
  }
  return ab / Math.sqrt(aa * bb)
}

export const rankCorrelation = (a: readonly number[], b: readonly number[]): number =>
  correlation(ranks(a), ranks(b))

const fields = ['logScore', 'rankCorrelation', 'coverage90', 'coverage50'] as const

/** Mean over origins of time. */
export const meanScores = (scores: readonly Scores[]): Scores =>
  Object.fromEntries(
    fields.map((field) => {
      const values = scores.map((each) => each[field]).filter((value) => value !== null)
      return [field, values.length === 0 ? null : Number(meanOf(values).toFixed(4))]
    }),
  ) as Scores
