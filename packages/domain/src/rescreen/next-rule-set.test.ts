import type { RiskArea, RuleSet } from '@guankou/contract/responses/response.ts'
import { describe, expect, it } from 'vitest'
import { nextRuleSet, ruleSetChange } from './next-rule-set.ts'

const before: RuleSet = {
  version: 4,
  effectiveFrom: '2020-01-18',
  feverThresholdCelsius: 37.3,
  secondReadingWaitMinutes: 10,
  exposureWindowDays: 14,
  symptoms: [],
  riskAreas: [
    { areaCode: 420000, level: 'high', from: '2020-01-18' },
    { areaCode: 330300, level: 'medium', from: '2020-02-02', until: '2020-02-20' },
  ],
  rules: [
    {
      id: 'R1',
      when: { exposureAtLeast: 'high-risk-area' },
      disposition: 'home-quarantine',
      reason: { zh: '一', en: 'one' },
    },
  ],
}
const today = '2020-02-25'
const how = { today, isKnownArea: (code: number) => code !== 999_001 }
const wenzhou: RiskArea = { areaCode: 330300, level: 'high', from: '2020-02-21' }

describe('nextRuleSet', () => {
  it('adds and ends areas, takes the next number, holds from today on, and leaves the rest as it is', () => {
    const ended = { areaCode: 420000, level: 'high' as const, from: '2020-01-18', until: '2020-02-24' }
    const next = nextRuleSet(before, { added: [wenzhou], ended: [ended] }, how)
    if (!next.ok) throw new Error(next.code)
    expect(next.ruleSet).toEqual({
      ...before,
      version: 5,
      effectiveFrom: today,
      riskAreas: [ended, before.riskAreas[1], wenzhou],
    })
    expect(ruleSetChange(before, next.ruleSet)).toEqual({
      added: [wenzhou],
      ended: [ended],
      changesMore: false,
    })
    expect(before.riskAreas).toHaveLength(2)
  })

  it.each([
    ['RULES_UNCHANGED', '/added', [], []],
    ['RISK_AREA_DATES', '/added/0', [{ ...wenzhou, from: '2020-02-30' }], []],
    ['RISK_AREA_DATES', '/added/0', [{ ...wenzhou, until: '2020-02-20' }], []],
    ['UNKNOWN_ORIGIN', '/added/0/areaCode', [{ ...wenzhou, areaCode: 999_001 }], []],
    ['RISK_AREA_TWICE', '/added/1', [wenzhou, { ...wenzhou, until: '2020-03-01' }], []],
    ['RISK_AREA_TWICE', '/added/0', [{ areaCode: 420000, level: 'high', from: '2020-01-18' }], []],
    ['TEXT_NOT_WELL_FORMED', '/added/0/name', [{ ...wenzhou, name: { zh: '\ud800', en: 'x' } }], []],
    ['TEXT_NOT_WELL_FORMED', '/added/0/name', [{ ...wenzhou, name: { zh: '街', en: 'a\u0000' } }], []],
    ['RISK_AREA_UNKNOWN', '/ended/0', [], [{ ...wenzhou, until: '2020-02-25' }]],
    [
      'RISK_AREA_UNKNOWN',
      '/ended/0',
      [],
      [{ areaCode: 330300, level: 'medium', from: '2020-02-02', until: '2020-02-20' }],
    ],
    [
      'RISK_AREA_DATES',
      '/ended/0',
      [],
      [{ areaCode: 420000, level: 'high', from: '2020-01-18', until: '2020-01-17' }],
    ],
  ] as const)('is refused with %s at %s', (code, path, added, ended) => {
    expect(nextRuleSet(before, { added: [...added], ended: [...ended] }, how)).toEqual({
      ok: false,
      code,
      path,
    })
  })

  it('holds no more areas than can be looked after', () => {
    const riskAreas = Array.from({ length: 400 }, (_, at) => ({ ...wenzhou, areaCode: 100_001 + at }))
    expect(nextRuleSet({ ...before, riskAreas }, { added: [wenzhou], ended: [] }, how)).toMatchObject({
      code: 'RISK_AREAS_TOO_MANY',
    })
  })

  it('tells a change of the rules themselves from one of areas', () => {
    expect(ruleSetChange(before, { ...before, version: 5, exposureWindowDays: 21 }).changesMore).toBe(true)
    expect(ruleSetChange(undefined, before).added).toHaveLength(2)
  })
})
