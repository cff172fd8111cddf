/** Counts in groups with a common trend: ln m = offset + a(group) + b (time − origin). */
export type GroupedCounts = {
  readonly counts: Float64Array
  readonly times: Float64Array
  /** Group of each count, from 0. */
  readonly groups: Uint8Array
  readonly groupCount: number
  /** Prior weights; 1 where absent. */
  readonly weights?: Float64Array | undefined
  readonly offset?: Float64Array | undefined
  readonly withTrend: boolean
}

export type GroupedFit = {
  /** Level of each group on the logarithmic scale at the origin; NaN for a group without counts. */
  readonly levels: Float64Array
  /** Slope per unit of time; 0 without a trend. */
  readonly slope: number
  readonly origin: number
  readonly means: Float64Array
  /** Leverages of the last weighted fit. */
  readonly leverages: Float64Array
  readonly degreesOfFreedom: number
  /** Σ w r² / df with the weights of the last step. */
  readonly dispersion: number
  /** Σ ω r² / df with the prior weights ω in place of the working ones. */
  readonly priorDispersion: number
  /** Sums of working weights and their mean times by group, and the spread of times within groups: for standard errors. */
  readonly groupWeights: Float64Array
  readonly groupTimes: Float64Array
  readonly timeSpread: number
}

const mostSteps = 25
const tolerance = 1e-8
const largestPredictor = 700

type Sums = {
  readonly weight: Float64Array
  readonly time: Float64Array
  readonly working: Float64Array
  slope: number
  spread: number
}

/** Weighted least squares with a level for each group and one slope: groups are averaged out, the slope is what is left. */
const solve = (
  data: GroupedCounts,
  centred: Float64Array,
  predictor: Float64Array,
  means: Float64Array,
  working: Float64Array,
  steps: Float64Array,
): Sums => {
  const { groups, groupCount, weights, offset, withTrend, counts } = data
  const weight = new Float64Array(groupCount)
  const time = new Float64Array(groupCount)
  const response = new Float64Array(groupCount)
  for (let i = 0; i < counts.length; i++) {
    const mean = means[i] as number
    const w = weights === undefined ? mean : (weights[i] as number) * mean
    const z =
      (predictor[i] as number) -
      (offset === undefined ? 0 : (offset[i] as number)) +
      ((counts[i] as number) - mean) / mean
    working[i] = w
    steps[i] = z
    const group = groups[i] as number
    weight[group] = (weight[group] as number) + w
    time[group] = (time[group] as number) + w * (centred[i] as number)
    response[group] = (response[group] as number) + w * z
  }
  for (let group = 0; group < groupCount; group++) {
    time[group] = (time[group] as number) / (weight[group] as number)
    response[group] = (response[group] as number) / (weight[group] as number)
  }
  const sums: Sums = { weight, time, working: response, slope: 0, spread: 0 }
  if (!withTrend) return sums
  let cross = 0
  for (let i = 0; i < counts.length; i++) {
    const group = groups[i] as number
    const distance = (centred[i] as number) - (time[group] as number)
    const w = working[i] as number
    sums.spread += w * distance * distance
    cross += w * distance * ((steps[i] as number) - (response[group] as number))
  }
  sums.slope = cross / sums.spread
  return sums
}

const ownDeviances = (counts: Float64Array): Float64Array =>
  counts.map((y) => (y === 0 ? 0 : y * Math.log(y) - y))

/**
 * Fits counts in groups with a common trend by quasi-Poisson likelihood with a logarithmic link.
 * @param data  counts ≥ 0, times, groups, prior weights, offset
 * @returns the fit, or undefined where it does not settle within 25 steps
 * Method: Fisher scoring from y + 0.1 until the deviance changes by less than 1e-8 of itself, as `glm` of R does it, so that
 * results agree with its; each step solves the weighted normal equations in closed form, O(n) instead of O(n p²). Weights,
 * leverages and dispersion are those of the last step.
 * Source: McCullagh and Nelder, Generalized Linear Models (1989), section 2.5
 */
export const fitGroupedPoisson = (data: GroupedCounts): GroupedFit | undefined => {
  const { counts, times, groups, groupCount, weights, offset } = data
  const n = counts.length
  let origin = 0
  for (let i = 0; i < n; i++) origin += (times[i] as number) / n
  const centred = times.map((time) => time - origin)
  const own = ownDeviances(counts)
  const predictor = counts.map((y) => Math.log(y + 0.1))
  const means = counts.map((y) => y + 0.1)
  const working = new Float64Array(n)
  const steps = new Float64Array(n)
  const levels = new Float64Array(groupCount)
  let deviance = devianceOf(data, own, predictor, means)
  for (let step = 0; step < mostSteps; step++) {
    const sums = solve(data, centred, predictor, means, working, steps)
    for (let group = 0; group < groupCount; group++)
      levels[group] = (sums.working[group] as number) - sums.slope * (sums.time[group] as number)
    for (let i = 0; i < n; i++) {
      const value =
        (levels[groups[i] as number] as number) +
        sums.slope * (centred[i] as number) +
        (offset === undefined ? 0 : (offset[i] as number))
      predictor[i] = value
      means[i] = Math.exp(value)
      if (!(Math.abs(value) < largestPredictor)) return undefined
    }
    const next = devianceOf(data, own, predictor, means)
    const settled = Math.abs(next - deviance) < tolerance * (Math.abs(next) + 0.1)
    deviance = next
    if (settled) return summarise(data, { levels, sums, origin, centred, means, working, weights })
  }
  return undefined
}

const devianceOf = (
  { counts, weights }: GroupedCounts,
  own: Float64Array,
  predictor: Float64Array,
  means: Float64Array,
): number => {
  let sum = 0
  for (let i = 0; i < counts.length; i++) {
    const unit = (own[i] as number) - (counts[i] as number) * (predictor[i] as number) + (means[i] as number)
    sum += weights === undefined ? unit : (weights[i] as number) * unit
  }
  return 2 * sum
}

type Settled = {
  readonly levels: Float64Array
  readonly sums: Sums
  readonly origin: number
  readonly centred: Float64Array
  readonly means: Float64Array
  readonly working: Float64Array
  readonly weights: Float64Array | undefined
}

const summarise = (data: GroupedCounts, settled: Settled): GroupedFit => {
  const { levels, sums, origin, centred, means, working, weights } = settled
  const { counts, groups, withTrend } = data
  const leverages = new Float64Array(counts.length)
  let dispersion = 0
  let priorDispersion = 0
  for (let i = 0; i < counts.length; i++) {
    const group = groups[i] as number
    const distance = (centred[i] as number) - (sums.time[group] as number)
    const w = working[i] as number
    leverages[i] =
      w * (1 / (sums.weight[group] as number) + (withTrend ? (distance * distance) / sums.spread : 0))
    const residual = ((counts[i] as number) - (means[i] as number)) / (means[i] as number)
    dispersion += w * residual * residual
    priorDispersion += (weights === undefined ? 1 : (weights[i] as number)) * residual * residual
  }
  const groupsUsed = sums.weight.reduce((used, weight) => used + (weight > 0 ? 1 : 0), 0)
  const degreesOfFreedom = counts.length - groupsUsed - (withTrend ? 1 : 0)
  return {
    levels,
    slope: sums.slope,
    origin,
    means,
    leverages,
    degreesOfFreedom,
    dispersion: dispersion / degreesOfFreedom,
    priorDispersion: priorDispersion / degreesOfFreedom,
    groupWeights: sums.weight,
    groupTimes: sums.time,
    timeSpread: withTrend ? sums.spread : Number.POSITIVE_INFINITY,
  }
}

/** Linear predictor of a group at a time, with its variance over the dispersion. */
export const predictGrouped = (fit: GroupedFit, group: number, time: number, offset: number) => {
  const distance = time - fit.origin - (fit.groupTimes[group] ?? 0)
  return {
    predictor: (fit.levels[group] ?? Number.NaN) + fit.slope * (time - fit.origin) + offset,
    unitVariance: 1 / (fit.groupWeights[group] ?? 0) + (distance * distance) / fit.timeSpread,
  }
}
