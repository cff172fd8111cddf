import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalisePhone } from '#src/identity/normalise.ts'
import { countryCodeOf } from './country-codes.ts'
import { offerCountryCodes, offerPhoneRepair, readPhone } from './read-phone.ts'

const mobile = fc.stringMatching(/^1[3-9]\d{9}$/)

describe('a phone number', () => {
  it('of a mainland mobile is accepted, however it is written, and stored as before', () => {
    const begin = fc.constantFrom('', '+86', '0086', '+86 ')
    fc.assert(
      fc.property(mobile, begin, fc.constantFrom('', ' ', '-'), (number, prefix, mark) => {
        const typed = `${prefix}${number.slice(0, 3)}${mark}${number.slice(3, 7)}${mark}${number.slice(7)}`
        const value = {
          form: 'mainland-mobile',
          phone: number,
          international: `+86${number}`,
          isMobile: true,
        }
        expect(readPhone(typed)).toEqual({ ok: true, value, doubts: [] })
        expect(normalisePhone(typed)).toBe(number)
      }),
    )
  })

  it('of a mainland mobile is refused where a digit is missing or too many', () => {
    fc.assert(
      fc.property(mobile, fc.integer({ min: 1, max: 10 }), (number, at) => {
        expect(readPhone(number.slice(0, at) + number.slice(at + 1)).ok).toBe(false)
        expect(readPhone(`${number.slice(0, at)}7${number.slice(at)}`).ok).toBe(false)
      }),
    )
  })

  it.each([
    ['0756 212 3456', 'mainland-fixed', '+867562123456', false],
    ['(010) 6512 3456', 'mainland-fixed', '+861065123456', false],
    ['+86 756 212 3456', 'mainland-fixed', '+867562123456', false],
    ['+852 9123 4567', 'hong-kong', '+85291234567', true],
    ['+852 2123 4567', 'hong-kong', '+85221234567', false],
    ['00853 6612 3456', 'macao', '+85366123456', true],
    ['+853 2882 3456', 'macao', '+85328823456', false],
    ['+886 0912 345 678', 'taiwan', '+886912345678', true],
    ['+886 2 2345 6789', 'taiwan', '+886223456789', false],
    ['+44 20 7946 0958', 'elsewhere', '+442079460958', null],
    ['+1 202 555 0143', 'elsewhere', '+12025550143', null],
  ])('%s is of %s', (typed, form, international, isMobile) => {
    expect(readPhone(typed)).toMatchObject({ ok: true, value: { form, international, isMobile }, doubts: [] })
  })

  it.each([
    ['', 'empty'],
    ['110', 'form'],
    ['12345', 'form'],
    ['12812345678', 'form'],
    ['+853 1234 5678', 'form'],
    ['+1234', 'form'],
    ['+1234567890123456', 'form'],
    ['66123456', 'country-code-missing'],
    ['0912 345 678', 'country-code-missing'],
  ])('%j is none: %s', (typed, problem) => {
    expect(readPhone(typed)).toEqual({ ok: false, problem })
  })

  it('of no country or of an area in no service is doubted', () => {
    expect(readPhone('+999 1234567')).toMatchObject({ ok: true, doubts: ['unknown-state'] })
    expect(readPhone('+86 26 1234 5678')).toMatchObject({ ok: true, doubts: ['unknown-area'] })
  })

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\+?\d{0,17}$/)), (text) => {
        readPhone(text)
        offerCountryCodes(text)
        offerPhoneRepair(text)
      }),
    )
  })
})

describe('what is offered for a phone number', () => {
  it('names the regions a local number could be of', () => {
    expect(offerCountryCodes('66123456').map(({ form }) => form)).toEqual(['hong-kong', 'macao'])
    expect(offerCountryCodes('91234567').map(({ form }) => form)).toEqual(['hong-kong'])
    expect(offerCountryCodes('0912345678').map(({ phone }) => phone)).toEqual(['+886912345678'])
    expect(offerCountryCodes('13812345678')).toEqual([])
  })

  it('is the original where letters stand for digits, and nothing where none do', () => {
    fc.assert(
      fc.property(mobile, (number) => {
        const typed = number.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('8', 'B')
        expect(offerPhoneRepair(typed)?.phone).toBe(number)
        expect(offerPhoneRepair(number)).toBeUndefined()
      }),
    )
  })
})

describe('country codes', () => {
  it('are none the beginning of another', () => {
    const codes = Array.from({ length: 999 }, (_, at) => String(at + 1)).filter(
      (text) => countryCodeOf(text) === text,
    )
    expect(codes.length).toBeGreaterThan(200)
    for (const code of codes) expect(countryCodeOf(`${code}1234567`)).toBe(code)
    expect(['210', '259', '999'].map(countryCodeOf)).toEqual([undefined, undefined, undefined])
  })
})
