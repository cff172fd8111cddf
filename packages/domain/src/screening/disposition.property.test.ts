import type { Listed } from '@guankou/contract/matching/listed.ts'
import { type MatchReason, matchReasons } from '@guankou/contract/matching/reasons.ts'
import { exposureLevels, feverLevels, type Rule, type RuleSet } from '@guankou/contract/responses/response.ts'
import { dispositionRank, dispositions } from '@guankou/contract/screening/dispositions.ts'
import type { Exposure, TemperatureReading, Traveller } from '@guankou/contract/screening/record-screening.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideDisposition, decideTraveller, type Findings } from '#src/screening/disposition.ts'

/** Any rules that the contract admits: contradictory, repeated, without a condition, in any order. */
const rule: fc.Arbitrary<Rule> = fc.record({
  id: fc.integer({ min: 0, max: 999 }).map((n) => `R${n}`),
  when: fc.record(
    {
      feverAtLeast: fc.constantFrom(...feverLevels),
      exposureAtLeast: fc.constantFrom(...exposureLevels),
      symptomsAtLeast: fc.integer({ min: 1, max: 20 }),
      listed: fc.subarray([...matchReasons], { minLength: 1 }),
      listedConfirmed: fc.constant(true as const),
    },
    { requiredKeys: [] },
  ),
  disposition: fc.constantFrom(...dispositions),
  reason: fc.constant({ zh: '理由', en: 'reason' }),
})
const rules = fc.array(rule, { maxLength: 12 })

const findings: fc.Arbitrary<Findings> = fc.record({
  fever: fc.constantFrom(...feverLevels),
  exposure: fc.constantFrom(...exposureLevels),
  symptomCount: fc.integer({ min: 0, max: 20 }),
  listed: fc.array(fc.record({ reason: fc.constantFrom(...matchReasons), confirmed: fc.boolean() }), {
    maxLength: 3,
  }),
})

const atLeastAsStrict = (worse: { disposition: Rule['disposition'] }, than: typeof worse): void => {
  expect(dispositionRank(worse.disposition)).toBeGreaterThanOrEqual(dispositionRank(than.disposition))
}

/** The higher of each finding. */
const worstOf = (a: Findings, b: Findings): Findings => ({
  fever: feverLevels[Math.max(feverLevels.indexOf(a.fever), feverLevels.indexOf(b.fever))] ?? 'none',
  exposure:
    exposureLevels[Math.max(exposureLevels.indexOf(a.exposure), exposureLevels.indexOf(b.exposure))] ??
    'none',
  symptomCount: Math.max(a.symptomCount, b.symptomCount),
  listed: [...a.listed, ...b.listed],
})

describe('decideDisposition', () => {
  it('answers every finding under every set of rules', () => {
    fc.assert(
      fc.property(findings, rules, (found, set) => {
        expect(dispositions).toContain(decideDisposition(found, set).disposition)
      }),
    )
  })

  it('never turns milder with more fever, exposure, symptoms or lists', () => {
    fc.assert(
      fc.property(findings, findings, rules, (a, b, set) => {
        atLeastAsStrict(decideDisposition(worstOf(a, b), set), decideDisposition(a, set))
      }),
      { numRuns: 3_000 },
    )
  })

  it('never turns milder with one more rule, wherever it stands', () => {
    fc.assert(
      fc.property(findings, rules, rule, fc.nat(12), (found, set, added, at) => {
        atLeastAsStrict(decideDisposition(found, set.toSpliced(at, 0, added)), decideDisposition(found, set))
      }),
    )
  })

  it('does not depend on the order of the rules', () => {
    fc.assert(
      fc.property(findings, rules, (found, set) => {
        const [there, back] = [decideDisposition(found, set), decideDisposition(found, set.toReversed())]
        expect(back.disposition).toBe(there.disposition)
        expect([...back.ruleIds].sort()).toEqual([...there.ruleIds].sort())
      }),
    )
  })

  it('names the rules that held, strictest first', () => {
    fc.assert(
      fc.property(findings, fc.uniqueArray(rule, { maxLength: 12, selector: (r) => r.id }), (found, set) => {
        const { disposition, ruleIds } = decideDisposition(found, set)
        const ranks = ruleIds.map((id) => {
          return dispositionRank(set.find((r) => r.id === id)?.disposition ?? 'passed')
        })
        expect(ranks).toEqual([...ranks].sort((a, b) => b - a))
        expect(ranks[0] ?? 0).toBe(dispositionRank(disposition))
      }),
    )
  })
})

describe('a rule about lists', () => {
  const when = (condition: Rule['when']): readonly Rule[] => [
    { id: 'R1', when: condition, disposition: 'second-check', reason: { zh: '名单', en: 'list' } },
  ]
  type On = readonly (readonly [MatchReason, boolean])[]
  const found = (on: On): Findings => ({
    fever: 'none',
    exposure: 'none',
    symptomCount: 0,
    listed: on.map(([reason, confirmed]) => ({ reason, confirmed })),
  })
  const gives = (condition: Rule['when'], ...on: On) =>
    decideDisposition(found(on), when(condition)).disposition

  it('holds for whoever is on a list for one of its reasons, and for nobody else', () => {
    const orders: Rule['when'] = { listed: ['quarantine-order', 'contact-of-case'] }
    expect(gives(orders, ['quarantine-order', false])).toBe('second-check')
    expect(gives(orders, ['to-be-reached', true], ['contact-of-case', false])).toBe('second-check')
    expect(gives(orders, ['to-be-reached', true])).toBe('passed')
    expect(gives(orders)).toBe('passed')
  })

  it('that wants it confirmed does not hold where a digest may have agreed by chance', () => {
    const orders: Rule['when'] = { listed: ['quarantine-order'], listedConfirmed: true }
    expect(gives(orders, ['quarantine-order', true])).toBe('second-check')
    expect(gives(orders, ['quarantine-order', false], ['to-be-reached', true])).toBe('passed')
    expect(gives({ listedConfirmed: true }, ['to-be-reached', true])).toBe('second-check')
  })

  it('leaves rules without such a condition as they were, whoever is listed', () => {
    fc.assert(
      fc.property(findings, rules, (one, set) => {
        const without = set.map(({ when: { listed: _, listedConfirmed: __, ...rest }, ...rule }) => ({
          ...rule,
          when: rest,
        }))
        expect(decideDisposition(one, without)).toEqual(decideDisposition({ ...one, listed: [] }, without))
      }),
    )
  })
})

const day = '2020-01-23'
const threshold = 37.3
const civilDate = fc
  .integer({ min: 0, max: 60 })
  .map((n) => new Date(1_575_158_400_000 + n * 86_400_000).toISOString().slice(0, 10))
const areaCode = fc.constantFrom(
  420_000,
  420_100,
  420_102,
  420_102_007,
  420_102_008,
  420_500,
  440_400,
  900_800,
  900_826,
)

const exposure: fc.Arbitrary<Exposure> = fc.record({
  areaCode,
  leftOn: civilDate,
  evidence: fc.constant('declared' as const),
})

const listed: fc.Arbitrary<Listed> = fc.record({
  listId: fc.constant('016fd2d1-42d0-7881-8034-84e6d1c4acd0'),
  reason: fc.constantFrom(...matchReasons),
  confirmed: fc.boolean(),
})

const reading: fc.Arbitrary<TemperatureReading> = fc.oneof(
  fc.integer({ min: 300, max: 450 }).map((tenths) => ({
    at: '2020-01-23T14:30:00.000Z',
    method: 'forehead' as const,
    temperatureCelsius: tenths / 10,
  })),
  fc.constant({ at: '2020-01-23T14:30:00.000Z', method: 'gate' as const, underThreshold: true as const }),
)

const traveller: fc.Arbitrary<Traveller> = fc.record({
  seat: fc.constant(1),
  document: fc.constant({ kind: 'none' as const }),
  origin: fc.constant({ code: 440_100, evidence: 'declared' as const }),
  exposures: fc.array(exposure, { maxLength: 4 }),
  contactWithCase: fc.boolean(),
  readings: fc.array(reading, { maxLength: 4 }),
  symptoms: fc.subarray(['cough', 'fatigue', 'dyspnoea', 'diarrhoea']),
  listed: fc.array(listed, { maxLength: 2 }),
})

const ruleSet: fc.Arbitrary<RuleSet> = fc.record({
  version: fc.constant(1),
  effectiveFrom: fc.constant('2020-01-01'),
  feverThresholdCelsius: fc.constant(threshold),
  secondReadingWaitMinutes: fc.constant(10),
  exposureWindowDays: fc.integer({ min: 1, max: 60 }),
  symptoms: fc.constant([]),
  riskAreas: fc.array(
    fc.record(
      {
        areaCode,
        level: fc.constantFrom('medium' as const, 'high' as const),
        from: civilDate,
        until: civilDate,
      },
      { requiredKeys: ['areaCode', 'level', 'from'] },
    ),
    { maxLength: 5 },
  ),
  rules: fc.array(rule, { minLength: 1, maxLength: 12 }),
})

const febrile = fc.integer({ min: threshold * 10, max: 450 }).map((tenths) => ({
  at: '2020-01-23T14:31:00.000Z',
  method: 'ear' as const,
  temperatureCelsius: tenths / 10,
}))

/** Ways in which what is known of a traveller can only get worse. */
const worsening: fc.Arbitrary<(was: Traveller) => Traveller> = fc.oneof(
  febrile.map((added) => (was: Traveller) => ({ ...was, readings: [...was.readings, added] })),
  reading.map((added) => (was: Traveller) => ({ ...was, readings: [added, ...was.readings] })),
  exposure.map((added) => (was: Traveller) => ({ ...was, exposures: [...was.exposures, added] })),
  fc.constant((was: Traveller) => ({ ...was, symptoms: [...was.symptoms, 'headache'] })),
  fc.constant((was: Traveller) => ({ ...was, contactWithCase: true })),
  listed.map((added) => (was: Traveller) => ({ ...was, listed: [...(was.listed ?? []), added] })),
  fc.constant((was: Traveller) => ({
    ...was,
    listed: (was.listed ?? []).map((each) => ({ ...each, confirmed: true })),
  })),
  fc.integer({ min: 1, max: 50 }).map((tenths) => (was: Traveller) => ({
    ...was,
    readings: was.readings.map((one) => {
      const celsius = one.temperatureCelsius
      return celsius === undefined ? one : { ...one, temperatureCelsius: celsius + tenths / 10 }
    }),
  })),
)

describe('decideTraveller', () => {
  it('never turns milder with a further reading, exposure, symptom, contact or list, or a higher temperature', () => {
    fc.assert(
      fc.property(traveller, ruleSet, worsening, (was, set, worsen) => {
        atLeastAsStrict(decideTraveller(worsen(was), set, day), decideTraveller(was, set, day))
      }),
      { numRuns: 4_000 },
    )
  })

  it('never turns milder with a longer window or one more area at risk', () => {
    fc.assert(
      fc.property(traveller, ruleSet, ruleSet, (who, set, other) => {
        const wider: RuleSet = {
          ...set,
          exposureWindowDays: Math.max(set.exposureWindowDays, other.exposureWindowDays),
          riskAreas: [...set.riskAreas, ...other.riskAreas],
        }
        atLeastAsStrict(decideTraveller(who, wider, day), decideTraveller(who, set, day))
      }),
      { numRuns: 2_000 },
    )
  })

  it('never turns milder with a lower fever threshold', () => {
    fc.assert(
      fc.property(traveller, ruleSet, fc.integer({ min: 350, max: 373 }), (who, set, tenths) => {
        const stricter = { ...set, feverThresholdCelsius: tenths / 10 }
        atLeastAsStrict(decideTraveller(who, stricter, day), decideTraveller(who, set, day))
      }),
    )
  })

  it('reads the findings, not the order in which they were entered', () => {
    fc.assert(
      fc.property(traveller, ruleSet, (who, set) => {
        const turned = {
          ...who,
          readings: who.readings.toReversed(),
          exposures: who.exposures.toReversed(),
          symptoms: who.symptoms.toReversed(),
        }
        expect(decideTraveller(turned, set, day)).toEqual(decideTraveller(who, set, day))
      }),
    )
  })
})
