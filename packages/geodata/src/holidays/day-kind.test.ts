import { describe, expect, it } from 'vitest'
import { chinaMakeUpWorkdays2020 } from '#src/holidays/china-2020.ts'
import { dayKind, findHoliday } from '#src/holidays/day-kind.ts'

const daysOf2020 = Array.from({ length: 366 }, (_, day) =>
  new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10),
)

describe('dayKind', () => {
  it.each([
    ['2020-01-01', 'holiday'],
    ['2020-01-19', 'make_up_workday'],
    ['2020-01-23', 'workday'],
    ['2020-01-24', 'holiday'],
    ['2020-01-31', 'holiday'],
    ['2020-02-01', 'holiday'],
    ['2020-02-02', 'holiday'],
    ['2020-02-03', 'workday'],
    ['2020-02-08', 'weekend'],
    ['2020-05-09', 'make_up_workday'],
    ['2020-10-08', 'holiday'],
    ['2020-12-31', 'workday'],
  ])('says %s was a %s in China', (date, kind) => {
    expect(dayKind(date, 'CN')).toBe(kind)
  })

  it('counts 31 days off by the two notices and six make-up working days, each on a weekend', () => {
    const kinds = daysOf2020.map((date) => dayKind(date, 'CN'))
    const countOf = (kind: string) => kinds.filter((each) => each === kind).length
    expect(countOf('holiday')).toBe(1 + 10 + 3 + 5 + 3 + 8)
    expect(countOf('make_up_workday')).toBe(6)
    expect(countOf('unknown')).toBe(0)
    for (const date of chinaMakeUpWorkdays2020)
      expect([0, 6]).toContain(new Date(`${date}T00:00:00Z`).getUTCDay())
  })

  it.each([
    ['2019-12-31', 'CN'],
    ['2021-01-01', 'CN'],
    ['2020-01-25', 'HK'],
    ['2020-01-25', 'cn'],
    ['2020-02-30', 'CN'],
    ['2020-2-3', 'CN'],
    ['', 'CN'],
  ])('says it does not know %j in %s', (date, country) => {
    expect(dayKind(date, country)).toBe('unknown')
  })
})

describe('findHoliday', () => {
  it('names the holiday of a day', () => {
    expect(findHoliday('2020-02-02', 'CN')?.nameEn).toBe('Spring Festival')
    expect(findHoliday('2020-02-03', 'CN')).toBeUndefined()
    expect(findHoliday('2020-02-02', 'MO')).toBeUndefined()
  })
})
