import { describe, expect, it } from 'vitest'
import { fitCounts, fitOverdispersed } from './glm.ts'
import { leastSquares, predictionVariance } from './least-squares.ts'
import { median, medianDeviation, sampleQuantile } from './median.ts'

const ones = (n: number): Float64Array => new Float64Array(n).fill(1)

/** Dobson, An Introduction to Generalized Linear Models (1990), p. 93: a randomised trial, also in R's `?glm`. */
const dobson = Float64Array.from([18, 17, 15, 20, 10, 20, 25, 13, 12])
const level = (size: number, at: number, every: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => (Math.floor(i / every) % 3 === at ? 1 : 0))
const dobsonColumns = [ones(9), level(9, 1, 1), level(9, 2, 1), level(9, 1, 3), level(9, 2, 3)]

describe('models of counts', () => {
  it("agree with Dobson's trial", () => {
    const fit = fitCounts({ columns: dobsonColumns, response: dobson })
    const published = [3.045, -0.4543, -0.293, 0, 0]
    for (const [at, value] of published.entries()) expect(fit.coefficients[at]).toBeCloseTo(value, 3)
    expect(fit.deviance).toBeCloseTo(5.1291, 4)
    expect(fit.degreesOfFreedom).toBe(4)
    expect(Math.sqrt(predictionVariance(fit.last, [0, 1, 0, 0, 0]))).toBeCloseTo(0.2022, 4)
  })

  it('solve the likelihood equations, with offset and weights', () => {
    const offset = Float64Array.from({ length: 9 }, (_, i) => Math.log(10 + i))
    const weights = Float64Array.from({ length: 9 }, (_, i) => 0.5 + i / 9)
    for (const size of [0.8, 40, Number.POSITIVE_INFINITY]) {
      const fit = fitCounts({ columns: dobsonColumns, response: dobson, offset, weights, size })
      for (const column of dobsonColumns) {
        let score = 0
        for (let i = 0; i < 9; i++) {
          const mean = fit.means[i] ?? 0
          score += ((column[i] ?? 0) * (weights[i] ?? 0) * ((dobson[i] ?? 0) - mean)) / (1 + mean / size)
        }
        expect(Math.abs(score)).toBeLessThan(1e-6)
      }
    }
  })

  it('leave out a column that depends on others', () => {
    const twice = fitCounts({ columns: [ones(9), ones(9), ...dobsonColumns.slice(1)], response: dobson })
    const once = fitCounts({ columns: dobsonColumns, response: dobson })
    expect(twice.coefficients[1]).toBe(0)
    expect(twice.degreesOfFreedom).toBe(once.degreesOfFreedom)
    expect(twice.deviance).toBeCloseTo(once.deviance, 10)
  })

  it('find the size at which the likelihood is greatest', () => {
    const response = Float64Array.from([0, 9, 1, 2, 30, 4, 0, 0, 7, 11])
    const { fit, size, logLikelihood } = fitOverdispersed({ columns: [ones(10)], response })
    expect(fit.means[0]).toBeCloseTo(6.4, 10)
    const at = (one: number): number => {
      let sum = 0
      for (const y of response) {
        for (let i = 0; i < y; i++) sum += Math.log(i + one) - Math.log(i + 1)
        sum += one * Math.log(one / (one + 6.4)) + y * Math.log(6.4 / (one + 6.4))
      }
      return sum
    }
    expect(logLikelihood).toBeCloseTo(at(size), 9)
    expect(at(size)).toBeGreaterThan(at(size * 1.001))
    expect(at(size)).toBeGreaterThan(at(size / 1.001))
  })

  it('end at Poisson where counts vary less', () => {
    const response = Float64Array.from([5, 5, 6, 5, 5, 6])
    expect(fitOverdispersed({ columns: [ones(6)], response }).size).toBe(1e7)
  })

  it('refuse counts below 0', () => {
    expect(() => fitCounts({ columns: [ones(2)], response: Float64Array.from([1, -1]) })).toThrow(RangeError)
  })
})

describe('least squares', () => {
  it('keep their digits where columns are nearly alike', () => {
    const x = Float64Array.from({ length: 50 }, (_, i) => 1e6 + i)
    const y = x.map((value) => 3 + 2 * (value - 1e6))
    const { coefficients } = leastSquares([ones(50), x], y)
    expect(coefficients[1]).toBeCloseTo(2, 9)
  })

  it('have leverages that sum to the rank', () => {
    const { leverages } = leastSquares(dobsonColumns, dobson)
    expect(leverages.reduce((sum, one) => sum + one, 0)).toBeCloseTo(5, 12)
  })
})

describe('samples', () => {
  it('have quantiles between their values', () => {
    expect(sampleQuantile([10, 20, 30, 40], 0.9)).toBeCloseTo(37, 12)
    expect(median([4, 2])).toBe(3)
    expect(() => median([])).toThrow(RangeError)
  })

  it('have a spread that one wild value does not move', () => {
    expect(medianDeviation([1, 2, 3, 4, 1e9])).toBe(medianDeviation([1, 2, 3, 4, 5]))
  })
})
