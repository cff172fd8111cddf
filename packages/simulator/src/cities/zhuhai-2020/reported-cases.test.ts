import { describe, expect, it } from 'vitest'
import { drawReportedCases } from './reported-cases.ts'

const rows = drawReportedCases('2020-01-18', 60, 7)
const totalOf = (codes: (code: number) => boolean, day: string): number => {
  const last = new Map<number, number>()
  for (const row of rows)
    if (row.publishedOn <= day && codes(row.originCode)) last.set(row.originCode, row.confirmedTotal)
  return [...last.values()].reduce((sum, one) => sum + one, 0)
}

describe('drawReportedCases', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(drawReportedCases('2020-01-18', 60, 7)).toEqual(rows)
    expect(drawReportedCases('2020-01-18', 60, 8)).not.toEqual(rows)
  })

  it('comes near the public totals, most of them in Hubei', () => {
    const hubei = totalOf((code) => Math.floor(code / 10_000) === 42, '2020-03-17')
    const elsewhere = totalOf((code) => Math.floor(code / 10_000) !== 42, '2020-03-17')
    expect(hubei).toBeGreaterThan(60_000)
    expect(hubei).toBeLessThan(70_000)
    expect(elsewhere).toBeGreaterThan(11_500)
    expect(elsewhere).toBeLessThan(13_500)
    expect(totalOf((code) => code === 420100, '2020-01-22')).toBeLessThan(100)
  })

  it('publishes after the day it tells of, and says some numbers twice, the later one higher', () => {
    expect(rows.every(({ day, publishedOn }) => publishedOn > day)).toBe(true)
    const said = new Map<string, number[]>()
    for (const { originCode, day, confirmedTotal } of rows) {
      const key = `${originCode} ${day}`
      said.set(key, [...(said.get(key) ?? []), confirmedTotal])
    }
    const twice = [...said.values()].filter(({ length }) => length > 1)
    expect(twice.length).toBeGreaterThan(20)
    expect(twice.every(([first = 0, second = 0]) => second > first)).toBe(true)
  })

  it('says nothing of the countries, and every total grows', () => {
    expect(rows.every(({ originCode }) => originCode < 900_000)).toBe(true)
    const before = new Map<number, number>()
    for (const { originCode, confirmedTotal } of rows) {
      expect(confirmedTotal).toBeGreaterThanOrEqual(before.get(originCode) ?? 0)
      before.set(originCode, confirmedTotal)
    }
  })
})
