import { filterLength, slopeReach } from './level-filter.ts'
import type { PostModel, PostState } from './post-state.ts'

/** Loss that a follower is taken to have had before anything was seen, over this share of a day. */
const priorLoss = 0.2
const priorDays = 0.5

/**
 * Weights of the followers at one lead: by their discounted loss there, relative to the best.
 *   w ∝ exp(−sharpness (loss / least loss − 1))
 * Source: exponential weights, Cesa-Bianchi and Lugosi 2006, section 2.2, doi:10.1017/CBO9780511546921
 */
export const followerWeights = (
  state: PostState,
  model: PostModel,
  lead: number,
  into: Float64Array,
): void => {
  const followers = into.length
  const prior = priorDays * model.grid.windowsPerDay
  const weight = (state.lossWeights[lead] ?? 0) + prior
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < followers; at++) {
    const loss = ((state.losses[lead * followers + at] ?? 0) + prior * priorLoss) / weight
    into[at] = loss
    least = Math.min(least, loss)
  }
  let total = 0
  for (let at = 0; at < followers; at++) {
    const share = Math.exp(-model.settings.sharpness * ((into[at] ?? 0) / least - 1))
    into[at] = share
    total += share
  }
  for (let at = 0; at < followers; at++) into[at] = (into[at] ?? 0) / total
}

const reachesOf = ({ grid, settings, reaches }: PostModel, windows: number): Float64Array => {
  const known = reaches.get(windows)
  if (known !== undefined) return known
  const days = windows / grid.windowsPerDay
  const reach = Float64Array.from(settings.followers, ({ slope, damping }) =>
    slope === 0 ? 0 : slopeReach(damping, days),
  )
  reaches.set(windows, reach)
  return reach
}

/**
 * Level that each follower expects some windows ahead: ℓ + slope, damped, + what is left of the deviation.
 * @param from  level, slope and deviation of each follower   @param at  where they begin   @param stride  numbers of each
 */
export const levelsAhead = (
  model: PostModel,
  from: Float64Array,
  at: number,
  stride: number,
  windows: number,
  into: Float64Array,
): void => {
  const reaches = reachesOf(model, windows)
  const fading = (model.motions[0]?.fading ?? 0) ** windows
  for (let follower = 0; follower < into.length; follower++) {
    const place = at + follower * stride
    into[follower] =
      (from[place] ?? 0) + (reaches[follower] ?? 0) * (from[place + 1] ?? 0) + fading * (from[place + 2] ?? 0)
  }
}

/** Keeps level, slope and deviation of each follower. */
export const keepLevels = (filters: Float64Array, into: Float64Array, at: number): void => {
  for (let from = 0, to = at; from < filters.length; from += filterLength, to += 3) {
    into[to] = filters[from] ?? 0
    into[to + 1] = filters[from + 1] ?? 0
    into[to + 2] = filters[from + 2] ?? 0
  }
}

/** Lets all kept levels of the followers of one profile shift by as much as their profile has. */
export const shiftLevels = (
  levels: Float64Array,
  stride: number,
  isOf: readonly boolean[],
  shift: number,
): void => {
  for (let place = 0, follower = 0; place < levels.length; place += stride, follower++)
    if (isOf[follower % isOf.length] === true) levels[place] = (levels[place] ?? 0) + shift
}

/** The two leads about a distance, and how far it is from the first to the second, 0 to 1. */
export type BetweenLeads = { readonly near: number; readonly far: number; readonly share: number }

export const betweenLeads = (leads: readonly number[], windows: number): BetweenLeads => {
  let near = 0
  while (near < leads.length - 1 && windows >= (leads[near + 1] ?? 0)) near++
  const far = Math.min(near + 1, leads.length - 1)
  const [from, to] = [leads[near] ?? 1, leads[far] ?? 1]
  return { near, far, share: far > near ? Math.max(0, Math.log(windows / from) / Math.log(to / from)) : 0 }
}
