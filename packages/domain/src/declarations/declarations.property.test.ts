import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { Declaration } from '@guankou/contract/declarations/declaration.ts'
import { conveyanceKinds, documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { fromBase32, toBase32 } from './base32.ts'
import { refusalOfDeclaration } from './check-declaration.ts'
import { draftFrom } from './draft-from.ts'
import { type IssuedDeclaration, packDeclaration, unpackDeclaration } from './pack-declaration.ts'
import { questionsOf } from './questions.ts'
import {
  type CheckSignature,
  expiresAtMs,
  longestDeclarationText,
  looksLikeDeclaration,
  readDeclaration,
  textToSign,
  withSignature,
} from './signed-text.ts'

const cityCode = 440400
const issuedAtMs = Date.parse('2020-02-10T08:30:00.000Z')
const today = '2020-02-10'
const codes = ['cough', 'fatigue', 'shortness-of-breath']
const keys = generateKeyPairSync('ed25519')
const others = generateKeyPairSync('ed25519')
const signedWith = (issued: IssuedDeclaration, { privateKey } = keys): string => {
  const text = textToSign(issued)
  return withSignature(text, sign(null, Buffer.from(text), privateKey))
}
const check: CheckSignature = async (text, signature) =>
  verify(null, Buffer.from(text), keys.publicKey, signature) ? 'good' : 'bad'
const read = (text: string, nowMs = issuedAtMs + 60_000) => readDeclaration(text, { cityCode, check, nowMs })

const optional = <Key extends string, Of>(key: Key, value: fc.Arbitrary<Of>) =>
  fc.option(value, { nil: undefined }).map((some) => (some === undefined ? {} : { [key]: some }))
const aName = fc.oneof(
  fc.stringMatching(/^[一-龥]{2,4}$/u),
  fc.stringMatching(/^[A-Z][a-z]{1,12} [A-Z][a-z]{1,12}$/),
)
const aNumber = fc.oneof(fc.stringMatching(/^\d{17}[\dX]$/), fc.stringMatching(/^[A-Z]\d{8}$/))
const aDay = fc
  .integer({ min: 0, max: 40 })
  .map((days) => new Date(issuedAtMs - days * 86_400_000).toISOString().slice(0, 10))
const aStay = fc.record({ areaCode: fc.constantFrom(420100, 442000, 820000, 900826), leftOn: aDay })
const aPerson = fc
  .tuple(
    optional('name', aName),
    fc.tuple(fc.constantFrom(...documentKinds), optional('number', aNumber)),
    optional('phone', fc.stringMatching(/^(\+86 )?1\d{10}$/)),
    fc.record({
      originCode: fc.constantFrom(440400, 420100, 900036),
      stays: fc.array(aStay, { maxLength: 10 }),
      contactWithCase: fc.boolean(),
      symptoms: fc.subarray(codes),
    }),
  )
  .map(([name, [kind, number], phone, rest]) => ({
    ...name,
    document: { kind, ...number },
    ...phone,
    ...rest,
  }))
const aService = fc
  .tuple(
    fc.stringMatching(/^[A-Z]{1,2}[0-9]{1,4}$/),
    aDay,
    optional('carriage', fc.stringMatching(/^[0-9A-Z]{1,3}$/)),
  )
  .map(([number, departsOn, carriage]) => ({ number, departsOn, ...carriage }))
const aDeclaration = fc
  .record({
    id: fc.stringMatching(/^[A-Z2-7]{16}$/),
    responseId: fc.constant('covid-19-2020'),
    rulesVersion: fc.integer({ min: 1, max: 1_000_000 }),
    conveyance: fc
      .tuple(
        fc.constantFrom(...conveyanceKinds),
        fc.constantFrom({ plate: '粤C12345' }, { plate: '粤Z1234澳' }, { withoutPlate: true as const }),
      )
      .map(([kind, rest]) => ({ kind, ...rest })),
    service: fc.option(aService, { nil: undefined }),
    places: fc.uniqueArray(fc.stringMatching(/^[1-9][0-9]{0,2}[A-K]?$/), { maxLength: 3 }),
    people: fc.array(aPerson, { minLength: 1, maxLength: 8 }),
  })
  .map(({ service, places, ...made }) => ({
    ...made,
    conveyance: { ...made.conveyance, ...(service === undefined ? {} : { service }) },
    people: made.people.map((person, seat) =>
      places[seat] === undefined ? person : { ...person, seatLabel: places[seat] },
    ),
  }))
  .map((made) => made as Declaration)
const anIssued = aDeclaration.map(
  (declaration): IssuedDeclaration => ({ declaration, cityCode, issuedAtMs, validHours: 24 }),
)

const person = (seat: number): Declaration['people'][number] => ({
  name: ['欧阳测试', '李样本', '王样本', '王小样', '王幼样'][seat] ?? '样本',
  document: { kind: 'resident-id', number: `44040219${70 + seat}010112${10 + seat}` },
  phone: `1380000000${seat}`,
  originCode: 420100,
  stays: [
    { areaCode: 420100, leftOn: '2020-02-09' },
    { areaCode: 421000, leftOn: '2020-02-01' },
  ],
  contactWithCase: seat === 0,
  symptoms: seat === 0 ? codes : [],
})
const family = (people = 5): IssuedDeclaration => ({
  declaration: {
    id: 'ABCDEFGHIJKLMNOP',
    responseId: 'covid-19-2020',
    rulesVersion: 3,
    conveyance: { kind: 'car', plate: '鄂A12345' },
    people: Array.from({ length: people }, (_, seat) => person(seat)),
  },
  cityCode,
  issuedAtMs,
  validHours: 24,
})

describe('a declaration', () => {
  it('comes back as it was packed', () => {
    fc.assert(
      fc.property(anIssued, (issued) => {
        expect(Value.Check(Declaration, issued.declaration)).toBe(true)
        expect(unpackDeclaration(packDeclaration(issued))).toEqual(issued)
      }),
    )
  })

  it('is never made of other bytes than those that were packed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const read = unpackDeclaration(bytes)
        if (read !== undefined) expect(Value.Check(Declaration, read.declaration)).toBeDefined()
      }),
      { numRuns: 2_000 },
    )
    fc.assert(
      fc.property(anIssued, fc.nat(), (issued, cut) => {
        const bytes = packDeclaration(issued)
        expect(unpackDeclaration(bytes.slice(0, cut % bytes.length))).toBeUndefined()
        expect(unpackDeclaration(Uint8Array.from([...bytes, 0]))).toBeUndefined()
      }),
    )
  })

  it('of a family of five fits a code of 77 modules, and takes less than deflated JSON', () => {
    const text = signedWith(family())
    // 600 letters is what version 15 holds at level M (ISO/IEC 18004, table 7).
    expect(text.length).toBeLessThanOrEqual(600)
    const { declaration } = family()
    const json = deflateRawSync(JSON.stringify(declaration), { level: 9 }).length
    expect(packDeclaration(family()).length).toBeLessThan(json)
    expect(signedWith(family(8)).length).toBeLessThanOrEqual(longestDeclarationText)
    expect(text).toMatch(/^[A-Z0-9:]+$/)
  })

  it('is read as scanned, pasted or typed', async () => {
    const text = signedWith(family())
    const broken = text.toLowerCase().replace(/(.{40})/g, '$1\n ')
    expect(await read(broken)).toEqual({ is: 'good', issued: family() })
    expect(looksLikeDeclaration(broken)).toBe(true)
  })

  it('is not taken where one letter of it is another', async () => {
    const text = signedWith(family())
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom(...'ABCXYZ234567'), async (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1)
        const taken = await read(changed)
        expect(taken.is).toBe(changed === text ? 'good' : 'bad')
      }),
      { numRuns: 300 },
    )
  })

  it('says why it is not taken', async () => {
    const text = signedWith(family())
    const faultOf = async (typed: string, nowMs?: number) => {
      const taken = await read(typed, nowMs)
      return taken.is === 'bad' ? taken.fault : 'none'
    }
    expect(await faultOf('https://example.org/')).toBe('other-text')
    expect(await faultOf(text.slice(0, -30))).toBe('incomplete')
    expect(await faultOf(`${text}:A`)).toBe('incomplete')
    expect(await faultOf(signedWith(family(), others))).toBe('forged')
    expect(await faultOf(signedWith({ ...family(), cityCode: 440300 }))).toBe('other-city')
    expect(await faultOf(text, expiresAtMs(family()))).toBe('expired')
    expect(await faultOf(text, expiresAtMs(family()) - 1)).toBe('none')
    expect(await faultOf(text, issuedAtMs - 11 * 60_000)).toBe('not-yet')
    const blind = { cityCode, check: async () => 'unsupported' as const, nowMs: issuedAtMs }
    expect(await readDeclaration(text, blind)).toEqual({ is: 'bad', fault: 'cannot-verify' })
  })
})

describe('base 32', () => {
  it('takes back what it gave, and nothing that it never gives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(fromBase32(toBase32(bytes))).toEqual(Uint8Array.from(bytes))
      }),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z2-7]{0,20}$/), (text) => {
        const bytes = fromBase32(text)
        if (bytes !== undefined) expect(toBase32(bytes)).toBe(text)
      }),
    )
  })
})

describe('what a declaration fills in', () => {
  it('is everyone aboard, as declared, without a temperature and without a verdict', () => {
    const draft = draftFrom(family(), ['cough'])
    expect(draft).toMatchObject({ plate: '鄂A12345', kind: 'car', declarationId: 'ABCDEFGHIJKLMNOP' })
    expect(draft.travellers.map(({ seat }) => seat)).toEqual([1, 2, 3, 4, 5])
    expect(draft.travellers[0]).toEqual({
      seat: 1,
      name: '欧阳测试',
      document: { kind: 'resident-id', number: '440402197001011210' },
      phone: '13800000000',
      origin: { code: 420100, evidence: 'declared' },
      exposures: [
        { areaCode: 420100, leftOn: '2020-02-09', evidence: 'declared' },
        { areaCode: 421000, leftOn: '2020-02-01', evidence: 'declared' },
      ],
      contactWithCase: true,
      symptoms: ['cough'],
    })
    expect(draft.unlistedSymptoms).toEqual([
      { seat: 1, code: 'fatigue' },
      { seat: 1, code: 'shortness-of-breath' },
    ])
  })
})

describe('a ticket', () => {
  it('comes to the lane with its run and the places, and is what an older phone does not read', () => {
    const plain = family(2)
    const { declaration } = plain
    const ticketed: IssuedDeclaration = {
      ...plain,
      declaration: {
        ...declaration,
        conveyance: {
          kind: 'train',
          service: { number: 'g 6123', departsOn: '2020-02-09', carriage: '05' },
        },
        people: declaration.people.map((each, seat) => ({ ...each, seatLabel: `${12 + seat}A` })),
      },
    }
    const back = unpackDeclaration(packDeclaration(ticketed))
    expect(back).toEqual(ticketed)
    const draft = draftFrom(back ?? plain, [])
    expect(draft.service).toEqual({ number: 'G6123', departsOn: '2020-02-09', carriage: '05' })
    expect(draft.travellers.map(({ seatLabel }) => seatLabel)).toEqual(['12A', '13A'])
    expect(draftFrom(plain, [])).not.toHaveProperty('service')
    expect([packDeclaration(plain)[0], packDeclaration(ticketed)[0]]).toEqual([1, 2])
  })
})

describe('a declaration is refused', () => {
  const terms = {
    response: {
      id: 'covid-19-2020',
      rulesVersion: 3,
      symptoms: codes.map((code) => ({ code, name: { zh: '某', en: code } })),
    },
    today,
    isKnownOrigin: (code: number) => code !== 111111,
  }
  const { declaration } = family(1)
  const [only] = declaration.people
  const refused = (change: Partial<Declaration>) => refusalOfDeclaration({ ...declaration, ...change }, terms)
  const withPerson = (change: object) =>
    refused({ people: [{ ...only, ...change } as Declaration['people'][number]] })

  it('for what a post could not understand, and never for what somebody says', () => {
    expect(refused({})).toBeUndefined()
    expect(withPerson({ contactWithCase: true, symptoms: codes })).toBeUndefined()
    expect(refused({ responseId: 'other' })).toEqual({ code: 'UNKNOWN_RESPONSE', path: '/responseId' })
    expect(refused({ rulesVersion: 9 })?.code).toBe('UNKNOWN_RULES_VERSION')
    expect(refused({ conveyance: { kind: 'car' } })?.code).toBe('PLATE_REQUIRED')
    expect(refused({ conveyance: { kind: 'car', plate: '·' } })?.code).toBe('PLATE_REQUIRED')
    expect(refused({ conveyance: { kind: 'car', withoutPlate: true } })).toBeUndefined()
    expect(refused({ conveyance: { kind: 'on-foot' } })).toBeUndefined()
    const ticket = (service: object, kind = 'train') =>
      refused({ conveyance: { kind, service } as Declaration['conveyance'] })
    expect(ticket({ number: 'G6123', departsOn: today })).toBeUndefined()
    expect(ticket({ number: 'G6123', departsOn: '2020-02-12' })?.code).toBe('IMPOSSIBLE_TIME')
    expect(ticket({ number: '-', departsOn: today })?.code).toBe('INVALID_INPUT')
    expect(ticket({ number: 'G6123', departsOn: today }, 'on-foot')?.path).toBe('/conveyance/service')
    const seated = { ...only, seatLabel: '12A' } as Declaration['people'][number]
    expect(refused({ people: [seated] })).toBeUndefined()
    expect(refused({ people: [seated, seated] })).toEqual({
      code: 'SEAT_TAKEN_TWICE',
      path: '/people/1/seatLabel',
    })
    expect(withPerson({ originCode: 111111 })).toEqual({
      code: 'UNKNOWN_ORIGIN',
      path: '/people/0/originCode',
    })
    expect(withPerson({ stays: [{ areaCode: 111111, leftOn: today }] })?.code).toBe('UNKNOWN_AREA')
    expect(withPerson({ stays: [{ areaCode: 420100, leftOn: '2020-02-11' }] })?.code).toBe('IMPOSSIBLE_TIME')
    expect(withPerson({ stays: [{ areaCode: 420100, leftOn: '2020-02-30' }] })?.code).toBe('IMPOSSIBLE_TIME')
    expect(withPerson({ symptoms: ['hiccups'] })?.code).toBe('UNKNOWN_SYMPTOM')
    expect(withPerson({ name: '\ud800' })?.code).toBe('TEXT_NOT_WELL_FORMED')
  })
})

describe('the questions', () => {
  it('follow the response: its window and its symptoms', () => {
    const symptoms = [{ code: 'cough', name: { zh: '咳嗽', en: 'Cough' } }]
    const asked = questionsOf({ exposureWindowDays: 14, symptoms }, today)
    expect(asked.map(({ id }) => id)).toEqual([
      'name',
      'document',
      'phone',
      'origin',
      'stays',
      'contact',
      'symptoms',
    ])
    expect(asked.find(({ id }) => id === 'stays')?.text.en).toContain('2020-01-27')
    expect(asked.at(-1)?.choices).toEqual(symptoms)
    const none = questionsOf({ exposureWindowDays: 21, symptoms: [] }, today)
    expect(none.some(({ id }) => id === 'symptoms')).toBe(false)
    expect(none.find(({ id }) => id === 'contact')?.text.zh).toContain('21')
  })
})
