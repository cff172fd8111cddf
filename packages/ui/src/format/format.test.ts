import { describe, expect, it } from 'vitest'
import { formatChange, formatQuantity, formatShare } from '#src/format/quantity.ts'
import {
  addDays,
  civilDateOf,
  formatAgo,
  formatClockMinute,
  formatDay,
  formatInstant,
  slotClock,
} from '#src/format/time.ts'

describe('quantities', () => {
  it('carry their unit in the form the number asks for', () => {
    expect(formatQuantity('en', 1, 'person')).toBe('1 person')
    expect(formatQuantity('en', 0, 'person')).toBe('0 people')
    expect(formatQuantity('zh', 41_377, 'person')).toBe('41,377 人')
    expect(formatQuantity('en', 2.271, 'person-per-vehicle', 2)).toBe('2.27 people per vehicle')
  })

  it('show a change with its sign, and none where it rounds to nothing', () => {
    expect(formatChange('en', 0.0614)).toBe('+6.1 %')
    expect(formatChange('zh', -0.92)).toBe('−92.0 %')
    expect(formatChange('en', -0.0001)).toBe('0.0 %')
    expect(formatShare('en', 0.37, 0)).toBe('37 %')
  })
})

describe('times', () => {
  it('are read in the zone of the area', () => {
    expect(civilDateOf('2020-01-23T16:30:00.000Z', 'Asia/Shanghai')).toBe('2020-01-24')
    expect(formatClockMinute('2020-01-23T16:05:00.000Z', 'Asia/Shanghai')).toBe('00:05')
    expect(formatInstant('2020-01-23T06:32:07.120Z', 'Asia/Shanghai')).toBe('2020-01-23 14:32:07')
  })

  it('name the weekday in both languages', () => {
    expect(formatDay('zh', '2020-02-03')).toBe('2020-02-03 周一')
    expect(formatDay('en', '2020-02-03')).toBe('2020-02-03 Mon')
  })

  it('step over months and leap days', () => {
    expect(addDays('2020-02-28', 1)).toBe('2020-02-29')
    expect(addDays('2020-03-01', -1)).toBe('2020-02-29')
  })

  it('say how long ago in the largest whole unit', () => {
    expect(formatAgo('en', 59_400)).toBe('59 seconds ago')
    expect(formatAgo('en', 3_600_000)).toBe('1 hour ago')
    expect(formatAgo('zh', 18 * 60_000)).toBe('18分钟前')
  })

  it('turn slots into clock times', () => {
    expect([slotClock(0, 20), slotClock(43, 20), slotClock(72, 20)]).toEqual(['00:00', '14:20', '24:00'])
  })
})
