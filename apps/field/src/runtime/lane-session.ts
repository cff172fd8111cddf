import type { Post } from '@guankou/contract/places/place.ts'
import { missingOf } from '#src/lane/build-command.ts'
import {
  type Draft,
  type DraftDefaults,
  hasContent,
  isUntouched,
  newDraft,
  sameConveyance,
} from '#src/lane/draft.ts'
import { type DraftAction, reduceDraft } from '#src/lane/draft-reducer.ts'
import { createPaceBook, type Pace, type PaceBook } from '#src/lane/pace-book.ts'
import { parkedDraft, resumedDraft } from '#src/lane/parked.ts'
import { rememberOrigin } from '#src/lane/recent-origins.ts'
import { homeOrigin } from '#src/lane/reference.ts'
import { createDraftSaver, type DraftSaver } from './draft-saver.ts'
import type { FieldRuntime } from './field-runtime.ts'
import { createKnownVehicles, type KnownVehicles } from './known-vehicles.ts'
import { usualPlateStart } from './plate-start.ts'
import { holdBackMs, type NotRecorded, type Outcome, recordDraft, type Workplace } from './record-draft.ts'
import { createStore, type Store } from './store.ts'

/** A shift of the five-crew rotation is shorter than this. */
const shiftMs = 12 * 3_600_000

export type Trouble = NotRecorded | { readonly is: 'undo-too-late' }

export type Cleared = { readonly draft: Draft; readonly untilMs: number }

/** How long a cleared entry may be taken back, milliseconds: to see that it was the wrong key, and to reach for undo. */
const clearedMs = 10_000

type LaneStores = {
  readonly draft: Store<Draft | undefined>
  readonly outcome: Store<Outcome | undefined>
  /** A vehicle that passed at one tap, shown above the next one instead of before it. */
  readonly passed: Store<Outcome | undefined>
  /** The vehicle just recorded, while it may still be taken back. */
  readonly undoable: Store<Outcome | undefined>
  /** An entry that was cleared, while it may still be taken back. */
  readonly cleared: Store<Cleared | undefined>
  readonly trouble: Store<Trouble | undefined>
  readonly pace: Store<Pace>
  /** Vehicles put aside to wait for a second reading, the longest wait first. */
  readonly parked: Store<readonly Draft[]>
  /** Vehicles with somebody to be asked again that were looked at since. */
  readonly unnamedSeen: Store<ReadonlySet<string>>
}

export type LaneSession = LaneStores & {
  /** Makes a draft where there is none, beginning as posts here begin. */
  readonly prepare: (post: Post) => void
  readonly act: (action: DraftAction) => void
  readonly finish: (workplace: Workplace) => Promise<void>
  /** Takes a vehicle as it was last time, everybody measured and under the threshold, and lets the next one come. */
  readonly passAgain: (workplace: Workplace) => Promise<void>
  readonly known: KnownVehicles
  readonly next: (post: Post) => void
  /** Puts the vehicle aside, so that the lane goes on with the next. */
  readonly park: (post: Post) => Promise<void>
  /** Takes up a vehicle that stood aside; one that is being entered takes its place there. */
  readonly resume: (parked: Draft, workplace: Workplace) => Promise<void>
  /** Takes up the parts of a list: the first is entered now, the others stand aside. */
  readonly takeList: (parts: readonly Draft[]) => Promise<void>
  readonly discard: (post: Post) => void
  /** Takes up again what was cleared, unless something else is being entered. */
  readonly restore: () => void
  readonly undo: () => Promise<void>
  /** The last vehicle can no longer be taken back: something was recorded that belongs to it. */
  readonly keep: () => void
  /** Takes up the work of whoever has unlocked. */
  readonly open: () => Promise<void>
  /** Puts the work away: nothing of it stays in memory. */
  readonly close: () => Promise<void>
  /** Clears accepted records to make room; returns how many. */
  readonly freeRoom: () => Promise<number>
}

type Parts = LaneStores & {
  readonly runtime: FieldRuntime
  readonly saver: DraftSaver
  readonly known: KnownVehicles
  readonly paceBook: PaceBook
}

const defaultKind = (post: Post): DraftDefaults['kind'] => {
  if (post.type === 'railway') return 'train'
  if (post.type === 'airport') return 'flight'
  if (post.type === 'port') return 'ferry'
  if (post.type === 'border') return 'on-foot'
  return post.type === 'coach' ? 'coach' : 'car'
}

const defaultsAt = (post: Post, last: Draft | undefined): DraftDefaults => ({
  plateStart: usualPlateStart,
  originCode: homeOrigin(post),
  kind: last?.kind ?? defaultKind(post),
  same: sameConveyance(last),
  method: last?.method ?? 'forehead',
  device: last?.device,
  ambient: last?.ambient,
})

const showPace = ({ pace, paceBook }: Parts): void => pace.set(paceBook.paceSince(Date.now() - shiftMs))

/** Those of a shift are read once; whoever was faster than the reading is in the book already. */
const readPace = async (parts: Parts, makerId: string): Promise<void> => {
  const { runtime, paceBook } = parts
  const times = await runtime.vehicles.readEntryTimes(makerId, Date.now() - shiftMs)
  if (runtime.profile.get()?.accountId !== makerId) return
  paceBook.take(times)
  showPace(parts)
}

const begin = ({ draft, outcome, passed, trouble, known }: Parts, post: Post): void => {
  draft.set(newDraft(defaultsAt(post, outcome.get()?.draft ?? draft.get())))
  known.follow(draft.get())
  outcome.set(undefined)
  passed.set(undefined)
  trouble.set(undefined)
}

const offerUndo = ({ undoable }: Parts, made: Outcome): void => {
  undoable.set(made)
  setTimeout(() => {
    if (undoable.get() === made) undoable.set(undefined)
  }, holdBackMs)
}

const rememberOriginsOf = (runtime: FieldRuntime, draft: Draft): void => {
  const before = runtime.recentOrigins.get()
  const after = draft.travellers.reduce((recent, each) => rememberOrigin(recent, each.originCode), before)
  if (after.join() !== before.join()) void runtime.rememberOrigins(after)
}

const entryTimeOf = ({ fact, durationMs }: Outcome) => ({
  id: fact.id,
  madeAtMs: fact.occurredAtMs,
  durationMs,
})

/** Nothing about this vehicle has to be read before the next one. */
const passedPlainly = ({ fact, asked }: Outcome): boolean =>
  fact.disposition === 'passed' && asked.length === 0

const showOutcome = (parts: Parts, made: Outcome, again: boolean, post: Post): void => {
  if (again && passedPlainly(made)) {
    begin(parts, post)
    parts.passed.set(made)
  } else parts.outcome.set(made)
}

/** Whether a match list asks about the plate: then somebody reads what, before the vehicle may pass at one tap. */
const isAskedAbout = async (
  { runtime }: Parts,
  { content }: Workplace,
  { plate }: Draft,
): Promise<boolean> => {
  const shown = { kind: 'plate', number: plate } as const
  const matches = await runtime.matches.find(content, shown)
  return matches.length > 0
}

const finish = async (parts: Parts, workplace: Workplace, again: boolean): Promise<void> => {
  const { draft, trouble, runtime, saver, known } = parts
  const current = draft.get()
  if (current === undefined || missingOf(current).length > 0) return
  if (again && (await isAskedAbout(parts, workplace, current))) return
  saver.drop()
  await saver.settled()
  const made = await recordDraft(runtime, current, workplace)
  if ('is' in made) {
    trouble.set(made)
    saver.save(current)
    return
  }
  trouble.set(undefined)
  known.learn(made)
  parts.paceBook.take([entryTimeOf(made)])
  showPace(parts)
  showOutcome(parts, made, again, workplace.post)
  offerUndo(parts, made)
  rememberOriginsOf(runtime, current)
  await runtime.sync.outboxChanged()
}

const undo = async (parts: Parts): Promise<void> => {
  const { draft, outcome, passed, trouble, undoable, runtime, known } = parts
  const made = undoable.get()
  if (made === undefined) return
  undoable.set(undefined)
  const makerId = runtime.profile.get()?.accountId ?? ''
  const ids = made.useId === undefined ? [made.fact.id] : [made.fact.id, made.useId]
  const granted = await runtime.vehicles.reopen(makerId, ids, made.draft, Date.now())
  if (!granted) {
    trouble.set({ is: 'undo-too-late' })
    return
  }
  outcome.set(undefined)
  passed.set(undefined)
  known.forget(made.fact.id)
  parts.paceBook.forget(made.fact.id)
  showPace(parts)
  draft.set(made.draft)
  known.follow(made.draft)
  await runtime.sync.outboxChanged()
}

/** Both lists are written as one: a vehicle is in exactly one of them, whenever the app is closed. */
const saveWork = async (
  parts: Parts,
  current: Draft | undefined,
  parked: readonly Draft[],
): Promise<void> => {
  const makerId = parts.runtime.profile.get()?.accountId
  parts.saver.drop()
  await parts.saver.settled()
  if (makerId !== undefined) await parts.runtime.vehicles.saveWork(makerId, current, parked)
  parts.parked.set(parked)
}

const park = async (parts: Parts, post: Post): Promise<void> => {
  const current = parts.draft.get()
  if (current === undefined || isUntouched(current)) return
  await saveWork(parts, undefined, [...parts.parked.get(), parkedDraft(current, Date.now())])
  begin(parts, post)
}

const resume = async (parts: Parts, chosen: Draft, { rules }: Workplace): Promise<void> => {
  const nowMs = Date.now()
  const current = parts.draft.get()
  const others = parts.parked.get().filter((each) => each !== chosen)
  const displaced = current === undefined || isUntouched(current) ? [] : [parkedDraft(current, nowMs)]
  const next = resumedDraft(chosen, rules.ruleSet, nowMs)
  await saveWork(parts, next, [...others, ...displaced])
  parts.draft.set(next)
  parts.known.follow(next)
}

const takeList = async (parts: Parts, [first, ...others]: readonly Draft[]): Promise<void> => {
  if (first === undefined) return
  const nowMs = Date.now()
  const current = parts.draft.get()
  const isBlank = current === undefined || !current.travellers.some(hasContent)
  const displaced = isBlank ? [] : [parkedDraft(current, nowMs)]
  const aside = others.map((each) => parkedDraft(each, nowMs))
  await saveWork(parts, first, [...parts.parked.get(), ...displaced, ...aside])
  parts.draft.set(first)
  parts.known.follow(first)
}

const offerRestore = ({ cleared }: Parts, draft: Draft): void => {
  const offered = { draft, untilMs: Date.now() + clearedMs }
  cleared.set(offered)
  setTimeout(() => {
    if (cleared.get() === offered) cleared.set(undefined)
  }, clearedMs)
}

const discard = (parts: Parts, post: Post): void => {
  const before = parts.draft.get()
  parts.draft.set(undefined)
  begin(parts, post)
  const fresh = parts.draft.get()
  if (fresh !== undefined) parts.saver.save(fresh)
  if (before !== undefined && !isUntouched(before)) offerRestore(parts, before)
}

const restore = ({ draft, cleared, saver, known }: Parts): void => {
  const offered = cleared.get()
  const current = draft.get()
  cleared.set(undefined)
  if (offered === undefined || (current !== undefined && !isUntouched(current))) return
  draft.set(offered.draft)
  known.follow(offered.draft)
  saver.save(offered.draft)
}

const act = ({ draft, passed, saver, known }: Parts, action: DraftAction): void => {
  const current = draft.get()
  if (current === undefined) return
  const next = reduceDraft(current, action, Date.now())
  draft.set(next)
  known.follow(next)
  if (isUntouched(next)) return
  passed.set(undefined)
  saver.save(next)
}

const empty = ({ draft, outcome, passed, undoable, cleared, trouble, parked }: LaneStores): void => {
  parked.set([])
  for (const store of [draft, outcome, passed, undoable, cleared, trouble]) store.set(undefined)
}

/** Nothing of whoever worked stays in memory. */
const forgetAll = ({ known, paceBook, runtime, ...stores }: Parts): void => {
  known.close()
  paceBook.clear()
  runtime.matches.clear()
  empty(stores)
}

const createStores = (): LaneStores => ({
  draft: createStore<Draft | undefined>(undefined),
  outcome: createStore<Outcome | undefined>(undefined),
  passed: createStore<Outcome | undefined>(undefined),
  undoable: createStore<Outcome | undefined>(undefined),
  cleared: createStore<Cleared | undefined>(undefined),
  trouble: createStore<Trouble | undefined>(undefined),
  unnamedSeen: createStore<ReadonlySet<string>>(new Set()),
  parked: createStore<readonly Draft[]>([]),
  pace: createStore<Pace>({ vehicles: 0, meanSeconds: undefined }),
})

/** Takes up the work that its owner left: the vehicle being entered, those put aside, and who passed lately. */
const takeUp = async (parts: Parts, makerId: string | undefined): Promise<void> => {
  const { vehicles } = parts.runtime
  const draft = makerId === undefined ? undefined : await vehicles.readDraft(makerId)
  const parked = makerId === undefined ? undefined : await vehicles.readParked(makerId)
  parts.draft.set(draft as Draft | undefined)
  parts.parked.set(Array.isArray(parked) ? (parked as Draft[]) : [])
  parts.known.follow(parts.draft.get())
  if (makerId !== undefined) void parts.known.open(makerId)
  showPace(parts)
  if (makerId !== undefined) await readPace(parts, makerId)
}

/** Vehicles one after the other at one lane. Lives as long as the app, so that screens may come and go. */
export const createLaneSession = (runtime: FieldRuntime): LaneSession => {
  const stores = createStores()
  let makerId: string | undefined
  const saver = createDraftSaver(async (next) => {
    if (makerId !== undefined) await runtime.vehicles.saveDraft(makerId, next)
  })
  const known = createKnownVehicles(runtime)
  const parts = { ...stores, runtime, saver, known, paceBook: createPaceBook() }
  let finishing: Promise<void> | undefined
  const finishOnce = (workplace: Workplace, again: boolean): Promise<void> => {
    finishing ??= finish(parts, workplace, again).finally(() => {
      finishing = undefined
    })
    return finishing
  }
  return {
    ...stores,
    known,
    async open() {
      makerId = runtime.profile.get()?.accountId
      await takeUp(parts, makerId)
    },
    async close() {
      await finishing
      await saver.settled()
      makerId = undefined
      forgetAll(parts)
    },
    prepare: (post) => {
      if (stores.draft.get() === undefined) begin(parts, post)
    },
    act: (action) => act(parts, action),
    finish: (workplace) => finishOnce(workplace, false),
    passAgain: (workplace) => finishOnce(workplace, true),
    next: (post) => begin(parts, post),
    takeList: (drafts) => takeList(parts, drafts),
    discard: (post) => discard(parts, post),
    restore: () => restore(parts),
    park: (post) => park(parts, post),
    resume: (chosen, workplace) => resume(parts, chosen, workplace),
    undo: () => undo(parts),
    keep: () => stores.undoable.set(undefined),
    async freeRoom() {
      const freed = await runtime.outbox.pruneAccepted(Date.now())
      stores.trouble.set(undefined)
      return freed
    },
  }
}
