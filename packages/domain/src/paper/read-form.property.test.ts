import type { PaperForm, PaperPerson } from '@guankou/contract/paper/form.ts'
import { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { conveyanceKinds, thermometryMethods } from '@guankou/contract/screening/vocabulary.ts'
import { aReference } from '@guankou/testkit/factories/screening.ts'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { decideScreening } from '#src/screening/decide.ts'
import { uuidTimeMs } from '#src/screening/uuid-time.ts'
import { localInstantMs, paperCommand, paperProblemsOf, screeningIdOf, withKept } from './read-form.ts'

const place = { jurisdiction: 440402, postId: 1, day: '2020-02-08', timeZone: 'Asia/Shanghai' }
const rules = { responseId: 'covid-19-like', rulesVersion: 1 }
const nowMs = Date.parse('2020-02-10T04:00:00.000Z')
const formId = '01702000-0000-7abc-8def-0123456789ab'

const reading = fc.oneof(
  fc.record({
    method: fc.constantFrom(...thermometryMethods),
    temperatureCelsius: fc.integer({ min: 340, max: 420 }).map((tenths) => tenths / 10),
  }),
  fc.record({ method: fc.constantFrom(...thermometryMethods), underThreshold: fc.constant(true as const) }),
)

const person = (seat: number): fc.Arbitrary<PaperPerson> =>
  fc.record(
    {
      seat: fc.constant(seat),
      name: fc.constantFrom('张三', '李四'),
      document: fc.constantFrom(
        { kind: 'none' as const },
        { kind: 'passport' as const, number: 'E12345678' },
      ),
      phone: fc.constant('13812345678'),
      originCode: fc.constantFrom(442000, 440100),
      stays: fc.constant([{ areaCode: 420100, leftOn: '2020-02-01' }]),
      contactWithCase: fc.boolean(),
      symptoms: fc.constantFrom<string[]>([], ['cough']),
      readings: fc.array(reading, { maxLength: 2 }),
      noReading: fc.constant(true as const),
    },
    { requiredKeys: ['seat', 'document', 'stays', 'contactWithCase', 'symptoms', 'readings'] },
  )

const form: fc.Arbitrary<PaperForm> = fc.integer({ min: 0, max: 4 }).chain((people) =>
  fc.record(
    {
      serial: fc.constant('A-17'),
      time: fc
        .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
        .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
      lane: fc.constant(1),
      conveyance: fc.oneof(
        fc.constantFrom(...conveyanceKinds).map((kind) => ({ kind, plate: '粤CA1234' })),
        fc.constant({ kind: 'car' as const }),
        fc.constant({ kind: 'car' as const, withoutPlate: true as const }),
        fc.constant({ kind: 'on-foot' as const }),
      ),
      people: fc.tuple(...Array.from({ length: people }, (_, index) => person(index + 1))),
    },
    { requiredKeys: ['lane', 'conveyance', 'people'] },
  ),
)

describe('a paper form', () => {
  it('without problems becomes a command that the contract takes and the rules decide, at its original time', () => {
    let whole = 0
    fc.assert(
      fc.property(form, (keyed) => {
        if (paperProblemsOf(keyed, place, nowMs).length > 0) return
        whole += 1
        const command = paperCommand(formId, keyed, place, rules)
        expect([...Value.Errors(RecordScreening, command)]).toEqual([])
        expect(decideScreening(aReference(), command, nowMs)).toMatchObject({
          ok: true,
          fact: { day: place.day, travellers: { length: keyed.people.length } },
        })
        expect(uuidTimeMs(command.id)).toBe(localInstantMs(place.timeZone, place.day, keyed.time ?? ''))
      }),
      { numRuns: 400 },
    )
    expect(whole).toBeGreaterThan(10)
  })

  it('never becomes two screenings at one time, and two forms never become one', () => {
    const at = localInstantMs(place.timeZone, place.day, '09:30')
    expect(new Date(at).toISOString()).toBe('2020-02-08T01:30:00.000Z')
    expect(screeningIdOf(formId, at)).toBe(screeningIdOf(formId, at))
    expect(screeningIdOf(formId, at)).not.toBe(screeningIdOf(formId.replace('9ab', '9ac'), at))
  })

  it('keeps what is named as kept, drops what is not, and takes what is keyed anew', () => {
    const before: PaperForm = {
      lane: 1,
      conveyance: { kind: 'car', plate: '粤CA1234' },
      people: [
        {
          seat: 1,
          name: '张三',
          phone: '13812345678',
          document: { kind: 'passport', number: 'E1' },
          stays: [],
          contactWithCase: false,
          symptoms: [],
          readings: [],
        },
      ],
    }
    const [first] = before.people
    if (first === undefined) throw new Error('nobody')
    const { name: _, phone: __, ...rest } = first
    const after = withKept(
      {
        lane: 2,
        conveyance: { kind: 'car' },
        plateAsKept: true,
        people: [
          { ...rest, document: { kind: 'passport' }, phone: '13900000000', asKept: ['name', 'document'] },
        ],
      },
      before,
    )
    expect(after).toEqual({
      lane: 2,
      conveyance: { kind: 'car', plate: '粤CA1234' },
      people: [{ ...first, phone: '13900000000' }],
    })
  })

  it('says what it lacks, person by person', () => {
    const keyed: PaperForm = {
      lane: 1,
      conveyance: { kind: 'car' },
      people: [
        {
          seat: 3,
          document: { kind: 'none' },
          stays: [],
          contactWithCase: false,
          symptoms: [],
          readings: [],
        },
      ],
    }
    expect(paperProblemsOf(keyed, place, nowMs)).toEqual([
      { code: 'time-missing', seat: 0 },
      { code: 'plate-missing', seat: 0 },
      { code: 'origin-missing', seat: 3 },
      { code: 'temperature-missing', seat: 3 },
    ])
    expect(
      paperProblemsOf({ ...keyed, time: '23:00', people: [] }, { ...place, day: '2020-02-10' }, nowMs),
    ).toEqual([
      { code: 'time-ahead', seat: 0 },
      { code: 'plate-missing', seat: 0 },
      { code: 'nobody', seat: 0 },
    ])
  })
})

describe('a paper form of a train', () => {
  const conveyance = {
    kind: 'train',
    service: { number: 'G6123', departsOn: '2020-02-08', carriage: '05' },
  } as const
  const traveller: PaperPerson = {
    seat: 1,
    seatLabel: '12A',
    document: { kind: 'none' },
    originCode: 442000,
    stays: [],
    contactWithCase: false,
    symptoms: [],
    readings: [{ method: 'forehead', underThreshold: true }],
  }
  const form: PaperForm = { time: '10:00', lane: 1, conveyance, people: [traveller] }

  it('is recorded with run and place, and without them once it turns out to be a car', () => {
    const command = paperCommand(formId, form, place, rules)
    expect(command.conveyance).toEqual(conveyance)
    expect(command.travellers[0]?.seatLabel).toBe('12A')
    expect(decideScreening(aReference(), command, nowMs)).toMatchObject({ ok: true })
    const car = { ...form, conveyance: { ...conveyance, kind: 'car' as const, plate: '粤CA1234' } }
    const recorded = paperCommand(formId, car, place, rules)
    expect(recorded.conveyance).toEqual({ kind: 'car', plate: '粤CA1234' })
    expect(recorded.travellers[0]).not.toHaveProperty('seatLabel')
  })

  it('keeps the run that was left covered', () => {
    const mended: PaperForm = { ...form, serviceAsKept: true, conveyance: { kind: 'train' } }
    expect(withKept(mended, form).conveyance).toEqual(conveyance)
    expect(withKept({ ...form, conveyance: { kind: 'train' } }, form).conveyance).toEqual({ kind: 'train' })
  })
})
