import { type SituationCurve, slotsPerDay } from '@guankou/contract/situation/endpoints.ts'
import type { DayView } from '#src/projections/situation/days.ts'
import type { Slots } from '#src/projections/situation/tallies.ts'

const vehiclesPerSlot = (slots: Slots): number[] => {
  const vehicles = new Array<number>(slotsPerDay).fill(0)
  for (const slot of slots) vehicles[slot.slot] = (vehicles[slot.slot] ?? 0) + slot.vehicles
  return vehicles
}

/** Vehicles per slot on a day and the day before. @param slots  of both days */
export const curveOf = (view: DayView, slots: Slots): SituationCurve => ({
  day: view.day,
  asOf: new Date(view.nowMs).toISOString(),
  slotMinutes: 20,
  vehicles: vehiclesPerSlot(slots.filter((slot) => slot.day === view.day)).map((count, slot) =>
    slot <= view.fullSlots && view.when !== 'future' ? count : null,
  ),
  vehiclesYesterday: vehiclesPerSlot(slots.filter((slot) => slot.day === view.yesterday)),
})
