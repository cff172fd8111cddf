import { betaTails } from '#src/numerics/incomplete-beta.ts'
import { solveIncreasing } from '#src/numerics/solve-increasing.ts'
import type { BetaLaw } from './beta-prior.ts'

/** What Eva used: each tested person is worth a tenth less than the one before. */
export const evaDiscount = 0.9

/** Eva widens every posterior by this much before it takes the index. */
export const evaWidening = 0.25

const requireDiscount = (discount: number): void => {
  if (!(discount >= 0 && discount < 1)) throw new RangeError(`not a discount factor: ${discount}`)
}

/**
 * Optimistic Gittins index with one step of look-ahead: the fixed pay for which one would as soon retire as test this
 * type once more and then choose knowing the result of everything.
 *   x = μ (1 − γ I_x(α + 1, β)) + γ x I_x(α, β),   μ = α / (α + β)
 * @param law  posterior of the type's prevalence: α and β > 0; pending tests are added before (`withPendingTests`)
 * @param discount  γ in [0, 1), the worth of the next test against this one
 * @returns x, a prevalence, μ ≤ x < 1
 * @throws RangeError where α, β or γ are out of their domain
 * Assumes that the prevalence stands still and that types are independent.
 * Method: F(x) = x (1 − γ I_x(α, β)) − μ (1 − γ I_x(α + 1, β)) has the slope 1 − γ I_x(α, β) > 0, since the two densities
 * cancel; Newton's method in a bracket, to the last bits; about 6 evaluations.
 * Source: Gutin and Farias, Optimistic Gittins Indices, NeurIPS 29 (2016), eq. 5 with K = 1
 * @example gittinsIndex({ alpha: 1, beta: 1 }, 0.9) // 0.75974692664796
 */
export const gittinsIndex = (law: BetaLaw, discount = evaDiscount): number => {
  requireDiscount(discount)
  const { alpha, beta } = law
  const mean = alpha / (alpha + beta)
  const excess = (x: number) => {
    const slope = 1 - discount * betaTails(alpha, beta, x).lower
    return { value: x * slope - mean * (1 - discount * betaTails(alpha + 1, beta, x).lower), slope }
  }
  return Math.max(mean, solveIncreasing(excess, { start: mean, low: mean, high: 1 }))
}

/**
 * The index that Eva's published code computes, kept to compare with what ran in Greece.
 *   0 = x − μ (1 − γ I_x(α + 1, β)) + γ x (1 − I_x(α, β))
 * It lies below the posterior mean, which no Gittins index can; `gittinsIndex` is the equation the method cites.
 * Arguments and errors as `gittinsIndex`.
 * @returns x with 0 < x ≤ μ
 * Source: vgupta1/EvaTargetedCovid19Testing (BSD-3-Clause), commit 78c4d29
 * @example evaPrintedIndex({ alpha: 1, beta: 1 }, 0.9) // 0.28199137409396
 */
export const evaPrintedIndex = (law: BetaLaw, discount = evaDiscount): number => {
  requireDiscount(discount)
  const { alpha, beta } = law
  const mean = alpha / (alpha + beta)
  const excess = (x: number) => {
    const slope = 1 + discount * betaTails(alpha, beta, x).upper
    return { value: x * slope - mean * (1 - discount * betaTails(alpha + 1, beta, x).lower), slope }
  }
  return solveIncreasing(excess, { start: mean / 2, low: 0, high: mean })
}

/** Posterior as Eva's code takes it into the index: a quarter of a positive and of a negative more. */
export const widened = ({ alpha, beta }: BetaLaw): BetaLaw => ({
  alpha: alpha + evaWidening,
  beta: beta + evaWidening,
})
