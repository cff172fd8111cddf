import { requireDomain } from '#src/numerics/domain.ts'

/** Febrile travellers and travellers screened, discounted, of one post or of the whole city. */
export type RateState = { readonly febrile: number; readonly screened: number }

export const emptyRate: RateState = { febrile: 0, screened: 0 }

const discount = 0.5 ** (1 / (21 * 24))
/** Until the city has shown its own: one febrile reading in 2000, weighing as one such reading would. */
const firstRate: RateState = { febrile: 1, screened: 2000 }
/** Findings that the rate of the whole city weighs in that of a post. */
const priorFindings = 4
/** What of an hour is learned at most above what was expected, in standard deviations: a cluster is not the usual. */
const learnedDeviations = 2

/** Rate per traveller with the size of the gamma distribution that tells how well it is known. */
export type KnownRate = { readonly rate: number; readonly size: number }

/**
 * Rate of fever findings at a post, drawn to that of the city where the post has shown little.
 *   rate = (x + s) / (n + s / r),   r = (X + 1) / (N + 2000),   s = 4 findings
 * @param post  of the post   @param city  of all posts together
 * @returns findings per traveller screened, > 0, and the size of its gamma distribution
 * Assumptions: posts differ little in the rate of people without the disease; thermometers are of one kind.
 * Method: empirical Bayes, closed form.
 * Source: Clayton and Kaldor 1987, doi:10.2307/2532003, section 3
 * @example feverRate({ febrile: 0, screened: 0 }, { febrile: 1, screened: 2000 }).rate // 0.0005
 */
export const feverRate = (post: RateState, city: RateState): KnownRate => {
  const common = (city.febrile + firstRate.febrile) / (city.screened + firstRate.screened)
  return {
    rate: (post.febrile + priorFindings) / (post.screened + priorFindings / common),
    size: post.febrile + priorFindings,
  }
}

/** Takes one hour. @param expected  findings that were expected, from the rate before */
export const takeRate = (
  state: RateState,
  {
    febrile,
    screened,
    expected,
  }: { readonly febrile: number; readonly screened: number; readonly expected: number },
): RateState => {
  requireDomain(febrile >= 0 && screened >= febrile, `${febrile} findings among ${screened} travellers`)
  const most = Math.max(1, expected + learnedDeviations * Math.sqrt(expected))
  return {
    febrile: state.febrile * discount + Math.min(febrile, most),
    screened: state.screened * discount + screened,
  }
}
