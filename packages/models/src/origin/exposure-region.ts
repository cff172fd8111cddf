import { isProbability, requireDomain } from '#src/numerics/domain.ts'

/** Probabilities of places, adding up to 1. */
export type Shares = ReadonlyMap<string, number>

/** What is known of arrivals beside where they came from last. */
export type Evidence = {
  /** Where they were in the last 14 days, as they say; empty where they name nothing, null where nobody asked. */
  readonly declared: readonly string[] | null
  /** Where they live; null where it is not known. */
  readonly domicile: string | null
}

export type EvidenceSettings = {
  /** Share of those exposed elsewhere than in their last stop who say where. */
  readonly declaringShare: number
  /** Share of those not exposed there who name a given place all the same. */
  readonly namingShare: number
  /** Share of those exposed in a place who live there. */
  readonly residentShare: number
  /** Places among which the domiciles of the others are spread. */
  readonly otherDomiciles: number
  /** Probability given to a place that is named but that nobody expected. */
  readonly unexpectedShare: number
}

/** Assumptions; no public data tell them. A city measures them where tests and tracing find what was not declared. */
export const assumedEvidence: EvidenceSettings = {
  declaringShare: 0.8,
  namingShare: 0.02,
  residentShare: 0.6,
  otherDomiciles: 300,
  unexpectedShare: 0.002,
}

const likelihood = (
  region: string,
  lastStop: string,
  { declared, domicile }: Evidence,
  settings: EvidenceSettings,
): number => {
  let value = 1
  if (declared !== null) {
    const others = declared.filter((place) => place !== lastStop)
    if (region !== lastStop)
      value *= others.includes(region) ? settings.declaringShare : 1 - settings.declaringShare
    for (const place of others) if (place !== region) value *= settings.namingShare
  }
  if (domicile !== null)
    value *=
      domicile === region ? settings.residentShare : (1 - settings.residentShare) / settings.otherDomiciles
  return value
}

/**
 * Where arrivals were exposed, if they were: last stop, declared history and domicile mixed.
 *   P(h | g, d, c) ∝ q(h | g) P(d | h) P(c | h)
 * @param lastStop  g, the place of the last leg   @param prior  q, what flows say of those who come from g
 * @param evidence  declared places d and domicile c
 * @returns probabilities of places, adding up to 1; the prior where there is no evidence
 * @throws RangeError where a prior is no probability or all are 0
 * Assumptions: declaration and domicile are independent given the region; their shares are `EvidenceSettings`.
 * Source: Bayes' theorem; the rule is ours
 * @example exposureRegion('440100', new Map([['440100', 0.9], ['420100', 0.1]]), { declared: ['420100'], domicile: null }).get('420100')?.toFixed(3) // '0.816'
 */
export const exposureRegion = (
  lastStop: string,
  prior: Shares,
  evidence: Evidence,
  settings: EvidenceSettings = assumedEvidence,
): Shares => {
  const named = [...(evidence.declared ?? []), ...(evidence.domicile === null ? [] : [evidence.domicile])]
  const shares = new Map(prior)
  for (const place of [lastStop, ...named])
    if (!shares.has(place)) shares.set(place, settings.unexpectedShare)
  let sum = 0
  for (const [region, share] of shares) {
    requireDomain(isProbability(share), `a share of ${share}`)
    const weight = share * likelihood(region, lastStop, evidence, settings)
    shares.set(region, weight)
    sum += weight
  }
  requireDomain(sum > 0, `an exposure region for arrivals by way of ${lastStop}`)
  for (const [region, weight] of shares) shares.set(region, weight / sum)
  return shares
}

/**
 * Shares of places learned from counts, pulled towards a prior.
 *   q̂_h = (α q_h + n_h) / (α + Σ n)
 * @param prior  q, adding up to 1   @param concentration  α > 0, arrivals for which the prior stands
 * @param counts  n ≥ 0 by place; fractions are allowed
 * @returns mean of the Dirichlet posterior, adding up to 1
 * @throws RangeError where an argument is out of its domain
 * Source: Gelman et al., Bayesian Data Analysis (3rd ed. 2013), section 3.4
 * @example learnShares(new Map([['a', 1]]), 10, new Map([['b', 10]])).get('b') // 0.5
 */
export const learnShares = (prior: Shares, concentration: number, counts: Shares): Shares => {
  let total = 0
  for (const count of counts.values()) {
    requireDomain(count >= 0 && Number.isFinite(count), `a count of ${count}`)
    total += count
  }
  requireDomain(concentration > 0, `a prior of ${concentration} arrivals`)
  const shares = new Map<string, number>()
  for (const place of new Set([...prior.keys(), ...counts.keys()]))
    shares.set(
      place,
      (concentration * (prior.get(place) ?? 0) + (counts.get(place) ?? 0)) / (concentration + total),
    )
  return shares
}
