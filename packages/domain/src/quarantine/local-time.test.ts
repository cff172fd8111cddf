import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daySlotOf, utcOffsetMinutes } from '#src/places/calendar.ts'
import { endOfDayMs, localInstantMs } from './local-time.ts'

const at = (zone: string, day: string, minute: number) =>
  new Date(localInstantMs(zone, day, minute)).toISOString()

describe('localInstantMs', () => {
  it.each([
    ['Asia/Shanghai', '2020-02-01', 480, '2020-02-01T00:00:00.000Z'],
    ['Asia/Shanghai', '2020-02-29', 0, '2020-02-28T16:00:00.000Z'],
    ['Asia/Shanghai', '2020-02-29', 1_440, '2020-02-29T16:00:00.000Z'],
    ['Asia/Kathmandu', '2020-06-01', 0, '2020-05-31T18:15:00.000Z'],
    ['America/New_York', '2020-03-08', 420, '2020-03-08T11:00:00.000Z'],
    ['America/New_York', '2020-11-01', 420, '2020-11-01T12:00:00.000Z'],
    // Clocks skip 02:30 here, and show 01:30 twice there.
    ['America/New_York', '2020-03-08', 150, '2020-03-08T07:30:00.000Z'],
    ['America/New_York', '2020-11-01', 90, '2020-11-01T05:30:00.000Z'],
    ['Australia/Lord_Howe', '2020-10-04', 480, '2020-10-03T21:00:00.000Z'],
    // Midnight itself was skipped.
    ['America/Sao_Paulo', '2018-11-04', 0, '2018-11-04T03:00:00.000Z'],
  ])('in %s on %s at minute %i is %s', (zone, day, minute, instant) => {
    expect(at(zone, day, minute)).toBe(instant)
  })

  const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'UTC')
  const days = fc.integer({ min: 0, max: 4_000 }).map((shift) => addDays('2016-01-01', shift))

  it('shows that minute of that day again, but where clocks skip it', () => {
    fc.assert(
      fc.property(zones, days, fc.integer({ min: 0, max: 1_439 }), (zone, day, minute) => {
        const ms = localInstantMs(zone, day, minute)
        const shown = ms + utcOffsetMinutes(zone, ms) * 60_000
        const asked = Date.parse(`${day}T00:00:00Z`) + minute * 60_000
        expect(shown - asked).toBeGreaterThanOrEqual(0)
        expect(shown - asked).toBeLessThanOrEqual(3_600_000)
        expect(daySlotOf(zone, ms).day).toBe(day)
      }),
    )
  })

  it('makes days of 23, 24 or 25 hours that leave no gap', () => {
    fc.assert(
      fc.property(zones, days, (zone, day) => {
        const hours = (endOfDayMs(zone, day) - localInstantMs(zone, day, 0)) / 3_600_000
        expect([23, 24, 25]).toContain(hours)
        expect(daySlotOf(zone, endOfDayMs(zone, day)).day).toBe(addDays(day, 1))
      }),
    )
  })
})
