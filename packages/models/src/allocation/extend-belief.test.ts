import { describe, expect, it } from 'vitest'
import { extendBelief } from './extend-belief.ts'
import { learnFromTests, passTime, priorOf, startBelief } from './prevalence-filter.ts'
import { prevalenceDefaults } from './prevalence-model.ts'

/** Seven origins; two at one place, one nowhere. */
const positions = [
  { longitude: 114.3, latitude: 30.6 },
  { longitude: 114.3, latitude: 30.6 },
  { longitude: 113.3, latitude: 23.1 },
  null,
  { longitude: 120.7, latitude: 28 },
  { longitude: 116.4, latitude: 39.9 },
  { longitude: -0.1, latitude: 51.5 },
]
const days = [
  [
    { tests: 40, positives: 3 },
    { tests: 10, positives: 2 },
  ],
  [
    { tests: 5, positives: 0 },
    { tests: 0, positives: 0 },
    { tests: 300, positives: 1 },
    { tests: 12, positives: 0 },
  ],
  [
    { tests: 20, positives: 1 },
    { tests: 4, positives: 1 },
    { tests: 100, positives: 0 },
    { tests: 8, positives: 0 },
    { tests: 60, positives: 2 },
  ],
]
const none = { tests: 0, positives: 0 }
const filled = (counts: readonly { tests: number; positives: number }[], length: number) =>
  Array.from({ length }, (_, at) => counts[at] ?? none)
const noCovariates = positions.map(() => [])

describe('a belief that origins are added to', () => {
  it('is the one that knew them from the beginning', () => {
    const all = priorOf(prevalenceDefaults, positions)
    let whole = startBelief(all)
    let grown = startBelief(priorOf(prevalenceDefaults, positions.slice(0, 2)))
    days.forEach((counts, day) => {
      if (day > 0) whole = passTime(all, whole, day)
      whole = learnFromTests(all, whole, filled(counts, positions.length), noCovariates)
      const known = priorOf(prevalenceDefaults, positions.slice(0, Math.max(2, counts.length)))
      if (day > 0)
        grown = passTime(priorOf(prevalenceDefaults, positions.slice(0, grown.origins)), grown, day)
      grown = learnFromTests(known, extendBelief(known, grown), filled(counts, known.origins), noCovariates)
    })
    grown = extendBelief(all, grown)
    expect(grown.origins).toBe(7)
    const difference = (a: Float64Array, b: Float64Array): number =>
      Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? Number.NaN))))
    expect(difference(grown.mean, whole.mean)).toBeLessThan(1e-9)
    expect(difference(grown.covariance, whole.covariance)).toBeLessThan(1e-9)
  })

  it('cannot lose origins', () => {
    const belief = startBelief(priorOf(prevalenceDefaults, positions))
    expect(() => extendBelief(priorOf(prevalenceDefaults, positions.slice(0, 3)), belief)).toThrow(RangeError)
  })
})
