import { describe, expect, it } from 'vitest'
import { flowLaw, flowQuantile, standardisedError } from './flow-law.ts'

describe('flowLaw', () => {
  it.each([
    [0.01, 0.001],
    [0.1, 0.005],
    [0.5, 0.01],
    [1.5, 0.06],
  ])('has the median it was asked for, at variance %f', (variance, tolerance) => {
    const median = flowQuantile('amounts', 0.5, flowLaw(80, variance))
    expect(Math.abs(median / 80 - 1)).toBeLessThan(tolerance)
  })

  it.each([
    [0.10516633568168575, 10, 0.002],
    [1.6449340668482264, 1, 0.07],
    [4.934802200544679, 0.5, 0.13],
  ])('has the size whose trigamma is %f', (variance, size, tolerance) => {
    expect(Math.abs(flowLaw(1, variance).size / size - 1)).toBeLessThan(tolerance)
  })

  it('refuses a law without spread or without a median', () => {
    expect(() => flowLaw(1, 0)).toThrow(RangeError)
    expect(() => flowLaw(0, 1)).toThrow(RangeError)
  })
})

describe('standardisedError', () => {
  it.each([0.02, 0.2, 0.8])('is ±1.645 where the outer twentieths begin, at variance %f', (variance) => {
    const law = flowLaw(50, variance)
    const errorAt = (p: number): number =>
      Math.log(flowQuantile('amounts', p, law) / flowQuantile('amounts', 0.5, law))
    expect(Math.abs(standardisedError(errorAt(0.95), variance) - 1.645)).toBeLessThan(0.08)
    expect(Math.abs(standardisedError(errorAt(0.05), variance) + 1.645)).toBeLessThan(0.08)
    expect(standardisedError(0, variance)).toBe(0)
  })
})
