import { matchReasons } from '@guankou/contract/matching/reasons.ts'
import { exposureLevels, feverLevels, type RuleSet } from '@guankou/contract/responses/response.ts'
import { dispositions } from '@guankou/contract/screening/dispositions.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exposureLevel } from '#src/screening/exposure.ts'
import { isStricterWith, listedSignature, mostSymptomsAsked, stricterFindings } from './stricter-findings.ts'

const leftOn = fc.constantFrom('2020-01-20', '2020-01-27', '2020-02-03', '2020-02-10')
const area = fc.constantFrom(420_000, 420_100, 330_300, 330_302_001, 900_840)
const rules = fc.array(
  fc.record({
    id: fc.constantFrom('R1', 'R2', 'R3'),
    when: fc.record(
      {
        feverAtLeast: fc.constantFrom(...feverLevels),
        exposureAtLeast: fc.constantFrom(...exposureLevels),
        symptomsAtLeast: fc.integer({ min: 1, max: 20 }),
        listed: fc.subarray(matchReasons.slice(0, 2), { minLength: 1 }),
        listedConfirmed: fc.constant(true as const),
      },
      { requiredKeys: [] },
    ),
    disposition: fc.constantFrom(...dispositions),
    reason: fc.constant({ zh: '一', en: 'one' }),
  }),
  { minLength: 1, maxLength: 4 },
)
const ruleSet = fc.record({
  version: fc.constant(1),
  effectiveFrom: fc.constant('2020-01-01'),
  feverThresholdCelsius: fc.constant(37.3),
  secondReadingWaitMinutes: fc.constant(10),
  exposureWindowDays: fc.constantFrom(7, 14),
  symptoms: fc.constant([]),
  riskAreas: fc.array(fc.record({ areaCode: area, level: fc.constantFrom('medium', 'high'), from: leftOn }), {
    maxLength: 3,
  }),
  rules,
}) as fc.Arbitrary<RuleSet>
const person = fc.record({
  day: fc.constant('2020-02-10'),
  fever: fc.constantFrom(...feverLevels),
  contactWithCase: fc.boolean(),
  symptomCount: fc.nat(25),
  listed: fc.array(
    fc.record({ reason: fc.constantFrom(...matchReasons.slice(0, 2)), confirmed: fc.boolean() }),
    { maxLength: 3 },
  ),
  stays: fc.array(fc.record({ areaCode: area, leftOn }), { maxLength: 3 }),
})

describe('stricterFindings', () => {
  it('holds the finding of exactly those whom the version after treats more strictly', () => {
    fc.assert(
      fc.property(person, ruleSet, ruleSet, (one, before, after) => {
        const who = {
          contactWithCase: one.contactWithCase,
          exposures: one.stays.map((stay) => ({ ...stay, evidence: 'declared' as const })),
        }
        const [was, is] = [before, after].map((each) => exposureLevel(who, each, one.day))
        const signature = listedSignature(one.listed)
        const isListed = stricterFindings(before, after, [signature]).some(
          (finding) =>
            finding.fever === one.fever &&
            finding.symptomCount === Math.min(one.symptomCount, mostSymptomsAsked) &&
            finding.listed === signature &&
            finding.before === was &&
            finding.after === is,
        )
        expect(isListed).toBe(isStricterWith(one, before, after))
      }),
    )
  })
})
