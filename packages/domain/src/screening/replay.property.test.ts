import { matchReasons } from '@guankou/contract/matching/reasons.ts'
import { exposureLevels, feverLevels, type RuleSet } from '@guankou/contract/responses/response.ts'
import { dispositions } from '@guankou/contract/screening/dispositions.ts'
import { aReading, aReference, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideScreening } from '#src/screening/decide.ts'
import { type ReplayedScreening, replayScreening } from '#src/screening/replay.ts'
import type { ScreeningRecorded } from '#src/screening/screening-recorded.ts'

const reference = aReference()
const timeZone = 'Asia/Shanghai'
const occurredAtMs = Date.parse('2020-01-23T14:32:07.120Z')

const rulesOf = (version: number): RuleSet => {
  const found = reference.response('covid-19-like')?.ruleSets.find((each) => each.version === version)
  if (found === undefined) throw new Error(`no version ${version}`)
  return found
}

/** A screening of anybody, as it is stored after it was decided. */
const stored: fc.Arbitrary<ReplayedScreening> = fc
  .record({
    version: fc.constantFrom(1, 2, 3, 5),
    serial: fc.nat(),
    people: fc.array(
      fc.record({
        temperatures: fc.array(fc.constantFrom(36.4, 37.2, 37.3, 38.9), { maxLength: 2 }),
        area: fc.option(fc.constantFrom(420_100, 330_300, 440_100)),
        contactWithCase: fc.nat(9).map((n) => n === 0),
        symptoms: fc.subarray(['cough', 'fatigue', 'diarrhoea']),
        listed: fc.option(
          fc.record({
            listId: fc.constant('016fd2d1-42d0-7881-8034-84e6d1c4acd0'),
            reason: fc.constantFrom(...matchReasons),
            confirmed: fc.boolean(),
          }),
        ),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ version, serial, people }) => {
    const travellers = people.map(({ temperatures, area, contactWithCase, symptoms, listed }, index) =>
      aTraveller({
        seat: index + 1,
        readings: temperatures.map((temperatureCelsius) => aReading({ temperatureCelsius })),
        exposures: area === null ? [] : [{ areaCode: area, leftOn: '2020-01-22', evidence: 'declared' }],
        contactWithCase,
        symptoms,
        ...(listed === null ? {} : { listed: [listed] }),
      }),
    )
    const command = aScreening({ rulesVersion: version, travellers }, serial)
    const decided = decideScreening(reference, command, occurredAtMs)
    if (!decided.ok) throw new Error(decided.refusal.code)
    return storedOf(decided.fact)
  })

const storedOf = (fact: ScreeningRecorded): ReplayedScreening => ({
  occurredAtMs: fact.occurredAtMs,
  timeZone,
  day: fact.day,
  slot: fact.slot,
  rulesVersion: fact.rulesVersion,
  disposition: fact.disposition,
  travellerCount: fact.tally.travellers,
  febrileCount: fact.tally.febrile,
  travellers: fact.travellers.map(({ entered, decision }) => ({
    seat: entered.seat,
    entered,
    kept: decision,
  })),
})

const replay = (screening: ReplayedScreening, rules = rulesOf(screening.rulesVersion)) =>
  replayScreening(screening, rules)

const other = <T>(values: readonly T[], value: T, by: number): T =>
  values[(values.indexOf(value) + 1 + (by % (values.length - 1))) % values.length] as T

/** Ways to change one thing of what is stored of the first traveller. */
const tampering = fc
  .record({
    part: fc.constantFrom('fever', 'exposure', 'disposition', 'rule-ids' as const),
    by: fc.nat(20),
  })
  .map(({ part, by }) => ({
    part,
    apply: (screening: ReplayedScreening): ReplayedScreening => {
      const [first, ...rest] = screening.travellers
      if (first === undefined) throw new Error('nobody aboard')
      const { kept } = first
      const changed = {
        fever: { fever: other(feverLevels, kept.fever, by) },
        exposure: { exposure: other(exposureLevels, kept.exposure, by) },
        disposition: { disposition: other(dispositions, kept.disposition, by) },
        'rule-ids': { ruleIds: [...kept.ruleIds, 'R99'] },
      }[part]
      return { ...screening, travellers: [{ ...first, kept: { ...kept, ...changed } }, ...rest] }
    },
  }))

describe('replayScreening', () => {
  it('finds nothing in what was decided, under every version of the rules', () => {
    fc.assert(
      fc.property(stored, (screening) => {
        expect(replay(screening)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('finds any finding, disposition or rule that was changed since, and says where', () => {
    fc.assert(
      fc.property(stored, tampering, (screening, { part, apply }) => {
        expect(replay(apply(screening))).toEqual([expect.objectContaining({ seat: 1, part })])
      }),
      { numRuns: 300 },
    )
  })

  it('finds what was changed of the vehicle', () => {
    fc.assert(
      fc.property(stored, fc.nat(20), (screening, by) => {
        const changed = { ...screening, disposition: other(dispositions, screening.disposition, by) }
        expect(replay(changed)).toMatchObject([{ seat: 0, part: 'disposition' }])
        expect(replay({ ...screening, day: '2020-01-22' })).toMatchObject([{ seat: 0, part: 'day' }])
        expect(replay({ ...screening, travellers: screening.travellers.slice(1) })).toContainEqual(
          expect.objectContaining({ seat: 0, part: 'travellers' }),
        )
      }),
    )
  })

  it('finds a reading that was changed so that another finding follows', () => {
    const decided = decideScreening(reference, aScreening(), occurredAtMs)
    if (!decided.ok) throw new Error(decided.refusal.code)
    const screening = storedOf(decided.fact)
    const warmer = {
      ...screening,
      travellers: screening.travellers.map((each) => ({
        ...each,
        entered: { ...each.entered, readings: [aReading({ temperatureCelsius: 39 })] },
      })),
    }
    expect(replay(warmer).map(({ part }) => part)).toEqual([
      'travellers',
      'disposition',
      'fever',
      'disposition',
      'rule-ids',
    ])
  })

  it('finds a rule that was changed under the same version', () => {
    const febrile = aTraveller({ readings: [aReading({ temperatureCelsius: 38 })] })
    const decided = decideScreening(reference, aScreening({ travellers: [febrile] }), occurredAtMs)
    if (!decided.ok) throw new Error(decided.refusal.code)
    const screening = storedOf(decided.fact)
    const rules = rulesOf(1)
    const lenient = { ...rules, rules: rules.rules.filter(({ id }) => id !== 'R5') }
    expect(replay(screening)).toEqual([])
    expect(replay(screening, lenient)).toContainEqual({
      seat: 1,
      part: 'disposition',
      kept: 'second-check',
      replayed: 'passed',
    })
    expect(replay(screening, { ...rules, feverThresholdCelsius: 38.5 })).not.toEqual([])
  })

  it('says that a version is missing, and judges nothing without it', () => {
    fc.assert(
      fc.property(stored, (screening) => {
        expect(replayScreening(screening, undefined)).toEqual([
          { seat: 0, part: 'rules', kept: String(screening.rulesVersion), replayed: '' },
        ])
      }),
    )
  })
})
