import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayHourOf, hourNumberOf, weekdayOf } from '#src/monitoring/hours.ts'
import { type DetectedHour, type EarlierAlarm, raisingOf } from '#src/monitoring/raising.ts'

const window = 24
const detection = fc.record({
  hour: fc.integer({ min: 0, max: 200 }),
  observed: fc.integer({ min: 1, max: 9 }),
  isOver: fc.boolean(),
})
const event = fc.oneof(
  { weight: 5, arbitrary: detection.map((detected) => ({ is: 'detected' as const, detected })) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 200 }).map((hour) => ({ is: 'closed' as const, hour })) },
)

/** Feeds detections to alarms as the server does. */
const alarmsAfter = (events: readonly (typeof event extends fc.Arbitrary<infer E> ? E : never)[]) => {
  const alarms: EarlierAlarm[] = []
  const put = (alarm: EarlierAlarm): void => {
    const at = alarms.findIndex(({ id }) => id === alarm.id)
    alarms[at < 0 ? alarms.length : at] = alarm
  }
  const take = (detected: DetectedHour): void => {
    const raising = raisingOf(alarms, detected, window)
    const { hour, observed } = detected
    if (raising.is === 'new')
      put({
        id: String(alarms.length),
        state: 'raised',
        firstHour: hour,
        lastHour: hour,
        lastObserved: observed,
        closedHour: null,
      })
    const known = alarms.find((alarm) => raising.is === 'revises' && alarm.id === raising.id)
    if (known !== undefined) put({ ...known, lastHour: hour, lastObserved: observed })
  }
  for (const one of events) {
    if (one.is === 'detected') take(one.detected)
    const open = alarms.find(({ closedHour }) => closedHour === null)
    if (one.is === 'closed' && open !== undefined)
      put({ ...open, state: 'closed', closedHour: Math.max(one.hour, open.lastHour) })
  }
  return { alarms, take }
}

describe('raising', () => {
  it('never leaves two open alarms of one post and signal', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const open = alarmsAfter(events).alarms.filter(({ closedHour }) => closedHour === null)
        expect(open.length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('says nothing new when the same is detected again', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), detection, (events, again) => {
        const { alarms, take } = alarmsAfter(events)
        take({ ...again, isOver: true })
        expect(raisingOf(alarms, { ...again, isOver: true }, window)).toEqual({ is: 'known' })
      }),
    )
  })

  it('raises nothing anew for hours before the closing of an alarm within the window', () => {
    const closed: EarlierAlarm = {
      id: 'a',
      state: 'closed',
      firstHour: 50,
      lastHour: 52,
      lastObserved: 3,
      closedHour: 60,
    }
    fc.assert(
      fc.property(detection, (detected) => {
        const raising = raisingOf([closed], detected, window)
        expect(raising.is === 'new').toBe(detected.hour < 50 - window || detected.hour > 60)
      }),
    )
  })
})

describe('hours', () => {
  it('are counted on without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400_000, max: 900_000 }), (number) => {
        const { day, hour } = dayHourOf(number)
        expect(hourNumberOf(day, hour)).toBe(number)
      }),
    )
    expect(weekdayOf('2020-01-25')).toBe(6)
  })
})
