import {
  aReading,
  aReference,
  aResponse,
  aTraveller,
  usualOccurredAt,
} from '@guankou/testkit/factories/screening.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type changedParts,
  correctionOf,
  decideCorrected,
  findCorrectionRefusal,
  withCorrections,
} from './correct-findings.ts'

const [ruleSet] = aResponse().ruleSets
if (ruleSet === undefined) throw new Error('the factory has no rules')
const day = '2020-01-23'
const terms = { reference: aReference(), ruleSet, occurredAtMs: Date.parse(usualOccurredAt), day }
const found = aTraveller()

const correction = fc.record(
  {
    origin: fc.constantFrom(
      { code: 420100, evidence: 'ticket' as const },
      { code: 442000, evidence: 'declared' as const },
    ),
    readings: fc
      .array(fc.integer({ min: 350, max: 420 }), { maxLength: 2 })
      .map((tenths) => tenths.map((each) => aReading({ temperatureCelsius: each / 10 }))),
    symptoms: fc.constantFrom<string[]>([], ['cough']),
    contactWithCase: fc.boolean(),
  },
  { requiredKeys: [] },
)

describe('a correction of findings', () => {
  it('says what it changes and what was there, so that each step can be taken back', () => {
    fc.assert(
      fc.property(fc.array(correction, { maxLength: 4 }), (corrections) => {
        let now = withCorrections(found, [])
        const steps = corrections.map((each) => {
          const step = correctionOf(now, each)
          now = withCorrections(now, [step.after])
          return step
        })
        expect(now).toEqual(withCorrections(found, corrections))
        const back = steps.toReversed().reduce((each, { before }) => withCorrections(each, [before]), now)
        expect(back).toEqual(withCorrections(found, []))
      }),
    )
  })

  it('is refused where it says nothing, nothing new, or what could not have been recorded', () => {
    const codeOf = (each: Parameters<typeof changedParts>[1]) =>
      findCorrectionRefusal(found, each, terms)?.code
    expect(codeOf({})).toBe('CORRECTION_EMPTY')
    expect(codeOf({ symptoms: [], contactWithCase: false })).toBe('CORRECTION_CHANGES_NOTHING')
    expect(codeOf({ readings: found.readings.map(({ at, ...rest }) => ({ ...rest, at })) })).toBe(
      'CORRECTION_CHANGES_NOTHING',
    )
    expect(codeOf({ symptoms: ['no-such'] })).toBe('UNKNOWN_SYMPTOM')
    expect(codeOf({ origin: { code: 999_998, evidence: 'declared' } })).toBe('UNKNOWN_ORIGIN')
    expect(codeOf({ readings: [aReading({ at: '2020-01-23T15:00:00.000Z' })] })).toBe('IMPOSSIBLE_TIME')
    expect(codeOf({ exposures: [{ areaCode: 420100, leftOn: '2020-02-30', evidence: 'declared' }] })).toBe(
      'IMPOSSIBLE_TIME',
    )
    expect(codeOf({ contactWithCase: true })).toBeUndefined()
  })

  it('tells what the rules of that hour would say, stricter for more and never for less', () => {
    const now = (each: Parameters<typeof changedParts>[1]) =>
      decideCorrected(withCorrections(found, [each]), ruleSet, day).disposition
    expect(now({ symptoms: [] })).toBe('passed')
    expect(
      now({
        readings: [
          aReading({ temperatureCelsius: 38.2 }),
          aReading({ temperatureCelsius: 38.1, method: 'ear' }),
        ],
      }),
    ).not.toBe('passed')
  })
})
