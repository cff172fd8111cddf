import type { RuleSet } from '@guankou/contract/responses/response.ts'
import { describe, expect, it } from 'vitest'
import { exposureLevel } from '#src/screening/exposure.ts'

const wuhan = 420_100
const ruleSet: Pick<RuleSet, 'exposureWindowDays' | 'riskAreas'> = {
  exposureWindowDays: 14,
  riskAreas: [
    { areaCode: 420_000, level: 'medium', from: '2020-01-10' },
    { areaCode: wuhan, level: 'high', from: '2020-01-01', until: '2020-04-08' },
    { areaCode: 900_800, level: 'high', from: '2020-01-01' },
    { areaCode: 440_402_003, level: 'high', from: '2020-01-20', until: '2020-02-03' },
    { areaCode: 440_403, level: 'medium', from: '2020-01-20' },
  ],
}

const level = (areaCode: number, leftOn: string, day: string, contactWithCase = false) =>
  exposureLevel({ exposures: [{ areaCode, leftOn, evidence: 'declared' }], contactWithCase }, ruleSet, day)

describe('exposureLevel', () => {
  it.each([
    ['left a high-risk city yesterday', wuhan, '2020-01-22', '2020-01-23', 'high-risk-area'],
    ['left a district of it', 420_102, '2020-01-22', '2020-01-23', 'high-risk-area'],
    ['left another city of the province', 420_500, '2020-01-22', '2020-01-23', 'medium-risk-area'],
    ['left that city on the first day of its risk', 420_500, '2020-01-10', '2020-01-12', 'medium-risk-area'],
    ['left that city before it was at risk', 420_500, '2020-01-09', '2020-01-12', 'none'],
    ['left a street at risk', 440_402_003, '2020-01-22', '2020-01-23', 'high-risk-area'],
    ['left the street beside it', 440_402_004, '2020-01-22', '2020-01-23', 'none'],
    ['named only the county of a street at risk', 440_402, '2020-01-22', '2020-01-23', 'none'],
    ['left a town of a county at risk', 440_403_101, '2020-01-22', '2020-01-23', 'medium-risk-area'],
    ['left that street before it was at risk', 440_402_003, '2020-01-19', '2020-01-23', 'none'],
    ['on the last day of the window', wuhan, '2020-01-09', '2020-01-23', 'high-risk-area'],
    ['one day after the window', wuhan, '2020-01-08', '2020-01-23', 'none'],
    [
      'stayed until the risk was over; the window runs from its end',
      wuhan,
      '2020-04-20',
      '2020-04-22',
      'high-risk-area',
    ],
    ['stayed long after it was over', wuhan, '2020-04-20', '2020-04-23', 'medium-risk-area'],
    ['was in a safe city', 440_100, '2020-01-22', '2020-01-23', 'none'],
    ['was in a country at risk', 900_800, '2020-01-22', '2020-01-23', 'high-risk-area'],
    ['was in a country whose number only begins alike', 900_826, '2020-01-22', '2020-01-23', 'none'],
  ] as const)('%s', (_, areaCode, leftOn, day, expected) => {
    expect(level(areaCode, leftOn, day)).toBe(expected)
  })

  it('takes the strongest of all stays and all areas, in any order', () => {
    const stays = [420_500, wuhan, 440_100, 420_102].map((areaCode) => {
      return { areaCode, leftOn: '2020-01-22', evidence: 'ticket' as const }
    })
    for (const exposures of [stays, stays.toReversed()])
      for (const riskAreas of [ruleSet.riskAreas, ruleSet.riskAreas.toReversed()]) {
        const person = { exposures, contactWithCase: false }
        expect(exposureLevel(person, { ...ruleSet, riskAreas }, '2020-01-23')).toBe('high-risk-area')
      }
  })

  it('puts contact with a case above every area', () => {
    expect(level(440_100, '2020-01-22', '2020-01-23', true)).toBe('contact')
    expect(level(wuhan, '2020-01-22', '2020-01-23', true)).toBe('contact')
  })
})
