import { slotClock } from '#src/format/time.ts'

export type CurvePoint = {
  readonly slot: number
  /** Clock time at which the slot begins, `14:20`. */
  readonly clock: string
  /** What was counted in the slot. */
  readonly count: number
  /** The count as a pace: per hour. */
  readonly perHour: number
}

export type DayCurve = {
  /** Slots that are over. */
  readonly today: readonly CurvePoint[]
  /** The slot that is still filling: its count is not a pace yet. */
  readonly running: CurvePoint | null
  readonly yesterday: readonly CurvePoint[]
  /** Busiest slot that is over; the earlier one of equals. */
  readonly peak: CurvePoint | null
}

export type DayCurveInput = {
  readonly slotMinutes: number
  /** One entry a slot; null where the slot has not begun. */
  readonly vehicles: readonly (number | null)[]
  readonly vehiclesYesterday: readonly number[]
  /** Slot in which the data time falls, or null when the whole day is over. */
  readonly runningSlot: number | null
}

/**
 * The day's curve as paces per hour, so that the axis reads the same whatever the length of a slot. A slot that is
 * still filling is kept apart: scaled up it would seem to be a fall.
 */
export const toDayCurve = (input: DayCurveInput): DayCurve => {
  const slotsPerHour = 60 / input.slotMinutes
  const pointOf = (slot: number, count: number): CurvePoint => ({
    slot,
    clock: slotClock(slot, input.slotMinutes),
    count,
    perHour: count * slotsPerHour,
  })
  const begun = input.vehicles.flatMap((count, slot) => (count === null ? [] : [pointOf(slot, count)]))
  const over = begun.filter((point) => input.runningSlot === null || point.slot < input.runningSlot)
  return {
    today: over,
    running: begun.find((point) => point.slot === input.runningSlot) ?? null,
    yesterday: input.vehiclesYesterday.map((count, slot) => pointOf(slot, count)),
    peak: over.reduce<CurvePoint | null>(
      (best, point) => (best === null || point.count > best.count ? point : best),
      null,
    ),
  }
}

/** The slot of the day in which a clock time falls. @example slotAt('14:32', 20) // 43 */
export const slotAt = (clock: string, slotMinutes: number): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return Math.floor((hours * 60 + minutes) / slotMinutes)
}
