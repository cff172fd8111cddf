/** What is known of an origin besides its tests, each entry as a column of the regression. */
export type Covariate = {
  /** Expected change of the log odds for one unit. */
  readonly slope: number
  /** Standard deviation of that change before any test. */
  readonly slopeSd: number
}

/**
 * How prevalence varies between origins and with time. Log odds of origin i in step t:
 *   θ_it = m + λ_t + Σ_j z_ijt b_j + u_it,   u_t ~ N(0, K),   K_ij = g² e^(−d_ij / ℓ) + s² [i = j]
 * λ, b and u return to their means with persistence φ a step and keep their spread.
 */
export type PrevalenceModel = {
  /** Log odds of an average origin, m. */
  readonly meanLogOdds: number
  /** Standard deviation of the common level λ. */
  readonly levelSd: number
  /** Standard deviation g of what neighbours share. */
  readonly neighbourSd: number
  /** Distance ℓ at which the correlation of neighbours has fallen to 1 / e. */
  readonly neighbourKm: number
  /** Standard deviation s of what an origin has to itself. */
  readonly ownSd: number
  /** Share φ of u that is left after one day, in (0, 1]. */
  readonly persistencePerDay: number
  /** The same for the level and the slopes. */
  readonly levelPersistencePerDay: number
  readonly covariates: readonly Covariate[]
}

/**
 * Values chosen on the Eva data; docs/models/allocation.md tells how, and how little the result depends on each.
 * Positive tests among cases per 1,000 tests and cases per million of the origin enter as ln(1 + value).
 */
export const prevalenceDefaults: PrevalenceModel = {
  meanLogOdds: -5.5,
  levelSd: 0.5,
  neighbourSd: 0.3,
  neighbourKm: 2000,
  ownSd: 0.5,
  persistencePerDay: 0.95,
  levelPersistencePerDay: 0.9975,
  covariates: [],
}

/** Slopes of ln(1 + cases per 1,000 tests) and of ln(1 + cases per million inhabitants) in the origin. */
export const originMetricCovariates: readonly Covariate[] = [
  { slope: 0.18, slopeSd: 0.08 },
  { slope: 0.06, slopeSd: 0.08 },
]

/** Position in degrees; null where an origin is no place, such as “other”. */
export type OriginPosition = { readonly longitude: number; readonly latitude: number } | null

const earthRadiusKm = 6371
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/**
 * Great-circle distance.
 * @returns km; infinite where a position is not known
 * Method: haversine on a sphere of 6,371 km; within 0.6 % of the ellipsoid.
 * @example distanceKm({ longitude: 0, latitude: 0 }, { longitude: 180, latitude: 0 }) // 20015.0868
 */
export const distanceKm = (from: OriginPosition, to: OriginPosition): number => {
  if (from === null || to === null) return Number.POSITIVE_INFINITY
  const rise = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2
  const turn = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2
  const square = rise + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * turn
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(square)))
}

/**
 * Covariance of the state (level, slopes, origins) before any test, row by row.
 * @param model  see `PrevalenceModel`   @param positions  one entry an origin
 * @returns a matrix of 1 + covariates + origins rows
 */
export const stationaryCovariance = (
  model: PrevalenceModel,
  positions: readonly OriginPosition[],
): Float64Array => {
  const shared = 1 + model.covariates.length
  const size = shared + positions.length
  const covariance = new Float64Array(size * size)
  covariance[0] = model.levelSd ** 2
  model.covariates.forEach(({ slopeSd }, at) => {
    covariance[(at + 1) * (size + 1)] = slopeSd ** 2
  })
  positions.forEach((from, i) => {
    positions.forEach((to, j) => {
      const near = i === j ? 1 : Math.exp(-distanceKm(from, to) / model.neighbourKm)
      covariance[(shared + i) * size + shared + j] =
        model.neighbourSd ** 2 * near + (i === j ? model.ownSd ** 2 : 0)
    })
  })
  return covariance
}
