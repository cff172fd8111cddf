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
  readonly prior: Float64Array
  /** e^offset. */
  readonly exposure: Float64Array
  readonly leverages: Float64Array
  /** Means of the last step and of the one before, in turn. */
  readonly means: readonly [Float64Array, Float64Array]
  /** Sums of the last step and of the one before, in turn. */
  readonly sums: readonly [Sums, Sums]
  readonly step: Step
}

/** @param size  number of counts   @param groupCount  number of groups */
export const createWorkspace = (size: number, groupCount: number): Workspace => {
  const room = (): Float64Array => new Float64Array(size)
  const groups = (): Float64Array => new Float64Array(groupCount)
  const sums = (): Sums => ({
    weight: groups(),
    time: groups(),
    response: groups(),
    squares: 0,
    cross: 0,
    deviance: 0,
  })
  return {
    size,
    centred: room(),
    prior: room(),
    exposure: room(),
    leverages: room(),
    means: [room(), room()],
    sums: [sums(), sums()],
    step: {
      levels: groups(),
      factors: groups(),
      slope: 0,
      groupWeights: groups(),
      groupTimes: groups(),
      spread: 0,
    },
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
  /** e^level. */
  readonly factors: Float64Array
  slope: number
  groupWeights: Float64Array
  readonly groupTimes: Float64Array
  spread: number
}

/** What the counts alone decide, with the prior weights ω. */
type Totals = {
  readonly origin: number
  /** Σ ω y by group. */
  readonly byGroup: Float64Array
  /** Σ ω y (t − origin). */
  readonly byTime: number
  /** Σ ω (y ln y − y − y offset): the deviance but for its predictor. */
  readonly own: number
}

/** e^(slope × time) is multiplied on from one time point to the next, and taken anew before rounding adds up. */
const afresh = 32

/** Logarithms of small whole counts, which most are: the same few are asked for again and again. */
const tabled = 1024
const logs = Float64Array.from({ length: tabled }, (_, y) => Math.log(y))
const logsAtStart = Float64Array.from({ length: tabled }, (_, y) => Math.log(y + 0.1))
const isTabled = (y: number): boolean => (y | 0) === y && y < tabled
const logOf = (y: number): number => (isTabled(y) ? (logs[y] as number) : Math.log(y))
const logAtStart = (y: number): number => (isTabled(y) ? (logsAtStart[y] as number) : Math.log(y + 0.1))

/** Sums at the start, where each mean is its own count + 0.1. */
const sumAtStart = (data: GroupedCounts, workspace: Workspace): void => {
  const {
    centred,
    prior,
    means: [means],
    sums: [sums],
  } = workspace
  const { counts, groups, offset } = data
  const { weight, time, response } = sums
  weight.fill(0)
  time.fill(0)
  response.fill(0)
  let squares = 0
  let cross = 0
  let deviance = 0
  for (let i = 0; i < counts.length; i++) {
    const y = counts[i] as number
    const c = centred[i] as number
    const mean = y + 0.1
    const predictor = logAtStart(y)
    const own = y === 0 ? 0 : y * logOf(y) - y
    const w = (prior[i] as number) * mean
    const wz =
      w * (predictor - (offset === undefined ? 0 : (offset[i] as number))) - 0.1 * (prior[i] as number)
    const group = groups[i] as number
    means[i] = mean
    deviance += (prior[i] as number) * (own - y * predictor + mean)
    weight[group] = (weight[group] as number) + w
    time[group] = (time[group] as number) + w * c
    response[group] = (response[group] as number) + wz
    squares += w * c * c
    cross += wz * c
  }
  sums.squares = squares
  sums.cross = cross
  sums.deviance = 2 * deviance
}

/**
 * One pass over the counts: means of a step, its deviance, and the sums that decide the next step. Working responses are
 * linear in what is known of a group, so that only the means are summed count by count.
 * @param turn  which means and sums of the workspace are filled in
 */
const sumUp = (
  { times, groups }: GroupedCounts,
  { centred, prior, exposure, step, ...rooms }: Workspace,
  totals: Totals,
  turn: 0 | 1,
): void => {
  const { levels, factors, slope } = step
  const means = rooms.means[turn]
  const sums = rooms.sums[turn]
  const { weight, time, response } = sums
  weight.fill(0)
  time.fill(0)
  response.fill(0)
  const ratio = Math.exp(slope)
  const n = centred.length
  let trend = 1
  let squares = 0
  for (let i = 0; i < n; ) {
    // Neighbours are mostly of one group: its sums are kept apart until it ends.
    const group = groups[i] as number
    const factor = factors[group] as number
    let ownWeight = 0
    let ownTime = 0
    for (; i < n && groups[i] === group; i++) {
      const c = centred[i] as number
      const follows = i % afresh !== 0 && (times[i] as number) - (times[i - 1] as number) === 1
      trend = follows ? trend * ratio : Math.exp(slope * c)
      const mean = factor * trend * (exposure[i] as number)
      means[i] = mean
      const w = (prior[i] as number) * mean
      const wc = w * c
      ownWeight += w
      ownTime += wc
      squares += wc * c
    }
    weight[group] = (weight[group] as number) + ownWeight
    time[group] = (time[group] as number) + ownTime
  }
  let deviance = totals.own - slope * totals.byTime
  let cross = slope * squares + totals.byTime
  for (let group = 0; group < weight.length; group++) {
    const w = weight[group] as number
    // A group without counts has no level.
    if (w === 0) continue
    const level = levels[group] as number
    const wt = time[group] as number
    const wy = totals.byGroup[group] as number
    response[group] = level * w + slope * wt + (wy - w)
    cross += (level - 1) * wt
    deviance += w - level * wy
  }
  sums.squares = squares
  sums.cross = cross
  sums.deviance = 2 * deviance
}

/** Weighted least squares with a level for each group and one slope: groups are averaged out, the slope is what is left. */
const solve = (step: Step, { weight, time, response, squares, cross }: Sums, withTrend: boolean): void => {
  const { levels, factors, groupTimes } = step
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
  step.slope = withTrend ? product / spread : 0
  step.spread = spread
  step.groupWeights = weight
  for (let group = 0; group < levels.length; group++) {
    levels[group] = (levels[group] as number) - step.slope * (groupTimes[group] as number)
    factors[group] = Math.exp(levels[group] as number)
  }
}

/** Fills in what the counts alone decide. */
const prepare = (data: GroupedCounts, { centred, prior, exposure }: Workspace): Totals => {
  const { counts, times, groups, groupCount, weights, offset } = data
  const n = counts.length
  const byGroup = new Float64Array(groupCount)
  let origin = 0
  let byTime = 0
  let own = 0
  for (let i = 0; i < n; i++) origin += (times[i] as number) / n
  for (let i = 0; i < n; i++) {
    const y = counts[i] as number
    const shift = offset === undefined ? 0 : (offset[i] as number)
    const ω = weights === undefined ? 1 : (weights[i] as number)
    const group = groups[i] as number
    centred[i] = (times[i] as number) - origin
    prior[i] = ω
    exposure[i] = offset === undefined ? 1 : Math.exp(shift)
    byGroup[group] = (byGroup[group] as number) + ω * y
    byTime += ω * y * (centred[i] as number)
    own += y === 0 ? 0 : ω * y * (logOf(y) - 1 - shift)
  }
  return { origin, byGroup, byTime, own }
}

const isBounded = ({ levels, slope }: Step, first: number, last: number): boolean => {
  if (!Number.isFinite(slope)) return false
  const furthest = Math.max(Math.abs(slope * first), Math.abs(slope * last))
  for (let group = 0; group < levels.length; group++)
    if (Math.abs(levels[group] as number) + furthest >= largestPredictor) return false
  return true
}

/**
 * Fits counts in groups with a common trend by quasi-Poisson likelihood with a logarithmic link.
 * @param data  counts ≥ 0, times in ascending order, groups, prior weights, offset
 * @param workspace  room of the same size; the arrays of the result lie in it until the next fit
 * @returns the fit, or undefined where it does not settle within 25 steps
 * Method: Fisher scoring from y + 0.1 until the deviance changes by less than 1e-8 of itself, as `glm` of R does it, so that
 * results agree with its; each step solves the weighted normal equations in closed form, O(n) instead of O(n p²). Weights,
 * leverages and dispersion are those of the last step.
 * Source: McCullagh and Nelder, Generalized Linear Models (1989), section 2.5
 */
export const fitGroupedPoisson = (
  data: GroupedCounts,
  workspace: Workspace = createWorkspace(data.counts.length, data.groupCount),
): GroupedFit | undefined => {
  const totals = prepare(data, workspace)
  const { centred, step, sums } = workspace
  sumAtStart(data, workspace)
  let turn: 0 | 1 = 0
  for (let n = 0; n < mostSteps; n++) {
    const last = sums[turn]
    solve(step, last, data.withTrend)
    if (!isBounded(step, centred[0] ?? 0, centred[centred.length - 1] ?? 0)) return undefined
    turn = turn === 0 ? 1 : 0
    sumUp(data, workspace, totals, turn)
    const { deviance } = sums[turn]
    if (Math.abs(deviance - last.deviance) < tolerance * (Math.abs(deviance) + 0.1))
      return summarise(data, workspace, totals.origin, turn)
  }
  return undefined
}

const summarise = (
  { counts, groups, withTrend }: GroupedCounts,
  { centred, prior, leverages, step, ...rooms }: Workspace,
  origin: number,
  turn: 0 | 1,
): GroupedFit => {
  const { levels, slope, groupWeights, groupTimes, spread } = step
  const means = rooms.means[turn]
  const before = rooms.means[turn === 0 ? 1 : 0]
  let dispersion = 0
  let priorDispersion = 0
  const unitSlope = withTrend ? 1 / spread : 0
  for (let i = 0; i < counts.length; i++) {
    const group = groups[i] as number
    const distance = (centred[i] as number) - (groupTimes[group] as number)
    const ω = prior[i] as number
    const w = ω * (before[i] as number)
    leverages[i] = w * (1 / (groupWeights[group] as number) + distance * distance * unitSlope)
    const residual = (counts[i] as number) / (means[i] as number) - 1
    dispersion += w * residual * residual
    priorDispersion += ω * residual * residual
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
