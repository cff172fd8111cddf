import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  daySlotOf,
  daysBetween,
  instantMs,
  isCivilDate,
  utcOffsetMinutes,
} from '#src/places/calendar.ts'

/** Half and quarter hours, both edges of the date line, whole and half-hour summer time, and a leap over a day. */
const zones = [
  'Asia/Shanghai',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Chatham',
  'Etc/GMT+12',
  'America/St_Johns',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'UTC',
]

const instant = fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2045, 0, 1) })

/** What a wall clock shows, read from Intl as a person would. */
const wallClock = (timeZone: string, ms: number) => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(ms)
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    slot: Number(part('hour')) * 3 + Math.floor(Number(part('minute')) / 20),
  }
}

describe('daySlotOf', () => {
  it.each(zones)('shows what a clock on the wall shows in %s', (zone) => {
    fc.assert(
      fc.property(instant, (ms) => {
        expect(daySlotOf(zone, ms)).toEqual(wallClock(zone, ms))
      }),
      { numRuns: 150 },
    )
  })

  it.each([
    ['Europe/Berlin', '2020-03-29T00:00:00.000Z'],
    ['Europe/Berlin', '2020-10-25T00:00:00.000Z'],
    ['America/New_York', '2020-03-08T06:00:00.000Z'],
    ['Australia/Lord_Howe', '2020-10-03T15:00:00.000Z'],
    ['Africa/Cairo', '2023-04-27T21:30:00.000Z'],
    ['Pacific/Apia', '2012-04-01T01:00:00.000Z'],
  ])('is right in every minute of the two hours around a change of clocks: %s, %s', (zone, from) => {
    for (let minute = 0; minute < 120; minute++) {
      const ms = Date.parse(from) + minute * 60_000
      expect(daySlotOf(zone, ms)).toEqual(wallClock(zone, ms))
    }
  })

  it('does not depend on what was asked before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...zones), instant), { maxLength: 20 }), (asked) => {
        const forward = asked.map(([zone, ms]) => daySlotOf(zone, ms))
        const backward = [...asked].reverse().map(([zone, ms]) => daySlotOf(zone, ms))
        expect(backward.reverse()).toEqual(forward)
      }),
      { numRuns: 50 },
    )
  })

  it('throws for a zone that does not exist', () => {
    expect(() => utcOffsetMinutes('Asia/Atlantis', 0)).toThrow(RangeError)
  })
})

const civilDate = fc
  .integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2200, 0, 1) / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10))

describe('days of the calendar', () => {
  it('addDays and daysBetween undo each other', () => {
    fc.assert(
      fc.property(civilDate, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days)
      }),
    )
    fc.assert(fc.property(civilDate, civilDate, (from, to) => addDays(from, daysBetween(from, to)) === to))
  })

  it('compare as text as they compare in time', () => {
    fc.assert(fc.property(civilDate, civilDate, (a, b) => a < b === daysBetween(a, b) > 0))
  })

  it('exist or do not', () => {
    fc.assert(fc.property(civilDate, isCivilDate))
    for (const text of ['2020-02-30', '2019-02-29', '2020-04-31', '2020-13-01', '2020-00-10', '', 'today'])
      expect(isCivilDate(text)).toBe(false)
  })
})

describe('instantMs', () => {
  it('reads what toISOString writes', () => {
    fc.assert(fc.property(instant, (ms) => instantMs(new Date(ms).toISOString()) === ms))
  })

  it.each([
    '2020-01-23T25:00:00.000Z',
    '2020-01-23T24:00:00.000Z',
    '2020-02-30T00:00:00.000Z',
    '2020-01-23T10:61:00.000Z',
  ])('knows that %s does not exist', (text) => {
    expect(instantMs(text)).toBeUndefined()
  })
})
