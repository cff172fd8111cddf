import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slotAt, toDayCurve } from '#src/charts/day-curve.ts'

describe('the day’s curve', () => {
  it('turns counts of 20 minutes into a pace per hour and keeps the running slot apart', () => {
    const curve = toDayCurve({
      slotMinutes: 20,
      vehicles: [10, 30, 30, 4, null],
      vehiclesYesterday: [9, 9, 9, 9, 9],
      runningSlot: 3,
    })
    expect(curve.today.map((point) => point.perHour)).toEqual([30, 90, 90])
    expect(curve.running).toEqual({ slot: 3, clock: '01:00', count: 4, perHour: 12 })
    expect(curve.peak?.clock).toBe('00:20')
    expect(curve.yesterday).toHaveLength(5)
  })

  it('has nothing running once the day is over, and no peak before anything happened', () => {
    const over = toDayCurve({ slotMinutes: 20, vehicles: [1, 2], vehiclesYesterday: [], runningSlot: null })
    expect([over.running, over.today.length]).toEqual([null, 2])
    const none = toDayCurve({ slotMinutes: 20, vehicles: [0, null], vehiclesYesterday: [], runningSlot: 0 })
    expect([none.peak, none.running?.count]).toEqual([null, 0])
  })

  it('loses no vehicle: slots that are over and the running one add up to all that began', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.nat(500)), { minLength: 72, maxLength: 72 }),
        fc.option(fc.integer({ min: 0, max: 71 })),
        (vehicles, runningSlot) => {
          const begun = vehicles.map((count, slot) =>
            runningSlot !== null && slot > runningSlot ? null : count,
          )
          const curve = toDayCurve({ slotMinutes: 20, vehicles: begun, vehiclesYesterday: [], runningSlot })
          const shown = curve.today.reduce((sum, point) => sum + point.count, curve.running?.count ?? 0)
          expect(shown).toBe(begun.reduce<number>((sum, count) => sum + (count ?? 0), 0))
        },
      ),
    )
  })

  it('finds the slot of a clock time', () => {
    expect([slotAt('00:00', 20), slotAt('14:32', 20), slotAt('23:59', 20)]).toEqual([0, 43, 71])
  })
})
