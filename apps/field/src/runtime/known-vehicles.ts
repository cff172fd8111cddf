import { readPlate } from '@guankou/domain/identity/plates/read-plate.ts'
import { type Draft, isPlated } from '#src/lane/draft.ts'
import type { KnownPassage, KnownVehicle } from '#src/lane/known-vehicle.ts'
import { bookMs, createPassageBook } from '#src/lane/passage-book.ts'
import { wholePlate } from '#src/lane/plate.ts'
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

/**
 * How long no key must follow before the server is asked about a plate that is still open to change, milliseconds. Who was
 * aboard of a half typed plate is nobody’s business here, so one that another key could go on with waits much longer.
 */
const quietMs = { whole: 400, perhaps: 1_500 } as const

const isTyping = ({ panel }: Draft): boolean =>
  panel === 'plate' || panel === 'province' || panel === 'suffix'

type Asking = { readonly plate: string; readonly inMs: number }

/** A plate that could be painted, and how soon to ask about it: one half typed belongs to somebody else. */
const toAsk = (draft: Draft): Asking | undefined => {
  const { kind, plate } = draft
  if (!isPlated(kind) || draft.withoutPlate) return undefined
  if (!isTyping(draft)) return readPlate(plate).ok ? { plate, inMs: 0 } : undefined
  const whole = draft.panel === 'plate' ? wholePlate(plate, kind) : 'no'
  return whole === 'no' ? undefined : { plate, inMs: quietMs[whole] }
}

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

/** Asks about a plate once it has been left alone for long enough; any key in between begins anew. */
const createAsker = (ask: (plate: string) => Promise<void>) => {
  const askedAtMs = new Map<string, number>()
  let waiting: ReturnType<typeof setTimeout> | undefined
  const askNow = (plate: string): void => {
    askedAtMs.set(plate, Date.now())
    void ask(plate)
  }
  return {
    askSoon(asking: Asking | undefined): void {
      clearTimeout(waiting)
      if (asking === undefined) return
      const { plate, inMs } = asking
      if ((askedAtMs.get(plate) ?? 0) >= Date.now() - askAgainMs) return
      if (inMs === 0) askNow(plate)
      else waiting = setTimeout(() => askNow(plate), inMs)
    },
    clear(): void {
      clearTimeout(waiting)
      askedAtMs.clear()
    },
  }
}

export const createKnownVehicles = ({ vehicles, askPassages }: Parts): KnownVehicles => {
  const shelf = createShelf()
  const { book, current, matches } = shelf
  let work = 0
  let followed: Draft | undefined
  const asker = createAsker(async (asked) => {
    const before = work
    const told = await askPassages(asked)
    if (before !== work) return
    book.learn(asked, told)
    if (asked !== shelf.plate() || told.length === 0) return
    shelf.show()
    shelf.match(followed)
  })
  return {
    current,
    matches,
    follow(draft) {
      followed = draft
      const entered = draft === undefined || draft.withoutPlate ? '' : draft.plate
      if (entered !== shelf.plate()) shelf.show(entered)
      shelf.match(draft)
      asker.askSoon(draft === undefined ? undefined : toAsk(draft))
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
      followed = undefined
      asker.clear()
      shelf.clear()
    },
  }
}
