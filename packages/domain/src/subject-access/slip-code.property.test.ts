import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatSlipCode, readSlipCode, slipCodeOf, slipDays } from '#src/subject-access/slip-code.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const msPerDay = 86_400_000

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((all) => all.join(''))
const uuid = fc
  .tuple(fc.integer({ min: 0, max: Date.UTC(2100, 0) }), hex(3), hex(3), hex(12))
  .map(([ms, a, b, c]) => {
    const time = ms.toString(16).padStart(12, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a}-8${b}-${c}`
  })
const seat = fc.integer({ min: 1, max: 100 })
const made = fc.tuple(uuid, seat).map(([id, at]) => ({ id, at, code: slipCodeOf(id, at) }))

describe('slip codes', () => {
  it('carry the random bits, the day and the seat, whatever is done to their look', () => {
    const look = fc.constantFrom<(code: string) => string>(
      (code) => code,
      formatSlipCode,
      (code) => code.toLowerCase(),
      (code) => ` ${formatSlipCode(code).replaceAll('-', ' ')} `,
      (code) => code.replaceAll('0', 'o').replaceAll('1', 'l'),
      (code) => code.replace(/[A-Z0-9]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    )
    fc.assert(
      fc.property(made, look, ({ id, at, code }, changed) => {
        const read = readSlipCode(changed(code))
        expect(read).toMatchObject({ randomBits: id.slice(-10), seat: at })
      }),
    )
  })

  it('have twelve characters and are another for another seat', () => {
    fc.assert(
      fc.property(uuid, seat, seat, (id, a, b) => {
        expect(slipCodeOf(id, a)).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/)
        expect(slipCodeOf(id, a) === slipCodeOf(id, b)).toBe(a === b)
      }),
    )
  })

  it('notice one wrong character anywhere', () => {
    const index = fc.integer({ min: 0, max: 11 })
    fc.assert(
      fc.property(made, index, fc.constantFrom(...alphabet), ({ code }, place, letter) => {
        fc.pre(code[place] !== letter)
        expect(readSlipCode(code.slice(0, place) + letter + code.slice(place + 1))).toBeUndefined()
      }),
    )
  })

  it('notice any two characters exchanged', () => {
    const index = fc.integer({ min: 0, max: 11 })
    fc.assert(
      fc.property(made, index, index, ({ code }, a, b) => {
        fc.pre(code[a] !== code[b])
        const letters = [...code]
        ;[letters[a], letters[b]] = [letters[b] ?? '', letters[a] ?? '']
        expect(readSlipCode(letters.join(''))).toBeUndefined()
      }),
    )
  })

  it('notice a character lost, doubled or from elsewhere, and read nothing into any text', () => {
    fc.assert(
      fc.property(made, ({ code }) => {
        expect(readSlipCode(code.slice(1))).toBeUndefined()
        expect(readSlipCode(code + code.slice(-1))).toBeUndefined()
        expect(readSlipCode(`U${code.slice(1)}`)).toBeUndefined()
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const read = readSlipCode(text)
        expect(read === undefined || (read.seat >= 1 && read.dayRemainder < 256)).toBe(true)
      }),
    )
  })

  it('lead to the day of the screening among the days they can be of, newest first', () => {
    const later = fc.integer({ min: -1, max: 900 })
    fc.assert(
      fc.property(made, later, ({ id, code }, days) => {
        const madeMs = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
        const read = readSlipCode(code)
        if (read === undefined) throw new Error('not read')
        const found = slipDays(read, madeMs + days * msPerDay, 1_000)
        expect(found).toContain(new Date(madeMs).toISOString().slice(0, 10))
        expect(found).toEqual(found.toSorted().reverse())
      }),
    )
  })

  it.each([0, 128, 1.5, -1])('are of seats, and %d is none', (wrong) => {
    expect(() => slipCodeOf('017f22e2-79b0-7cc3-98c4-dc0c0c07398f', wrong)).toThrow(RangeError)
  })
})
