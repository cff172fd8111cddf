import { documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doubtTexts, problemTexts, readingDoubts, readingProblems } from '#src/identity/reading.ts'
import { mod112CheckOf, mrzCheckOf } from './check-digit.ts'
import { formHints } from './form-hints.ts'
import { readPassportNumber } from './passport-number.ts'
import { readPermanentResidenceNumber } from './permanent-residence.ts'
import { likelyKind, readDocument, recogniseDocument } from './read-document.ts'
import { offerDocumentRepairs } from './repair.ts'

const today = '2024-01-01'

describe('a permanent residence card', () => {
  it.each([
    ['911398199012310021', 'permanent-residence-2023'],
    ['KAZ110090123105', 'permanent-residence'],
  ])('%s is read in both forms', (number, form) => {
    expect(readPermanentResidenceNumber(number, today)).toEqual({
      ok: true,
      value: { form, number, nationality: 'KAZ', bornOn: '1990-12-31' },
      doubts: [],
    })
  })

  it('is refused after every change of one character of the form of 2023, and the original is offered', () => {
    const number = '911398199012310021'
    for (let place = 0; place < 18; place += 1)
      for (const symbol of '0123456789') {
        if (symbol === number[place]) continue
        const typed = number.slice(0, place) + symbol + number.slice(place + 1)
        expect(readPermanentResidenceNumber(typed, today).ok).toBe(false)
        expect(offerDocumentRepairs(typed, today).map((repair) => repair.number)).toContain(number)
      }
  })

  it('keeps its letters when look-alikes are put right', () => {
    expect(offerDocumentRepairs('KAZ11OO9O1231O5', today)[0]?.number).toBe('KAZ110090123105')
  })

  it('of a child is of this century, and an unknown state is doubted', () => {
    const old = (body: string) => body + mrzCheckOf(body)
    expect(readPermanentResidenceNumber(old('GBR44042301010'), today)).toMatchObject({
      value: { bornOn: '2023-01-01' },
    })
    const body = '91199919901231002'
    expect(readPermanentResidenceNumber(body + mod112CheckOf(body), today)).toMatchObject({
      value: { nationality: null },
      doubts: ['unknown-state'],
    })
  })
})

describe('permits', () => {
  it.each([
    ['hk-macao-permit', 'H12345678', 'home-return-permit', 'H12345678', []],
    ['hk-macao-permit', 'M12345678 02', 'home-return-permit', 'M12345678', []],
    ['taiwan-permit', '12345678', 'taiwan-compatriot-permit', '12345678', []],
    ['taiwan-permit', '1234567801(B)', 'taiwan-compatriot-permit', '12345678', ['superseded']],
    ['other', 'CA1234567', 'exit-permit-hk-macao', 'CA1234567', []],
    ['other', 'L12345678', 'exit-permit-taiwan', 'L12345678', []],
    ['other', 'T123456789', 'birth-certificate', 'T123456789', []],
  ] as const)('%s %s is a %s', (kind, number, form, lasting, doubts) => {
    expect(readDocument({ kind, number }, today)).toMatchObject({
      ok: true,
      value: { form, lasting },
      doubts,
    })
  })

  it.each([
    ['hk-macao-permit', '810000199408230021', 'hk-macao-residence'],
    ['taiwan-permit', '830000199201300022', 'taiwan-residence'],
  ] as const)('%s may be the residence permit %s', (kind, number, form) => {
    expect(readDocument({ kind, number }, today)).toMatchObject({ ok: true, value: { form }, doubts: [] })
  })
})

describe('passports', () => {
  it.each([
    ['E12345678', 'CHN', []],
    ['EA1234567', 'CHN', []],
    ['G12345678', 'CHN', ['superseded']],
    ['DE1234567', 'CHN', []],
    ['K12345678', 'HKG', []],
    ['HJ1234567', 'HKG', []],
    ['MA1234567', 'MAC', []],
    ['L898902C3', null, []],
  ])('%s is of %s', (number, issuer, doubts) => {
    expect(readPassportNumber(number)).toEqual({
      ok: true,
      value: { form: 'passport', number, issuer },
      doubts,
    })
  })

  it.each(['ABCDEFGH', '123', 'E1234567890', 'E1234-?'])('%s is none', (number) => {
    expect(readPassportNumber(number)).toEqual({ ok: false, problem: 'form' })
  })
})

describe('a document', () => {
  it.each(documentKinds)('of kind %s without a number is as good as any', (kind) => {
    expect(readDocument({ kind }, today)).toEqual({
      ok: true,
      value: { form: 'none', number: '' },
      doubts: [],
    })
  })

  it('of another kind than said is told so', () => {
    expect(readDocument({ kind: 'resident-id', number: '830000199201300022' }, today)).toMatchObject({
      ok: true,
      value: { form: 'taiwan-residence' },
      doubts: ['other-kind'],
    })
  })

  it('whose check digit is wrong is told that, not that it is another', () => {
    expect(readDocument({ kind: 'resident-id', number: '110105194912310021' }, today)).toEqual({
      ok: false,
      problem: 'check-digit',
    })
  })

  it.each([
    ['hk-macao-permit', 'H1234567'],
    ['hk-macao-permit', 'M123456789'],
    ['hk-macao-permit', 'A123456(7)'],
    ['taiwan-permit', 'A123456789'],
    ['taiwan-permit', '1234567'],
    ['taiwan-permit', '123456789'],
    ['resident-id', '4404021990010112'],
  ] as const)('of kind %s that lacks something is told so, not taken for a passport: %s', (kind, number) => {
    expect(readDocument({ kind, number }, today)).toEqual({ ok: false, problem: 'form' })
  })

  it.each([
    ['resident-id', 'E12345678', 'passport'],
    ['resident-id', 'L898902C3', 'passport'],
    ['hk-macao-permit', 'E12345678', 'passport'],
    ['hk-macao-permit', '12345678', 'taiwan-compatriot-permit'],
    ['taiwan-permit', 'H12345678', 'home-return-permit'],
    ['hk-macao-permit', 'C12345678', 'exit-permit-hk-macao'],
  ] as const)('of kind %s with the number %s is likely a %s', (kind, number, form) => {
    expect(readDocument({ kind, number }, today)).toMatchObject({
      ok: true,
      value: { form },
      doubts: expect.arrayContaining(['other-kind']) as unknown,
    })
  })

  it.each([
    ['44040219900101123', 'resident-id'],
    ['440402199001O11231', 'resident-id'],
    ['810000199408230022', 'hk-macao-permit'],
    ['830000199201300021', 'taiwan-permit'],
    ['911398199012310022', 'other'],
    ['H1234567', 'hk-macao-permit'],
    ['C01X00T47', undefined],
    ['123456', undefined],
  ] as const)('whose number %s is wrong was likely meant for %s', (number, kind) => {
    expect(likelyKind(number)).toBe(kind)
  })

  it('whose rules nobody knows is taken as it is', () => {
    expect(readDocument({ kind: 'other', number: '海员证 1234567890' }, today)).toEqual({
      ok: true,
      value: { form: 'unknown', number: '海员证1234567890' },
      doubts: [],
    })
  })

  it('may fit several kinds', () => {
    expect(recogniseDocument('H12345678', today).map(({ kind }) => kind)).toEqual([
      'hk-macao-permit',
      'passport',
    ])
  })

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...documentKinds), fc.string({ unit: 'binary' }), (kind, number) => {
        readDocument({ kind, number }, today)
      }),
    )
  })
})

describe('check digits', () => {
  it.each([
    ['520727', '3'],
    ['AB2134<<<', '5'],
    ['HA672242<658022549601086<<<<<<<<<<<<<<0', '8'],
    ['D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<', '2'],
  ])('of the examples of ICAO 9303-3: %s is %s', (field, check) => {
    expect(mrzCheckOf(field)).toBe(check)
  })

  it('of anything but 17 digits are a mistake of the program', () => {
    expect(() => mod112CheckOf('1')).toThrow(RangeError)
  })
})

describe('words for problems and doubts', () => {
  it('are there in both languages', () => {
    for (const problem of readingProblems)
      expect([problemTexts[problem].zh, problemTexts[problem].en].every((text) => text.length > 2)).toBe(true)
    for (const hint of Object.values(formHints))
      expect([hint.zh, hint.en].every((text) => text.length > 2)).toBe(true)
    for (const doubt of readingDoubts)
      expect([doubtTexts[doubt].zh, doubtTexts[doubt].en].every((text) => text.length > 2)).toBe(true)
  })
})
