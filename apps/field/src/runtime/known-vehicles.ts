import { readPlate } from '@guankou/domain/identity/plates/read-plate.ts'
import { type Draft, isPlated } from '#src/lane/draft.ts'
import type { KnownPassage, KnownVehicle } from '#src/lane/known-vehicle.ts'
import { bookMs, createPassageBook } from '#src/lane/passage-book.ts'
import { passageOf } from '#src/lane/vehicle-people.ts'
import type { VehicleStore } from '#src/storage/vehicle-store.ts'
import { usualPlateStart } from './plate-start.ts'
import type { Outcome } from './record-draft.ts'
import { createStore, type Store } from './store.ts'

/** Vehicles that were here before, as they are offered at the lane. */
export type KnownVehicles = {
  /** The vehicle whose plate is entered, where it is known. */
  readonly current: Store<KnownVehicle | undefined>
  /** Vehicles that the plate may become, while it is typed. */
  readonly matches: Store<readonly KnownVehicle[]>
  readonly follow: (draft: Draft | undefined) => void
  readonly learn: (made: Outcome) => void
  readonly forget: (screeningId: string) => void
  /** Reads what its owner recorded lately. */
  readonly open: (makerId: string) => Promise<void>
  readonly close: () => void
}

type Parts = {
  readonly vehicles: VehicleStore
  readonly askPassages: (plate: string) => Promise<readonly KnownPassage[]>
}

/** The server is asked again about a plate after this time, milliseconds. */
const askAgainMs = 15 * 60_000

const isTyping = ({ panel }: Draft): boolean =>
  panel === 'plate' || panel === 'province' || panel === 'suffix'

/** A plate that nobody types any more and that could be painted: one half typed belongs to somebody else. */
const plateToAsk = (draft: Draft): string | undefined =>
  isPlated(draft.kind) && !draft.withoutPlate && !isTyping(draft) && readPlate(draft.plate).ok
    ? draft.plate
    : undefined

/** What is known, and what of it is shown for the plate in hand. */
const createShelf = () => {
  const book = createPassageBook()
  const current = createStore<KnownVehicle | undefined>(undefined)
  const matches = createStore<readonly KnownVehicle[]>([])
  let plate = ''
  return {
    book,
    current,
    matches,
    plate: () => plate,
    show: (next: string = plate): void => {
      plate = next
      current.set(plate === '' ? undefined : book.find(plate))
    },
    match(draft: Draft | undefined) {
      const found = draft !== undefined && isTyping(draft) ? book.match(plate, usualPlateStart) : []
      if (found.length > 0 || matches.get().length > 0) matches.set(found)
    },
    clear() {
      plate = ''
      book.clear()
      current.set(undefined)
      matches.set([])
    },
  }
}

export const createKnownVehicles = ({ vehicles, askPassages }: Parts): KnownVehicles => {
  const shelf = createShelf()
  const { book, current, matches } = shelf
  const askedAtMs = new Map<string, number>()
  let work = 0
  const ask = async (asked: string): Promise<void> => {
    askedAtMs.set(asked, Date.now())
    const before = work
    const told = await askPassages(asked)
    if (before !== work) return
    book.learn(asked, told)
    if (asked === shelf.plate() && told.length > 0) shelf.show()
  }
  return {
    current,
    matches,
    follow(draft) {
      const entered = draft === undefined || draft.withoutPlate ? '' : draft.plate
      if (entered !== shelf.plate()) shelf.show(entered)
      shelf.match(draft)
      const asking = draft === undefined ? undefined : plateToAsk(draft)
      if (asking !== undefined && (askedAtMs.get(asking) ?? 0) < Date.now() - askAgainMs) void ask(asking)
    },
    learn({ fact, occupants }) {
      if (fact.plate !== undefined) book.learn(fact.plate, [passageOf(fact, occupants)])
    },
    forget: (screeningId) => book.forget(screeningId),
    async open(makerId) {
      const before = work
      for await (const lately of vehicles.readPassages(makerId, Date.now() - bookMs)) {
        if (before !== work) return
        for (const { plate, passage } of lately) book.learn(plate, [passage])
        if (lately.some(({ plate }) => plate === shelf.plate())) shelf.show()
        // A touch that waits is answered before the next piece.
        await new Promise((resolve) => setTimeout(resolve))
      }
    },
    close() {
      work += 1
      askedAtMs.clear()
      shelf.clear()
    },
  }
}
