import { feverLevels } from '@guankou/contract/responses/response.ts'
import { dispositionRank } from '@guankou/contract/screening/dispositions.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSingledOut, redecide } from './preview-risk-areas.ts'

const day = '2020-02-10'
const ruleSet = {
  version: 1,
  effectiveFrom: '2020-01-18',
  feverThresholdCelsius: 37.3,
  secondReadingWaitMinutes: 10,
  exposureWindowDays: 14,
  symptoms: [],
  riskAreas: [{ areaCode: 420000, level: 'high' as const, from: '2020-01-18' }],
  rules: [
    {
      id: 'R1',
      when: { exposureAtLeast: 'high-risk-area' as const },
      disposition: 'home-quarantine' as const,
      reason: { zh: '一', en: 'one' },
    },
    {
      id: 'R2',
      when: { exposureAtLeast: 'medium-risk-area' as const },
      disposition: 'advised' as const,
      reason: { zh: '二', en: 'two' },
    },
  ],
}
const area = fc.constantFrom(420000, 420100, 330300, 330000, 110000, 900840)
const leftOn = fc.constantFrom('2020-01-10', '2020-01-26', '2020-01-27', '2020-02-05', '2020-02-10')
const people = fc.record({
  day: fc.constant(day),
  originCode: fc.constantFrom(420100, 330300, 442000),
  fever: fc.constantFrom(...feverLevels),
  contactWithCase: fc.boolean(),
  symptomCount: fc.nat(3),
  listed: fc.constant([]),
  stays: fc.array(fc.record({ areaCode: area, leftOn }), { maxLength: 3 }),
})
const riskArea = fc.record({
  areaCode: area,
  level: fc.constantFrom('medium' as const, 'high' as const),
  from: leftOn,
})

describe('redecide', () => {
  it('is never milder, and the same where nothing is added', () => {
    fc.assert(
      fc.property(people, fc.array(riskArea, { maxLength: 3 }), (one, added) => {
        const { before, after, isReselected } = redecide(one, ruleSet, added)
        expect(dispositionRank(after)).toBeGreaterThanOrEqual(dispositionRank(before))
        expect(isReselected).toBe(after !== before && dispositionRank(after) > dispositionRank(before))
        expect(redecide(one, ruleSet, []).isReselected).toBe(false)
      }),
    )
  })

  it('reselects who named the area, and asks who came from it and named none', () => {
    const wenzhou = [{ areaCode: 330300, level: 'high' as const, from: '2020-02-02' }]
    const one = {
      day,
      originCode: 330300,
      fever: 'none' as const,
      contactWithCase: false,
      symptomCount: 0,
      listed: [],
    }
    const stay = { areaCode: 330300, leftOn: '2020-02-08' }
    expect(redecide({ ...one, stays: [stay] }, ruleSet, wenzhou)).toEqual({
      before: 'passed',
      after: 'home-quarantine',
      isReselected: true,
      isUnasked: false,
    })
    expect(redecide({ ...one, stays: [] }, ruleSet, wenzhou)).toMatchObject({
      isReselected: false,
      isUnasked: true,
    })
  })
})

describe('isSingledOut', () => {
  it('holds for origins in an area at risk, until the window has passed', () => {
    const areas = [{ areaCode: 330300, level: 'medium' as const, from: '2020-02-02', until: '2020-02-20' }]
    const on = (today: string, earliest: string) => isSingledOut(330300, areas, { day: today, earliest })
    expect(on('2020-02-01', '2020-01-18')).toBe(false)
    expect(on('2020-03-05', '2020-02-20')).toBe(true)
    expect(on('2020-03-06', '2020-02-21')).toBe(false)
    expect(isSingledOut(330100, areas, { day, earliest: '2020-01-27' })).toBe(false)
  })
})
