import { seededUniform } from '@guankou/models/numerics/seeded-uniform.ts'
import { countAt } from '@guankou/models/surveillance/draw-count.ts'

const weeksPerYear = 52

/**
 * Weekly counts of made-up diseases: from rare to common, with season, trend, overdispersion and two past outbreaks.
 * The same seed draws the same series.
 */
export const drawWeeklySeries = (count: number, years: number, seed: number): number[][] =>
  Array.from({ length: count }, (_, index) => {
    const uniform = seededUniform(seed, index)
    const level = 0.5 * 200 ** uniform()
    const [season, phase, trend, alpha] = [
      uniform(),
      weeksPerYear * uniform(),
      0.002 * (uniform() - 0.5),
      uniform(),
    ]
    const weeks = weeksPerYear * years
    const outbreaks = [uniform(), uniform()].map((share) => Math.floor(share * weeks))
    return Array.from({ length: weeks }, (_, t) => {
      const wave = Math.cos((2 * Math.PI * (t - phase)) / weeksPerYear)
      const rise = outbreaks.some((start) => t >= start && t < start + 6) ? 4 : 1
      return countAt(uniform(), level * rise * Math.exp(season * wave + trend * t), 0.3 * alpha)
    })
  })
