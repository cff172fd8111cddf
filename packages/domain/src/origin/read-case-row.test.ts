import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCaseRow } from './read-case-row.ts'

const good = { date: '2020-02-01', origin_code: '420100', confirmed_cum: '4109', published_on: '2020-02-02' }
const today = '2020-02-10'

describe('readCaseRow', () => {
  it('takes a row with its four columns, whatever else is there', () => {
    expect(readCaseRow({ ...good, note: 'x' }, today)).toEqual({
      ok: true,
      value: { originCode: 420100, day: '2020-02-01', publishedOn: '2020-02-02', confirmedTotal: 4109 },
    })
  })

  it.each([
    ['origin_code', '420000'],
    ['origin_code', '422100'],
    ['origin_code', 'Wuhan'],
    ['date', '2020-2-1'],
    ['date', '2020-02-30'],
    ['date', '2020-02-11'],
    ['published_on', '2020-01-31'],
    ['published_on', '2020-02-11'],
    ['published_on', ''],
    ['confirmed_cum', '-1'],
    ['confirmed_cum', '3.5'],
    ['confirmed_cum', '99999999999'],
    ['confirmed_cum', '2147483648'],
  ])('says what is wrong with %s “%s”', (column, text) => {
    const read = readCaseRow({ ...good, [column]: text }, today)
    expect(read).toMatchObject({ ok: false, error: { column } })
  })

  it('never throws, whatever stands in the cells', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(good)), fc.string({ unit: 'binary' })),
        (cells) => {
          expect(typeof readCaseRow(cells, today).ok).toBe('boolean')
        },
      ),
    )
  })
})
