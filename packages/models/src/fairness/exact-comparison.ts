import type { Screened } from '#src/numerics/binomial-interval.ts'
import { logGamma } from '#src/numerics/log-gamma.ts'

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)

/**
 * How likely at least so many of all findings would fall on a group by chance, if it were like the others (Fisher's exact
 * test, one-sided).
 *   P(X ≥ x),   X hypergeometric: x + y findings among n + m screened, n of them in the group
 * @param group  n screened, x findings   @param others  m screened, y findings
 * @returns a probability in (0, 1]
 * Assumes that people are screened independently and findings mean the same in both groups.
 * Method: sum of terms from their ratio; O(x + y).
 * Source: Fisher, J R Stat Soc 98:39 (1935), doi:10.2307/2342435
 * @example exceedsByChance({ screened: 4, findings: 3 }, { screened: 4, findings: 1 }) // 0.242857142857, 17/70
 */
export const exceedsByChance = (group: Screened, others: Screened): number => {
  const [n, m] = [group.screened, others.screened]
  const findings = group.findings + others.findings
  const most = Math.min(n, findings)
  const least = Math.max(0, findings - m)
  if (group.findings <= least) return 1
  const first = logChoose(n, group.findings) + logChoose(m, others.findings) - logChoose(n + m, findings)
  let term = 1
  let sum = 1
  for (let x = group.findings; x < most; x++) {
    term *= ((n - x) * (findings - x)) / ((x + 1) * (m - findings + x + 1))
    sum += term
  }
  return Math.min(1, Math.exp(first) * sum)
}
