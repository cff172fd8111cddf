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

/** Room for one fit of a given size, used again by the next so that long runs of fits do not fill the memory. */
export type Workspace = {
  readonly size: number
  readonly centred: Float64Array
  readonly logStart: Float64Array
  readonly own: Float64Array
  readonly means: Float64Array
  readonly before: Float64Array
  readonly leverages: Float64Array
}

export const createWorkspace = (size: number): Workspace => {
  const room = (): Float64Array => new Float64Array(size)
  return {
    size,
    centred: room(),
    logStart: room(),
    own: room(),
    means: room(),
    before: room(),
    leverages: room(),
  }
}

const mostSteps = 25
const tolerance = 1e-8
const largestPredictor = 700

/** Sums over working weights w and working responses z at one set of means; by group where they are arrays. */
type Sums = {
  readonly weight: Float64Array
  readonly time: Float64Array
  readonly response: Float64Array
  squares: number
  cross: number
  deviance: number
}

/** The least-squares solution of one step. */
type Step = {
  /** Level of each group at the origin. */
  readonly levels: Float64Array
  readonly slope: number
  readonly groupWeights: Float64Array
  readonly groupTimes: Float64Array
  readonly spread: number
}

/** e^(slope × time) is multiplied on from one time point to the next, and taken anew before rounding adds up. */
const afresh = 32

/**
 * One pass over the counts: means of a step, its deviance, and the sums that decide the next step.
 * @param step  undefined for the start at y + 0.1
 */
const sumsOf = (
  data: GroupedCounts,
  { centred, logStart, own, means }: Workspace,
  step: Step | undefined,
): Sums => {
  const { counts, times, groups, groupCount, weights, offset } = data
  const weight = new Float64Array(groupCount)
  const time = new Float64Array(groupCount)
  const response = new Float64Array(groupCount)
  const factors = new Float64Array(groupCount)
  const slope = step === undefined ? 0 : step.slope
  if (step !== undefined) for (let g = 0; g < groupCount; g++) factors[g] = Math.exp(step.levels[g] as number)
  const ratio = Math.exp(slope)
  let trend = 1
  let [squares, cross, deviance] = [0, 0, 0]
  for (let i = 0; i < counts.length; ) {
    // Neighbours are mostly of one group: its sums are kept apart until it ends.
    const group = groups[i] as number
    const level = step === undefined ? 0 : (step.levels[group] as number)
    let [ownWeight, ownTime, ownResponse] = [0, 0, 0]
    for (; i < counts.length && groups[i] === group; i++) {
      const y = counts[i] as number
      const c = centred[i] as number
      const shift = offset === undefined ? 0 : (offset[i] as number)
      const prior = weights === undefined ? 1 : (weights[i] as number)
      let predictor = logStart[i] as number
      let mean = y + 0.1
      if (step !== undefined) {
        const follows = i % afresh !== 0 && (times[i] as number) - (times[i - 1] as number) === 1
        trend = follows ? trend * ratio : Math.exp(slope * c)
        predictor = level + slope * c + shift
        mean = (factors[group] as number) * trend
        if (offset !== undefined) mean *= Math.exp(shift)
      }
      means[i] = mean
      deviance += prior * ((own[i] as number) - y * predictor + mean)
      const w = prior * mean
      const wz = w * (predictor - shift) + prior * (y - mean)
      ownWeight += w
      ownTime += w * c
      ownResponse += wz
      squares += w * c * c
      cross += wz * c
    }
    weight[group] = (weight[group] as number) + ownWeight
    time[group] = (time[group] as number) + ownTime
    response[group] = (response[group] as number) + ownResponse
  }
  return { weight, time, response, squares, cross, deviance: 2 * deviance }
}

/** Weighted least squares with a level for each group and one slope: groups are averaged out, the slope is what is left. */
const solve = ({ weight, time, response, squares, cross }: Sums, withTrend: boolean): Step => {
  const groupTimes = new Float64Array(weight.length)
  const levels = new Float64Array(weight.length)
  let spread = squares
  let product = cross
  for (let group = 0; group < weight.length; group++) {
    const total = weight[group] as number
    groupTimes[group] = (time[group] as number) / total
    levels[group] = (response[group] as number) / total
    if (total === 0) continue
    spread -= (time[group] as number) * (groupTimes[group] as number)
    product -= (time[group] as number) * (levels[group] as number)
  }
  const slope = withTrend ? product / spread : 0
  for (let group = 0; group < levels.length; group++)
    levels[group] = (levels[group] as number) - slope * (groupTimes[group] as number)
  return { levels, slope, groupWeights: weight, groupTimes, spread }
}

/** Fills in what the counts alone decide; returns the mean time. */
const prepare = ({ counts, times }: GroupedCounts, { centred, logStart, own }: Workspace): number => {
  const n = counts.length
  let origin = 0
  for (let i = 0; i < n; i++) origin += (times[i] as number) / n
  for (let i = 0; i < n; i++) {
    const y = counts[i] as number
    centred[i] = (times[i] as number) - origin
    logStart[i] = Math.log(y + 0.1)
    own[i] = y === 0 ? 0 : y * Math.log(y) - y
  }
  return origin
}

const isBounded = ({ levels, slope }: Step, [first, last]: readonly [number, number]): boolean =>
  levels.every(
    (level) =>
      Number.isNaN(level) ||
      (Math.abs(level + slope * first) < largestPredictor &&
        Math.abs(level + slope * last) < largestPredictor),
  ) && Number.isFinite(slope)

/**
 * Fits counts in groups with a common trend by quasi-Poisson likelihood with a logarithmic link.
 * @param data  counts ≥ 0, times in ascending order, groups, prior weights, offset
 * @param workspace  room of the same size; the means and leverages of the result lie in it until the next fit
 * @returns the fit, or undefined where it does not settle within 25 steps
 * Method: Fisher scoring from y + 0.1 until the deviance changes by less than 1e-8 of itself, as `glm` of R does it, so that
 * results agree with its; each step solves the weighted normal equations in closed form, O(n) instead of O(n p²). Weights,
 * leverages and dispersion are those of the last step.
 * Source: McCullagh and Nelder, Generalized Linear Models (1989), section 2.5
 */
export const fitGroupedPoisson = (
  data: GroupedCounts,
  workspace: Workspace = createWorkspace(data.counts.length),
): GroupedFit | undefined => {
  const origin = prepare(data, workspace)
  const { centred, means, before } = workspace
  const ends = [centred[0] ?? 0, centred[centred.length - 1] ?? 0] as const
  let sums = sumsOf(data, workspace, undefined)
  for (let n = 0; n < mostSteps; n++) {
    const step = solve(sums, data.withTrend)
    if (!isBounded(step, ends)) return undefined
    const { deviance } = sums
    before.set(means)
    sums = sumsOf(data, workspace, step)
    if (Math.abs(sums.deviance - deviance) < tolerance * (Math.abs(sums.deviance) + 0.1))
      return summarise(data, workspace, step, origin)
  }
  return undefined
}

const summarise = (
  { counts, groups, withTrend, weights }: GroupedCounts,
  { centred, means, before, leverages }: Workspace,
  { levels, slope, groupWeights, groupTimes, spread }: Step,
  origin: number,
): GroupedFit => {
  let dispersion = 0
  let priorDispersion = 0
  const unitSlope = withTrend ? 1 / spread : 0
  for (let i = 0; i < counts.length; i++) {
    const group = groups[i] as number
    const distance = (centred[i] as number) - (groupTimes[group] as number)
    const prior = weights === undefined ? 1 : (weights[i] as number)
    const w = prior * (before[i] as number)
    leverages[i] = w * (1 / (groupWeights[group] as number) + distance * distance * unitSlope)
    const residual = (counts[i] as number) / (means[i] as number) - 1
    dispersion += w * residual * residual
    priorDispersion += prior * residual * residual
  }
  let groupsUsed = 0
  for (const weight of groupWeights) if (weight > 0) groupsUsed++
  const degreesOfFreedom = counts.length - groupsUsed - (withTrend ? 1 : 0)
  return {
    levels,
    slope,
    origin,
    means,
    leverages,
    degreesOfFreedom,
    dispersion: dispersion / degreesOfFreedom,
    priorDispersion: priorDispersion / degreesOfFreedom,
    groupWeights,
    groupTimes,
    timeSpread: withTrend ? spread : Number.POSITIVE_INFINITY,
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
