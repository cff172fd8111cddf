import { isKnownDivisionPrefix } from '@guankou/geodata/identity-numbers/division-prefix.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mod112CheckOf } from './check-digit.ts'
import { readCitizenNumber } from './citizen-number.ts'
import { recogniseDocument } from './read-document.ts'
import { offerDocumentRepairs } from './repair.ts'
import { unmistakableKind } from './unmistakable-kind.ts'

const today = '2020-01-23'

/** Current, abolished and permit divisions. */
const division = fc.constantFrom(
  '440402',
  '110105',
  '442725',
  '512223',
  '429004',
  '810000',
  '820000',
  '830000',
)
const birth = fc
  .date({ min: new Date('1901-01-01'), max: new Date('2020-01-23'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''))
const order = fc.stringMatching(/^\d{3}$/)
const valid = fc
  .tuple(division, birth, order)
  .map((parts) => parts.join(''))
  .map((body) => body + mod112CheckOf(body))

const at = fc.integer({ min: 0, max: 17 })

describe('a citizen number', () => {
  it('that is valid is accepted without doubt, however it is written', () => {
    fc.assert(
      fc.property(valid, fc.constantFrom('', ' ', '-', '　'), at, (number, mark, place) => {
        const typed = `${number.slice(0, place)}${mark}${number.slice(place)}`.toLowerCase()
        const reading = readCitizenNumber(typed, today)
        expect(reading).toMatchObject({ ok: true, doubts: [], value: { number, number18: number } })
      }),
    )
  })

  it('tells its kind by itself, as the rules of all kinds do, and none once a character is wrong', () => {
    fc.assert(
      fc.property(valid, at, (number, place) => {
        expect(unmistakableKind(number)).toBe(recogniseDocument(number, today)[0]?.kind)
        const wrong = number.slice(0, place) + (number[place] === '1' ? '2' : '1') + number.slice(place + 1)
        expect(unmistakableKind(wrong)).toBeUndefined()
      }),
    )
  })

  it('is refused after every change of one character', () => {
    fc.assert(
      fc.property(valid, (number) => {
        for (let place = 0; place < 18; place += 1)
          for (const symbol of '0123456789X') {
            if (symbol === number[place]) continue
            const changed = number.slice(0, place) + symbol + number.slice(place + 1)
            expect(readCitizenNumber(changed, today).ok, changed).toBe(false)
          }
      }),
      { numRuns: 60 },
    )
  })

  it('is refused after every swap of neighbours that differ', () => {
    fc.assert(
      fc.property(valid, fc.integer({ min: 0, max: 16 }), (number, place) => {
        fc.pre(number[place] !== number[place + 1])
        const swapped = `${number.slice(0, place)}${number[place + 1]}${number[place]}${number.slice(place + 2)}`
        expect(readCitizenNumber(swapped, today).ok).toBe(false)
      }),
    )
  })

  it('never hands out the division it begins with', () => {
    fc.assert(
      fc.property(valid, (number) => {
        const reading = readCitizenNumber(number, today)
        expect(Object.keys(reading.ok ? reading.value : {})).toEqual(['form', 'number', 'number18', 'bornOn'])
      }),
    )
  })

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9X]{14,19}$/)), (text) => {
        readCitizenNumber(text, today)
        offerDocumentRepairs(text, today)
      }),
    )
  })
})

describe('repairs of a citizen number', () => {
  const originalIn = (typed: string, number: string) => {
    const offered = offerDocumentRepairs(typed, today)
    expect(offered.map((repair) => repair.number)).toContain(number)
    for (const repair of offered)
      expect(readCitizenNumber(repair.number, today).ok).toBe(repair.number[0] !== '9')
  }

  it('contain the original after one wrong character, also one that is no digit', () => {
    fc.assert(
      fc.property(valid, at, fc.constantFrom(...'0123456789XAOIK'), (number, place, symbol) => {
        fc.pre(symbol !== number[place])
        originalIn(number.slice(0, place) + symbol + number.slice(place + 1), number)
      }),
    )
  })

  it('contain the original after a swap', () => {
    fc.assert(
      fc.property(valid, fc.integer({ min: 0, max: 16 }), (number, place) => {
        fc.pre(number[place] !== number[place + 1])
        originalIn(
          `${number.slice(0, place)}${number[place + 1]}${number[place]}${number.slice(place + 2)}`,
          number,
        )
      }),
    )
  })

  it('begin with the original where letters only look like its digits', () => {
    fc.assert(
      fc.property(valid, (number) => {
        const typed = number.replaceAll('0', 'O').replaceAll('1', 'I')
        fc.pre(typed !== number)
        const [first] = offerDocumentRepairs(typed, today)
        expect(first).toMatchObject({ number, way: 'look-alike' })
      }),
    )
  })

  it('are none for a number that fits, and have no doubtful one before one without doubt', () => {
    fc.assert(
      fc.property(valid, at, (number, place) => {
        expect(offerDocumentRepairs(number, today)).toEqual([])
        const wrong = `${number.slice(0, place)}${(Number(number[place]) + 1 || 0) % 10}${number.slice(place + 1)}`
        const doubts = offerDocumentRepairs(wrong, today).map((repair) => repair.doubts.length)
        expect(doubts).toEqual(doubts.toSorted((one, other) => one - other))
      }),
    )
  })
})

describe('examples', () => {
  it.each(['11010519491231002X', '440524188001010014'])('of GB 11643 are read: %s', (number) => {
    expect(readCitizenNumber(number, '1999-10-01').ok).toBe(true)
  })

  it.each([
    ['810000199408230021', 'hk-macao-residence'],
    ['830000199201300022', 'taiwan-residence'],
  ])('of the specimen of a residence permit: %s', (number, form) => {
    expect(readCitizenNumber(number, today)).toMatchObject({ ok: true, doubts: [], value: { form } })
  })

  it('of the first generation', () => {
    expect(readCitizenNumber('110105491231002', today)).toMatchObject({
      ok: true,
      value: { form: 'resident-id-15', number18: '11010519491231002X', bornOn: '1949-12-31' },
      doubts: ['superseded'],
    })
    expect(readCitizenNumber('110105991231998', today)).toMatchObject({ value: { bornOn: '1899-12-31' } })
  })

  it('of a child born today, of somebody born tomorrow, and of somebody over 120', () => {
    const numberOf = (day: string) => `440402${day}001${mod112CheckOf(`440402${day}001`)}`
    expect(readCitizenNumber(numberOf('20200123'), today)).toMatchObject({ ok: true, doubts: [] })
    expect(readCitizenNumber(numberOf('20200124'), today)).toEqual({ ok: false, problem: 'not-born-yet' })
    expect(readCitizenNumber(numberOf('20190229'), today)).toEqual({ ok: false, problem: 'no-such-day' })
    expect(readCitizenNumber(numberOf('19000123'), today)).toMatchObject({ ok: true, doubts: [] })
    expect(readCitizenNumber(numberOf('19000122'), today)).toMatchObject({ ok: true, doubts: ['very-old'] })
  })

  it('with an unknown division is doubted and not refused', () => {
    expect(isKnownDivisionPrefix('440498')).toBe(false)
    const body = '44049819900101123'
    expect(readCitizenNumber(body + mod112CheckOf(body), today)).toMatchObject({
      ok: true,
      doubts: ['unknown-division'],
    })
  })

  it.each([
    ['', 'empty'],
    ['1234', 'form'],
    ['11010519491231002Y', 'form'],
    ['110105194912310021', 'check-digit'],
  ])('that are none: %j is %s', (typed, problem) => {
    expect(readCitizenNumber(typed, today)).toEqual({ ok: false, problem })
  })
})
