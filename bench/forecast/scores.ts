/** A point forecast and the quantiles about it. */
export type Forecast = {
  readonly mean: number
  readonly q05: number
  readonly q50: number
  readonly q90: number
  readonly q95: number
}

export type Scores = {
  readonly windows: number
  /** Of the median. */
  readonly wape: number
  readonly mape: number
  /** Of the mean. */
  readonly wapeOfMean: number
  readonly mapeOfMean: number
  readonly pinball50: number
  readonly pinball90: number
  readonly coverage90: number
}

const pinball = (observed: number, forecast: number, p: number): number =>
  observed >= forecast ? p * (observed - forecast) : (1 - p) * (forecast - observed)

/** Adds scores up: shares of the sum of values, except the mean absolute percentage error (values above 0) and the coverage. */
export const createScores = () => {
  let [windows, total, positive, covered] = [0, 0, 0, 0]
  const sums = { wape: 0, mape: 0, wapeOfMean: 0, mapeOfMean: 0, pinball50: 0, pinball90: 0 }
  return {
    add: (observed: number, { mean, q05, q50, q90, q95 }: Forecast): void => {
      windows++
      total += observed
      sums.wape += Math.abs(observed - q50)
      sums.wapeOfMean += Math.abs(observed - mean)
      if (observed > 0) {
        positive++
        sums.mape += Math.abs(observed - q50) / observed
        sums.mapeOfMean += Math.abs(observed - mean) / observed
      }
      sums.pinball50 += pinball(observed, q50, 0.5)
      sums.pinball90 += pinball(observed, q90, 0.9)
      if (observed >= q05 && observed <= q95) covered++
    },
    result: (): Scores => ({
      windows,
      wape: sums.wape / total,
      mape: sums.mape / positive,
      wapeOfMean: sums.wapeOfMean / total,
      mapeOfMean: sums.mapeOfMean / positive,
      pinball50: sums.pinball50 / total,
      pinball90: sums.pinball90 / total,
      coverage90: covered / windows,
    }),
  }
}

const quantile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? 1

const leastRatios = 50
const keptRatios = 2_000

/** A band for a baseline: its value times quantiles of observed / forecast at the origins before. */
export const createRatioBand = () => {
  const ratios: number[] = []
  let sorted: readonly number[] = []
  return {
    sort: (): void => {
      sorted = ratios.slice(-keptRatios).sort((a, b) => a - b)
    },
    band: (value: number): Forecast => {
      const times = (p: number): number => (sorted.length < leastRatios ? 1 : quantile(sorted, p)) * value
      return { mean: value, q05: times(0.05), q50: value, q90: times(0.9), q95: times(0.95) }
    },
    learn: (observed: number, value: number): void => {
      if (value > 0) ratios.push(observed / value)
    },
  }
}
