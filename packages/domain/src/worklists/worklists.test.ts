import { describe, expect, it } from 'vitest'
import { standingOf, usualLadder, withinHours } from './follow-up.ts'
import { findHeader, findHeadings, guessColumns, ordersIn } from './guess-columns.ts'
import { readDate } from './read-date.ts'
import { type ConfirmedColumn, readRow } from './read-row.ts'

const today = '2020-02-10'
const dayOf = (text: string, order: Parameters<typeof readDate>[1]['order'] = null) =>
  readDate(text, { today, order })

describe('a date as clerks write it', () => {
  it.each([
    ['2020-1-5', '2020-01-05'],
    ['2020/01/05', '2020-01-05'],
    ['2020.1.5', '2020-01-05'],
    ['20200105', '2020-01-05'],
    ['1月5日', '2020-01-05'],
    ['1.5', '2020-01-05'],
    ['12/30', '2019-12-30'],
    ['43835', '2020-01-05'],
    ['43835.75', '2020-01-05'],
    ['2020年1月5日', '2020-01-05'],
    ['20年1月5日', '2020-01-05'],
    ['２０２０－０１－０５', '2020-01-05'],
    ['2020-01-05 14:30:00', '2020-01-05'],
    ['2020-01-05T14:30:00Z', '2020-01-05'],
    ['2020年1月5日 下午3点', '2020-01-05'],
    ['25/1/2020', '2020-01-25'],
    ['5 Jan 2020', '2020-01-05'],
    ['Jan 5, 2020', '2020-01-05'],
    ['05-Jan-20', '2020-01-05'],
    ['5/5/2020', '2020-05-05'],
    ['二〇二〇年一月五日', '2020-01-05'],
    ['二零一九年十二月三十一日', '2019-12-31'],
    ['十一月二十日', '2019-11-20'],
    ['2020-01-05（周日）', '2020-01-05'],
    ['1.30', '2020-01-30'],
    ['1.4', '2020-01-04'],
    ['2月12日', '2020-02-12'],
    ['11月12日', '2019-11-12'],
  ])('%s is %s', (text, day) => {
    expect(dayOf(text)).toEqual({ is: 'day', day })
  })

  it('is told where a spreadsheet may have dropped a zero', () => {
    expect(dayOf('1.1')).toEqual({ is: 'zero-lost', days: ['2020-01-01', '2020-01-10'] })
    expect(dayOf('2.3')).toEqual({ is: 'day', day: '2020-02-03' })
  })

  it('is asked about in the orders alone that no other date of the column rules out', () => {
    expect(ordersIn(['5/1/2020', '25/1/2020'], today)).toEqual(['day-first'])
    expect(ordersIn(['5/1/2020', '25/1/2020', '1/25/2020'], today)).toEqual(['day-first', 'month-first'])
  })

  it('is asked about where it could be two days, and read as asked', () => {
    expect(dayOf('5/1/2020')).toEqual({ is: 'ambiguous', orders: ['day-first', 'month-first'] })
    expect(dayOf('5/1/2020', 'day-first')).toEqual({ is: 'day', day: '2020-01-05' })
    expect(dayOf('5/1/2020', 'month-first')).toEqual({ is: 'day', day: '2020-05-01' })
    expect(dayOf('20-1-05')).toMatchObject({ is: 'ambiguous' })
    expect(dayOf('20-1-5')).toEqual({ is: 'day', day: '2020-01-05' })
  })

  it.each(['2020-02-30', '昨天', '13月1日', '0', '99999999', '2019年2月29日'])('is none: %s', (text) => {
    expect(dayOf(text).is).toBe('unreadable')
  })
})

const columns = (...fields: readonly ConfirmedColumn['field'][]): ConfirmedColumn[] =>
  fields.map((field) => ({ field, order: null }))

describe('a row of a list', () => {
  const context = {
    kind: 'hotel-guests',
    columns: columns('name', 'phone', 'document', 'arrived-on'),
    today,
    countsFrom1904: false,
  } as const

  it('is taken in stored form', () => {
    expect(readRow(['张三', '138 1234 5678', '1101051949 1231002x', '1月25日'], context)).toEqual({
      is: 'row',
      content: {
        name: '张三',
        phone: '13812345678',
        document: '11010519491231002X',
        documentKind: 'resident-id',
        'arrived-on': '2020-01-25',
      },
    })
  })

  it('says what cannot be used, and offers what may have been meant without using it', () => {
    const reading = readRow(['', '1381234567', '11010519491231001X', '5/1/2020'], context)
    expect(reading).toMatchObject({
      is: 'rejected',
      problems: [
        { field: 'phone', why: 'phone-form' },
        { field: 'document', why: 'document-check' },
        { field: 'arrived-on', why: 'date-ambiguous' },
        { field: 'name', why: 'missing' },
      ],
    })
    if (reading.is === 'rejected') expect(reading.problems[1]?.offers).toContain('11010519491231002X')
  })

  it.each(['4.40402199001011E+17', '440402199001011000'])(
    'knows digits that a spreadsheet lost: %s',
    (number) => {
      expect(readRow(['张三', '13812345678', number, ''], context)).toMatchObject({
        problems: [{ field: 'document', why: 'digits-lost' }],
      })
    },
  )

  it('does not take a rounded number for one that happens to fit its check digit', () => {
    for (const sequence of '0123456789') {
      const number = `11010519900101${sequence}000`
      expect(readRow(['张三', '13812345678', number, ''], context)).toMatchObject({
        problems: [{ field: 'document', why: 'digits-lost' }],
      })
    }
  })

  it.each([
    ['#REF!', 'cell-error'],
    ['#N/A', 'cell-error'],
    ['=VLOOKUP(A1)', 'cell-error'],
    ['张\ufffd', 'garbled'],
    ['"张三', 'quote-open'],
  ])('is handed back for a cell that was damaged: %s', (name, why) => {
    expect(readRow([name, '13812345678', '', ''], context)).toMatchObject({
      problems: [{ field: 'name', why }],
    })
  })

  it('is read without the apostrophe that makes a text of a number', () => {
    expect(readRow(['‘张三', "'13812345678", "'11010519491231002x", '１．２５'], context)).toMatchObject({
      content: {
        name: '张三',
        phone: '13812345678',
        document: '11010519491231002X',
        'arrived-on': '2020-01-25',
      },
    })
    expect(readRow(['张三', '1.38E+10', '', ''], context)).toMatchObject({
      problems: [{ field: 'phone', why: 'phone-rounded' }],
    })
  })

  it('that is blank is none', () => {
    expect(readRow(['', ' '], context)).toEqual({ is: 'empty' })
  })
})

describe('columns', () => {
  it('are guessed from headings below a title, and from values where headings say nothing', () => {
    const rows = [
      ['某酒店住客名单'],
      ['报送：前台', '', '2020年2月'],
      ['姓名', '联系电话', '证件号码', '入住日期', '列5'],
      ['张三', '13812345678', '11010519491231002X', '5/1/2020', '粤C12345'],
      ['李四', '13812345679', '', '3/2/2020', '粤C12346'],
    ]
    expect(findHeader(rows)).toBe(2)
    expect(guessColumns(rows[2], rows.slice(3), today)).toEqual([
      { field: 'name', because: 'header', orders: [] },
      { field: 'phone', because: 'header', orders: [] },
      { field: 'document', because: 'header', orders: [] },
      { field: 'arrived-on', because: 'header', orders: ['day-first', 'month-first'] },
      { field: 'plate', because: 'values', orders: [] },
    ])
  })
})

describe('headings in two rows', () => {
  it('are put together where cells were merged', () => {
    const rows = [
      ['序号', '姓名', '联系电话', '日期', ''],
      ['', '', '', '入住', '离店'],
      ['1', '张三', '13812345678', '2020-1-5', '2020-1-6'],
    ]
    const headings = findHeadings(rows)
    expect(headings).toEqual({ last: 1, headers: ['序号', '姓名', '联系电话', '日期 入住', '离店'] })
    expect(guessColumns(headings?.headers, rows.slice(2), today).map(({ field }) => field)).toEqual([
      null,
      'name',
      'phone',
      'arrived-on',
      'left-on',
    ])
  })

  it('take what stands above a gap, and are not taken for rows', () => {
    const above = [
      ['姓名', '旅客信息', '', '地址'],
      ['', '手机', '证件号码', ''],
      ['张三', '13812345678', '', '吉大'],
    ]
    expect(findHeadings(above)?.headers).toEqual(['姓名', '手机', '证件号码', '地址'])
    const plain = [
      ['姓名', '电话', '地址'],
      ['张三', '', '某小区姓名牌'],
    ]
    expect(findHeadings(plain)).toEqual({ last: 0, headers: ['姓名', '电话', '地址'] })
  })
})

describe('the next attempt', () => {
  const zone = 'Asia/Shanghai'
  const at = (local: string) => Date.parse(`${local}+08:00`)
  const call = (outcome: 'no-answer' | 'refused' | 'reached-healthy', local: string) => ({
    outcome,
    atMs: at(local),
    callAtMs: null,
  })

  it('climbs the ladder, keeps calling hours, and ends in a visit', () => {
    const calls = [
      call('no-answer', '2020-02-10T10:00:00'),
      call('no-answer', '2020-02-10T11:10:00'),
      call('no-answer', '2020-02-10T20:00:00'),
      call('no-answer', '2020-02-11T20:10:00'),
    ]
    const next = (count: number) => standingOf(calls.slice(0, count), zone).nextAtMs
    expect(next(1)).toBe(at('2020-02-10T11:00:00'))
    expect(next(2)).toBe(at('2020-02-10T16:10:00'))
    expect(next(3)).toBe(at('2020-02-11T20:00:00'))
    expect(standingOf(calls, zone)).toMatchObject({ state: 'to-visit', nextAtMs: null, attempts: 4 })
  })

  it('waits for the morning, over midnight and in any zone', () => {
    expect(standingOf([call('refused', '2020-02-10T19:30:00')], zone).nextAtMs).toBe(
      at('2020-02-11T08:00:00'),
    )
    expect(withinHours(usualLadder, zone, at('2020-02-10T03:00:00'))).toBe(at('2020-02-10T08:00:00'))
    // Clocks went forward in that night.
    expect(withinHours(usualLadder, 'Europe/Berlin', Date.parse('2020-03-28T21:00:00Z'))).toBe(
      Date.parse('2020-03-29T06:00:00Z'),
    )
  })

  it('closes where somebody was reached, and opens again where that is taken back', () => {
    expect(standingOf([call('reached-healthy', '2020-02-10T10:00:00')], zone).state).toBe('closed')
    expect(standingOf([], zone)).toMatchObject({ state: 'open', attempts: 0 })
  })
})
