import { dispositionRank } from '@guankou/contract/screening/dispositions.ts'
import { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'
import { aReading, aReference, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { daySlotOf } from '#src/places/calendar.ts'
import { correctRefused, type RefusedCorrection } from '#src/screening/correct-refused.ts'
import { decideScreening } from '#src/screening/decide.ts'

const reference = aReference()
const nowMs = Date.parse('2020-01-23T15:00:00.000Z')
const post = reference.post(1)
if (post === undefined) throw new Error('the demo city has no first post')
const rules = reference.response('covid-19-like')?.ruleSets[0]
if (rules === undefined) throw new Error('the demo response has no rules')

const by = (plate: string): RefusedCorrection => ({
  plate,
  post,
  lane: 1,
  responseId: 'covid-19-like',
  rulesVersion: rules.version,
  symptoms: new Set(rules.symptoms.map(({ code }) => code)),
  isKnownOrigin: reference.isKnownOrigin,
  homeOrigin: 440_400,
  dayOf: (ms) => daySlotOf('Asia/Shanghai', ms).day,
  nowMs,
  newId: (ms) => uuidV7FromRandom(ms, streamOf(77)),
})

const person = fc.record({
  celsius: fc.constantFrom(36.4, 37.3, 38.9),
  exposed: fc.boolean(),
  contactWithCase: fc.boolean(),
  symptoms: fc.subarray(['cough', 'fatigue']),
})

/** A good record of anybody. */
const good = fc.array(person, { minLength: 1, maxLength: 4 }).map((people) =>
  aScreening({
    travellers: people.map(({ celsius, exposed, contactWithCase, symptoms }, index) =>
      aTraveller({
        seat: index + 1,
        readings: [aReading({ temperatureCelsius: celsius })],
        exposures: exposed ? [{ areaCode: 420_100, leftOn: '2020-01-20', evidence: 'declared' }] : [],
        contactWithCase,
        symptoms,
      }),
    ),
  }),
)

type Spoil = (was: RecordScreening) => RecordScreening
const first =
  (change: (was: RecordScreening['travellers'][number]) => object): Spoil =>
  (was) => ({
    ...was,
    travellers: was.travellers.map((each, index) => (index === 0 ? { ...each, ...change(each) } : each)),
  })

/** Every way in which a record of the right shape is refused for good. */
const spoils: readonly (readonly [string, Spoil])[] = [
  ['IMPOSSIBLE_TIME', (was) => ({ ...was, startedAt: '2020-02-30T00:00:00.000Z' })],
  [
    'OCCURRED_IN_FUTURE',
    ({ travellers }) => ({ ...aScreening({ occurredAt: '2020-01-23T18:00:00.000Z' }, 5), travellers }),
  ],
  ['ID_TIME_MISMATCH', (was) => ({ ...was, occurredAt: '2020-01-23T14:40:00.000Z' })],
  ['UNKNOWN_POST', (was) => ({ ...was, postId: 9_999 })],
  ['UNKNOWN_LANE', (was) => ({ ...was, lane: 60 })],
  ['PLATE_REQUIRED', (was) => ({ ...was, conveyance: { kind: 'car', plate: '- -' } })],
  ['UNKNOWN_RESPONSE', (was) => ({ ...was, responseId: 'ended' })],
  ['UNKNOWN_SYMPTOM', first(() => ({ symptoms: ['hiccups'] }))],
  ['UNKNOWN_ORIGIN', first(() => ({ origin: { code: 999_998, evidence: 'declared' } }))],
  ['READING_INCOMPLETE', first(() => ({ readings: [{ at: '2020-01-23T14:31:00.000Z', method: 'ear' }] }))],
  ['READING_TOO_FINE', first(() => ({ readings: [aReading({ temperatureCelsius: 37.256 })] }))],
  ['TEXT_NOT_WELL_FORMED', first(() => ({ name: 'half \ud800' }))],
  [
    'IMPOSSIBLE_TIME',
    first(() => ({ exposures: [{ areaCode: 420_100, leftOn: '2020-02-31', evidence: 'declared' }] })),
  ],
  ['SEAT_TAKEN_TWICE', (was) => ({ ...was, travellers: [...was.travellers, ...was.travellers] })],
]

describe('correctRefused', () => {
  it.each(spoils)('puts right what was refused with %s, and names it', (code, spoil) => {
    fc.assert(
      fc.property(good, (record) => {
        const refused = { ...record, ...spoil(record) }
        const decided = decideScreening(reference, refused, nowMs)
        expect(decided).toMatchObject({ ok: false, refusal: { code } })
        const corrected = correctRefused(refused, by('粤C12345'))
        expect(Value.Check(RecordScreening, corrected)).toBe(true)
        expect(corrected.corrects).toBe(refused.id)
        expect(corrected.id).not.toBe(refused.id)
        expect(decideScreening(reference, corrected, nowMs)).toMatchObject({
          ok: true,
          fact: { corrects: refused.id },
        })
      }),
      { numRuns: 20 },
    )
  })

  it('leaves a good record as it is, but for its id, and never makes anybody’s disposition milder', () => {
    fc.assert(
      fc.property(good, (record) => {
        const { id: _, corrects: __, ...rest } = correctRefused(record, by('粤TABC1D'))
        const { id: ___, ...was } = record
        expect(rest).toEqual(was)
        const [before, after] = [record, correctRefused(record, by('粤TABC1D'))].map((command) =>
          decideScreening(reference, command, nowMs),
        )
        if (before?.ok !== true || after?.ok !== true) throw new Error('refused')
        expect(dispositionRank(after.fact.disposition)).toBeGreaterThanOrEqual(
          dispositionRank(before.fact.disposition),
        )
      }),
    )
  })

  it('takes a vehicle without a plate as one', () => {
    const corrected = correctRefused(aScreening(), by(''))
    expect(corrected.conveyance).toEqual({ kind: 'car', withoutPlate: true })
  })
})
