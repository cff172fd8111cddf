import { normalUpperQuantile } from '#src/numerics/normal.ts'

/** Nodes and weights of Gauss and Hermite's rule with 9 points, for weights e^(−t²); DLMF 3.5(v). */
const nodes = [
  [0, 0.7202352156060509],
  [0.7235510187528376, 0.4326515590025558],
  [1.468553289216668, 0.08847452739437657],
  [2.266580584531843, 0.004943624275536947],
  [3.190993201781528, 3.960697726326439e-5],
] as const

const rootPi = 1.7724538509055159

const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

/**
 * Mean of a share whose log odds are normal.
 *   E[1 / (1 + e^−θ)],   θ ~ N(m, v)
 * @param mean  m   @param variance  v ≥ 0
 * @returns a share in (0, 1)
 * Limits: relative error below 1e-4 for v ≤ 2. Method: Gauss-Hermite rule with 9 points.
 * @example logitNormalMean(0, 1) // 0.5
 */
export const logitNormalMean = (mean: number, variance: number): number => {
  const reach = Math.sqrt(2 * variance)
  let sum = 0
  for (const [node, weight] of nodes) {
    const pair = node === 0 ? logistic(mean) : logistic(mean + reach * node) + logistic(mean - reach * node)
    sum += weight * pair
  }
  return sum / rootPi
}

/**
 * Central interval of a share whose log odds are normal.
 * @param level  in (0, 1)
 * @returns shares in (0, 1)
 * @example logitNormalInterval(0, 0, 0.9) // ({ low: 0.5, high: 0.5 })
 */
export const logitNormalInterval = (
  mean: number,
  variance: number,
  level: number,
): { readonly low: number; readonly high: number } => {
  const reach = normalUpperQuantile((1 - level) / 2) * Math.sqrt(variance)
  return { low: logistic(mean - reach), high: logistic(mean + reach) }
}
