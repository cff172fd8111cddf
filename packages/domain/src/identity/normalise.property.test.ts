import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseDocumentNumber, normalisePhone, withNormalIdentity } from './normalise.ts'

const separators = fc.constantFrom('', ' ', '-', '  ', '　')

describe('the normal form', () => {
  it('of a document number forgets case, width and what people write between', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{17}[0-9X]$/),
        fc.array(separators, { minLength: 18, maxLength: 18 }),
        (number, between) => {
          const written = [...number.toLowerCase()].map((letter, index) => letter + (between[index] ?? ''))
          expect(normaliseDocumentNumber(written.join(''))).toBe(number)
        },
      ),
    )
    expect(normaliseDocumentNumber('Ｅ１２３４５６７８')).toBe('E12345678')
  })

  it.each([
    ['138 1234 5678', '13812345678'],
    ['+86 138-1234-5678', '13812345678'],
    ['008613812345678', '13812345678'],
    ['(0756) 212 3456', '07562123456'],
    ['+86 756 2123456', '+867562123456'],
    ['00853 6612 3456', '+85366123456'],
  ])('of the phone %s is %s', (phone, normal) => {
    expect(normalisePhone(phone)).toBe(normal)
  })

  it('is its own normal form', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const number = normaliseDocumentNumber(text)
        expect(normaliseDocumentNumber(number)).toBe(number)
        const phone = normalisePhone(text)
        expect(normalisePhone(phone)).toBe(phone)
      }),
    )
  })

  it('never leaves a field empty that held something', () => {
    const traveller = {
      seat: 1,
      document: { kind: 'other', number: '()' },
      phone: '( )',
      origin: { code: 442000, evidence: 'declared' },
      exposures: [],
      contactWithCase: false,
      readings: [],
      symptoms: [],
    } as const
    const { document, phone } = withNormalIdentity({
      ...traveller,
      exposures: [],
      readings: [],
      symptoms: [],
    })
    expect([document.number, phone]).toEqual(['()', '( )'])
  })
})
