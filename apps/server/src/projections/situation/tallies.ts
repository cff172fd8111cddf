import type { Tally } from '@guankou/contract/situation/endpoints.ts'
import type { SlotCounts } from '@guankou/db/queries/situation/read-rollups.ts'
import { addTallies, emptyTally } from '@guankou/domain/screening/tally.ts'

export type Slots = readonly SlotCounts[]

const tallyOfSlot = (slot: SlotCounts): Tally => ({
  vehicles: slot.vehicles,
  travellers: slot.travellers,
  febrile: slot.febrile,
  feverConfirmed: slot.feverConfirmed,
  secondChecks: slot.secondChecks,
  quarantined: slot.quarantined,
  turnedBack: slot.turnedBack,
  referred: slot.referred,
})

/** The sum over slots. */
export const sumOf = (slots: Slots): Tally => slots.map(tallyOfSlot).reduce(addTallies, emptyTally)

/** Seconds an entry took on average, or null where of none is known how long it took. */
export const meanSecondsOf = (slots: Slots): number | null => {
  let vehicles = 0
  let milliseconds = 0
  for (const slot of slots) {
    vehicles += slot.timedVehicles
    milliseconds += slot.entryMilliseconds
  }
  return vehicles === 0 ? null : milliseconds / vehicles / 1_000
}
