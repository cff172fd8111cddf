import { Conveyance, TravelDocument, Traveller } from '@guankou/contract/screening/record-screening.ts'
import { platedConveyances } from '@guankou/contract/screening/vocabulary.ts'
import { normalisePlate } from '@guankou/domain/screening/plates.ts'
import { allOrigins } from '@guankou/geodata/divisions/origins.ts'
import { isKnownDivisionPrefix } from '@guankou/geodata/identity-numbers/division-prefix.ts'
import { plateRegion } from '@guankou/geodata/plates/plate-region.ts'
import fc from 'fast-check'
import Value from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { bornForAgeZero, checkDigitOf, syntheticIdentityNumber } from '#src/people/identity-number.ts'
import { drawDocument, drawName, drawPhone } from '#src/people/synthetic-documents.ts'
import { drawConveyance } from '#src/people/synthetic-plates.ts'
import { streamOf } from '#src/random/stream.ts'

const anyOrigin = fc.constantFrom(...allOrigins().map((origin) => origin.code))
const mainland = allOrigins().filter(({ kind }) => kind !== 'country' && kind !== 'region')
const anyHome = fc.constantFrom(...mainland.map((origin) => origin.code))
const seed = fc.integer()

/** ISO/IEC 7064 MOD 11-2 by its own definition: the remainder of the whole number is 1. */
const remainder = (number: string): number =>
  [...number].reduce((sum, digit) => (sum * 2 + (digit === 'X' ? 10 : Number(digit))) % 11, 0)

describe('checkDigitOf', () => {
  it('is that of the worked examples of GB 11643', () => {
    expect(checkDigitOf('11010519491231002')).toBe('X')
    expect(checkDigitOf('44052418800101001')).toBe('4')
  })

  it('agrees with the definition of MOD 11-2', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{17}$/), (body) => {
        expect(remainder(body + checkDigitOf(body))).toBe(1)
      }),
    )
  })

  it('refuses what is not 17 digits', () => {
    for (const body of ['', '123', '1101051949123100x', '110105194912310021'])
      expect(() => checkDigitOf(body)).toThrow(RangeError)
  })
})

describe('syntheticIdentityNumber', () => {
  it('is valid in form and born in 1879 or before', () => {
    fc.assert(
      fc.property(anyHome, fc.integer({ min: 0, max: 110 }), seed, (home, age, key) => {
        const number = syntheticIdentityNumber(home, age, streamOf(key))
        expect(number).toMatch(/^\d{17}[\dX]$/)
        expect(checkDigitOf(number.slice(0, 17))).toBe(number.charAt(17))
        expect(isKnownDivisionPrefix(number.slice(0, 6))).toBe(true)
        const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
        expect(new Date(`${born}T00:00:00Z`).toISOString().slice(0, 10)).toBe(born)
        expect(Number(number.slice(6, 10))).toBe(bornForAgeZero - age)
        expect(Number(number.slice(6, 10))).toBeLessThanOrEqual(1879)
      }),
      { numRuns: 2_000 },
    )
  })

  it('refuses ages and divisions that are none', () => {
    const random = streamOf(1)
    for (const [home, age] of [
      [44, 3],
      [440400, -1],
      [440400, 111],
      [440400, 1.5],
      [440400.5, 1],
    ] as const)
      expect(() => syntheticIdentityNumber(home, age, random)).toThrow(RangeError)
  })
})

describe('documents, names and telephone numbers', () => {
  it('are of the contract and recognisably nobody’s', () => {
    fc.assert(
      fc.property(anyOrigin, seed, (home, key) => {
        const random = streamOf(key)
        const document = drawDocument(home, random)
        expect(Value.Errors(TravelDocument, document)).toEqual([])
        if (document.kind === 'resident-id')
          expect(Number(document.number?.slice(6, 10))).toBeLessThanOrEqual(1879)
        else if (document.kind !== 'none') expect(document.number).toMatch(/^TEST/)
        const { name, phone } = Traveller.properties
        expect(Value.Check(name, drawName(home, random))).toBe(true)
        expect(drawName(home, random)).toMatch(/^(测试旅客|Test Traveller )\d{5}$/)
        const number = drawPhone(random)
        expect(Value.Check(phone, number)).toBe(true)
        expect(number).toMatch(/^\+86 26 \d{4} \d{4}$/)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('drawConveyance', () => {
  const journey = fc.record({
    kind: fc.constantFrom('car', 'coach', 'truck', 'motorcycle', 'train', 'ferry', 'flight', 'on-foot'),
    originCode: anyOrigin,
    cityCode: fc.constant(440400),
  })

  it('has a plate or says that there is none, exactly where one belongs', () => {
    fc.assert(
      fc.property(journey, seed, (to, key) => {
        const conveyance = drawConveyance(to, streamOf(key))
        expect(Value.Errors(Conveyance, conveyance)).toEqual([])
        const says = [conveyance.plate, conveyance.withoutPlate].filter((one) => one !== undefined)
        expect(says).toHaveLength(platedConveyances.has(to.kind) ? 1 : 0)
      }),
      { numRuns: 2_000 },
    )
  })

  it('has plates of the legal alphabet and length that name a region', () => {
    fc.assert(
      fc.property(journey, seed, (to, key) => {
        const { plate } = drawConveyance(to, streamOf(key))
        if (plate === undefined) return
        expect(plate).toMatch(/^\p{Script=Han}[A-Z]([A-HJ-NP-Z0-9]{5}|KZ\d{4}|[A-HJ-NP-Z0-9]{4}[港澳])$/u)
        expect(plateRegion(plate)).toBeDefined()
        expect(normalisePlate(plate)).toBe(plate)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is mostly registered where it comes from', () => {
    const plates = Array.from({ length: 4_000 }, (_, key) =>
      drawConveyance({ kind: 'car', originCode: 442000, cityCode: 440400 }, streamOf(key)),
    )
    const share = (code: number) =>
      plates.filter(({ plate }) => plateRegion(plate ?? '')?.prefectureCode === code).length / plates.length
    expect(share(442000)).toBeGreaterThan(0.75)
    expect(share(440400)).toBeGreaterThan(0.1)
    expect(share(442000) + share(440400)).toBeLessThan(0.98)
  })
})
