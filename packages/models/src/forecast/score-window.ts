import { takeError } from './adaptive-conformal.ts'
import { flowLaw, standardisedError } from './flow-law.ts'
import { followerWeights, levelsAhead } from './follower-mix.ts'
import { midnightsKept, type PostModel, type PostState } from './post-state.ts'

const greatestLoss = 3
const varianceHalfLifeDays = 7
const slotHalfLife = 28
const meanHalfLifeDays = 21
const leastVariance = 1e-4
/** Squared errors beyond this many variances count as so many. */
const greatestSquare = 9
const greatestRatio = 3
const usualHalfLifeDays = 2
/** Observations that the starting variance of a lead stands for. */
const variancePrior = 20
const slotPrior = 10

/** How fast the level of the band moves with each window. */
const conformalStep = (windowsPerDay: number): number => (windowsPerDay === 1 ? 0.02 : 0.005)

/** A value, its logarithm, what is known to shift it, and its place in the week. */
type Seen = {
  readonly value: number
  readonly log: number
  readonly shift: number
  readonly cell: number
  readonly slot: number
}

/** Compares a value with what was expected of it at each lead: losses, variances, errors of the band. */
export const scoreWindow = (state: PostState, model: PostModel, seen: Seen): void => {
  const { settings, grid, leads, ahead, weights } = model
  const count = grid.windowsPerDay
  const followers = settings.followers.length
  const isCount = state.unit === 'counts'
  const precise = 1 / (1 + (isCount ? Math.exp(-seen.log) : 0) / settings.observationVariance)
  const scale = slotScale(state, seen.slot)
  for (const [which, lead] of leads.entries()) {
    const isLong = lead > count || count === 1
    const days = lead / count - 1
    const from = isLong ? state.midnights : state.recent
    const day = Math.floor(state.next / count) - days
    const place = isLong
      ? ((day % midnightsKept) + midnightsKept) % midnightsKept
      : (state.next - lead) % (count + 1)
    const at = place * followers * 3
    const tails = state.tails[which]
    if (
      tails === undefined ||
      (isLong ? day * count : state.next - lead) < state.first ||
      Number.isNaN(from[at] ?? Number.NaN)
    )
      continue
    levelsAhead(model, from, at, 3, isLong ? days * count + seen.slot + 1 : lead, ahead)
    followerWeights(state, model, which, weights)
    const memory = 2 ** (-1 / (settings.lossHalfLife * count * (lead > count ? 3 : 1)))
    let expected = seen.shift
    for (let follower = 0; follower < followers; follower++) {
      const season = state.profiles[settings.followers[follower]?.profile ?? 0].season[seen.cell] ?? 0
      const own = season + (ahead[follower] ?? 0)
      expected += (weights[follower] ?? 0) * own
      const loss = Math.min(greatestLoss, Math.abs(seen.log - seen.shift - own))
      const cell = which * followers + follower
      state.losses[cell] = (state.losses[cell] ?? 0) * memory + precise * loss
    }
    state.lossWeights[which] = (state.lossWeights[which] ?? 0) * memory + precise
    const counting = isCount ? 1 / Math.max(state.offset, Math.exp(expected)) : 0
    const variance = state.variances[which] ?? 0
    const error = seen.log - expected
    takeError(tails, standardisedError(error, variance * scale + counting), conformalStep(count))
    const squared = Math.min(error * error, greatestSquare * (variance * scale + counting))
    const share = 1 - 2 ** (-1 / (varianceHalfLifeDays * count))
    const gain = Math.max(share, 1 / (variancePrior + tails.count))
    state.variances[which] = Math.max(
      leastVariance,
      variance + gain * ((squared - counting) / scale - variance),
    )
    const compared = { expected, squared, variance, counting }
    if (lead === count) learnSlot(state, seen, compared)
    if (which === (count === 1 ? 0 : 1)) learnMean(state, count, seen, compared)
  }
}

/** What one comparison shows: logarithm expected, squared error, and its variance beyond counting and by counting. */
type Compared = Readonly<Record<'expected' | 'squared' | 'variance' | 'counting', number>>

const learnSlot = (state: PostState, { slot }: Seen, { squared, variance, counting }: Compared): void => {
  const memory = 2 ** (-1 / slotHalfLife)
  const ratio = Math.max(0, Math.min(greatestSquare, (squared - counting) / Math.max(variance, counting)))
  state.slotErrors[slot] = (state.slotErrors[slot] ?? 0) * memory + ratio
  state.slotCounts[slot] = (state.slotCounts[slot] ?? 0) * memory + 1
}

/** How the mean of the law has held, large windows counting more. */
const learnMean = (
  state: PostState,
  windowsPerDay: number,
  { value, slot }: Seen,
  { expected, variance }: Compared,
): void => {
  const middle = Math.exp(expected) - state.offset
  if (middle <= 0) return
  const { mean } = flowLaw(middle, variance * slotScale(state, slot))
  const recent = 1 - 2 ** (-1 / (usualHalfLifeDays * windowsPerDay))
  state.usualMean = state.usualMean === 0 ? mean : state.usualMean + recent * (mean - state.usualMean)
  const weight = mean / state.usualMean
  const memory = 2 ** (-1 / (meanHalfLifeDays * windowsPerDay))
  state.ratioSum = state.ratioSum * memory + weight * Math.min(greatestRatio, value / mean)
  state.ratioWeight = state.ratioWeight * memory + weight
}

/** Variance of a slot relative to that of the post, drawn to 1 while few days are known. */
export const slotScale = (state: PostState, slot: number): number =>
  Math.max(
    0.3,
    Math.min(4, ((state.slotErrors[slot] ?? 0) + slotPrior) / ((state.slotCounts[slot] ?? 0) + slotPrior)),
  )
