import { type KnownPassage, type KnownVehicle, vehicleOf } from './known-vehicle.ts'

/** How far back the phone offers what it recorded itself, milliseconds. */
export const bookMs = 3 * 86_400_000
const mostMatches = 3
/** Fewer characters would match half the road. */
const leastTyped = 2

/** Vehicles that passed, by plate. In memory alone, while its owner works. */
export type PassageBook = {
  readonly learn: (plate: string, passages: readonly KnownPassage[]) => void
  readonly forget: (screeningId: string) => void
  readonly find: (plate: string) => KnownVehicle | undefined
  /** Vehicles whose plate begins like the one being typed, or ends with what was typed after the usual start. */
  readonly match: (plate: string, usualStart: string) => readonly KnownVehicle[]
  readonly clear: () => void
}

export const createPassageBook = (): PassageBook => {
  const byPlate = new Map<string, Map<string, KnownPassage>>()
  const find = (plate: string): KnownVehicle | undefined =>
    vehicleOf(plate, [...(byPlate.get(plate)?.values() ?? [])])
  return {
    learn(plate, passages) {
      const known = byPlate.get(plate) ?? new Map<string, KnownPassage>()
      for (const passage of passages) known.set(passage.screeningId, passage)
      if (known.size > 0) byPlate.set(plate, known)
    },
    forget(screeningId) {
      for (const [plate, passages] of byPlate)
        if (passages.delete(screeningId) && passages.size === 0) byPlate.delete(plate)
    },
    find,
    match(plate, usualStart) {
      const tail = plate.startsWith(usualStart) ? plate.slice(usualStart.length) : undefined
      if ((tail ?? plate).length < leastTyped) return []
      return [...byPlate.keys()]
        .filter((known) => known.startsWith(plate) || (tail !== undefined && known.endsWith(tail)))
        .flatMap((known) => find(known) ?? [])
        .sort((a, b) => (b.passages[0]?.occurredAtMs ?? 0) - (a.passages[0]?.occurredAtMs ?? 0))
        .slice(0, mostMatches)
    },
    clear: () => byPlate.clear(),
  }
}
