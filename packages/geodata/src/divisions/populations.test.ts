import { describe, expect, it } from 'vitest'
import { allOrigins } from './origins.ts'
import { roughPopulation } from './populations.ts'

const originsOf = (province: number): number[] =>
  allOrigins()
    .filter(({ provinceCode }) => provinceCode === province)
    .map(({ code }) => code)

describe('roughPopulation', () => {
  it('adds up to about the country, and to each province', () => {
    const all = allOrigins().filter(({ kind }) => kind !== 'country')
    const sum = all.reduce((total, { code }) => total + (roughPopulation(code, originsOf) ?? 0), 0)
    expect(sum / 1e6).toBeGreaterThan(1_380)
    expect(sum / 1e6).toBeLessThan(1_450)
    const hubei = originsOf(420000).reduce(
      (total, code) => total + (roughPopulation(code, originsOf) ?? 0),
      0,
    )
    expect(hubei / 1e6).toBeCloseTo(59.3, 6)
  })

  it('knows a province as a whole, and nothing of a country', () => {
    expect(roughPopulation(420000, originsOf)).toBe(59_300_000)
    expect(roughPopulation(900826, originsOf)).toBeUndefined()
  })

  it('is positive wherever it is known', () => {
    for (const { code } of allOrigins()) expect(roughPopulation(code, originsOf) ?? 1).toBeGreaterThan(0)
  })
})
