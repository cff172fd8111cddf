import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { covidBounds, covidNaturalHistory, febrileShare } from './natural-history.ts'
import { screeningYield, temperatureDetection } from './screening-yield.ts'

const base = { detection: null, officerMinutes: null, worthMinutesPerFinding: null }

describe('febrileShare', () => {
  it('is the closed form where incubation is over at once and infections neither grow nor fall', () => {
    const history = {
      ...covidNaturalHistory,
      incubationMeanDays: 1e-6,
      incubationSdDays: 1e-6,
      growthPerDay: 0,
      travelsIllShare: 0.25,
    }
    const { symptomaticShare: s, feverShare: f } = history
    expect(febrileShare(history)).toBeCloseTo((s * 0.25 * f) / (1 - s * 0.75), 3)
  })

  it('agrees with Gostic et al. (2020): scanners miss more than half even in the best case', () => {
    const best = { ...covidBounds.best, feverShare: 1, growthPerDay: 0.1 }
    expect(1 - 0.7 * febrileShare(best)).toBeGreaterThan(0.5)
    expect(
      1 - 0.7 * febrileShare({ ...best, symptomaticShare: 0.5, incubationMeanDays: 6.5 }),
    ).toBeGreaterThan(0.8)
  })

  it('falls with growth and with a longer incubation', () => {
    const of = (changes: Partial<typeof covidNaturalHistory>) =>
      febrileShare({ ...covidNaturalHistory, ...changes })
    expect(of({ growthPerDay: 0.2 })).toBeLessThan(of({ growthPerDay: 0 }))
    expect(of({ incubationMeanDays: 7 })).toBeLessThan(of({ incubationMeanDays: 4 }))
  })

  it('refuses what is no natural history', () => {
    expect(() => febrileShare({ ...covidNaturalHistory, feverShare: 1.2 })).toThrow(RangeError)
    expect(() => febrileShare({ ...covidNaturalHistory, incubationSdDays: 0 })).toThrow(RangeError)
  })
})

describe('screeningYield', () => {
  it('says when a post costs more than it finds, and leaves open what counts cannot tell', () => {
    const verdict = (findings: number, worth: number | null) =>
      screeningYield({
        ...base,
        screened: 90_000,
        findings,
        officerMinutes: 30_000,
        worthMinutesPerFinding: worth,
      }).verdict
    expect(verdict(3, 2_000)).toBe('costs-more')
    expect(verdict(3, 100_000)).toBe('pays')
    expect(verdict(3, 10_000)).toBe('open')
    expect(verdict(0, 1_000)).toBe('costs-more')
    expect(verdict(0, 1e6)).toBe('open')
    expect(verdict(3, null)).toBeNull()
  })

  it('gives a lower bound and no upper one where nothing was found', () => {
    const { screenedPerFinding, missed } = screeningYield({
      ...base,
      screened: 9_000,
      findings: 0,
      detection: temperatureDetection('forehead'),
    })
    expect(screenedPerFinding.value).toBeNull()
    expect(screenedPerFinding.high95).toBeNull()
    expect(screenedPerFinding.low95).toBeCloseTo(1 / (1 - 0.025 ** (1 / 9_000)), 6)
    expect(missed.value).toBe(0)
    expect(missed.high95).toBeGreaterThan(0)
  })

  it('keeps values within their intervals, and misses within those screened', () => {
    const share = fc.double({ min: 0.001, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), share, share, share, (screened, found, low, high) => {
        const [least, most] = [Math.min(low, high), Math.max(low, high)]
        const findings = Math.floor(found * screened)
        const detection = { value: (least + most) / 2, low: least, high: most }
        const { screenedPerFinding: per, missed } = screeningYield({ ...base, screened, findings, detection })
        if (per.value !== null) expect(per.value).toBeGreaterThanOrEqual(per.low95 ?? 0)
        if (per.value !== null && per.high95 !== null) expect(per.value).toBeLessThanOrEqual(per.high95)
        expect(missed.low95).toBeLessThanOrEqual((missed.high95 ?? 0) + 1e-9)
        for (const value of [missed.value, missed.low95, missed.high95]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(screened)
        }
      }),
    )
  })

  it('refuses shares and times that are none', () => {
    const detection = { value: 0.5, low: 0.6, high: 0.7 }
    expect(() => screeningYield({ ...base, screened: 5, findings: 1, detection })).toThrow(RangeError)
    expect(() => screeningYield({ ...base, screened: 5, findings: 1, officerMinutes: -1 })).toThrow(
      RangeError,
    )
  })
})
