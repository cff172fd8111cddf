import type { Post } from '@guankou/contract/places/place.ts'
import { missingOf } from '#src/lane/build-command.ts'
import { type Draft, type DraftDefaults, isUntouched, newDraft } from '#src/lane/draft.ts'
import { type DraftAction, reduceDraft } from '#src/lane/draft-reducer.ts'
import { rememberOrigin } from '#src/lane/recent-origins.ts'
import { homeOrigin } from '#src/lane/reference.ts'
import type { Pace } from '#src/storage/vehicle-store.ts'
import { createDraftSaver, type DraftSaver } from './draft-saver.ts'
import type { FieldRuntime } from './field-runtime.ts'
import { holdBackMs, type NotRecorded, type Outcome, recordDraft, type Workplace } from './record-draft.ts'
import { createStore, type Store } from './store.ts'

/** A shift of the five-crew rotation is shorter than this. */
const shiftMs = 12 * 3_600_000

/** What plates of this city begin with. */
export const plateStart = '粤C'

export type Trouble = NotRecorded | { readonly is: 'undo-too-late' }

type LaneStores = {
  readonly draft: Store<Draft | undefined>
  readonly outcome: Store<Outcome | undefined>
  /** The vehicle just recorded, while it may still be taken back. */
  readonly undoable: Store<Outcome | undefined>
  readonly trouble: Store<Trouble | undefined>
  readonly pace: Store<Pace>
}

export type LaneSession = LaneStores & {
  /** Makes a draft where there is none, beginning as posts here begin. */
  readonly prepare: (post: Post) => void
  readonly act: (action: DraftAction) => void
  readonly finish: (workplace: Workplace) => Promise<void>
  readonly next: (post: Post) => void
  readonly discard: (post: Post) => void
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

type Parts = LaneStores & { readonly runtime: FieldRuntime; readonly saver: DraftSaver }

const defaultKind = (post: Post): DraftDefaults['kind'] => {
  if (post.type === 'railway') return 'train'
  if (post.type === 'airport') return 'flight'
  if (post.type === 'port') return 'ferry'
  if (post.type === 'border') return 'on-foot'
  return post.type === 'coach' ? 'coach' : 'car'
}

const defaultsAt = (post: Post, last: Draft | undefined): DraftDefaults => ({
  plateStart,
  originCode: homeOrigin(post),
  kind: last?.kind ?? defaultKind(post),
  method: last?.method ?? 'forehead',
})

const readPace = async ({ runtime, pace }: Parts): Promise<void> => {
  const makerId = runtime.profile.get()?.accountId
  if (makerId !== undefined) pace.set(await runtime.vehicles.readPace(makerId, Date.now() - shiftMs))
}

const begin = ({ draft, outcome, trouble }: Parts, post: Post): void => {
  draft.set(newDraft(defaultsAt(post, outcome.get()?.draft ?? draft.get())))
  outcome.set(undefined)
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

const finish = async (parts: Parts, workplace: Workplace): Promise<void> => {
  const { draft, outcome, trouble, runtime, saver } = parts
  const current = draft.get()
  if (current === undefined || missingOf(current).length > 0) return
  saver.drop()
  await saver.settled()
  const made = await recordDraft(runtime, current, workplace)
  if ('is' in made) {
    trouble.set(made)
    saver.save(current)
    return
  }
  trouble.set(undefined)
  outcome.set(made)
  offerUndo(parts, made)
  rememberOriginsOf(runtime, current)
  await runtime.sync.outboxChanged()
  await readPace(parts)
}

const undo = async (parts: Parts): Promise<void> => {
  const { draft, outcome, trouble, undoable, runtime } = parts
  const made = undoable.get()
  if (made === undefined) return
  undoable.set(undefined)
  const makerId = runtime.profile.get()?.accountId ?? ''
  const granted = await runtime.vehicles.reopen(makerId, made.fact.id, made.draft, Date.now())
  if (!granted) {
    trouble.set({ is: 'undo-too-late' })
    return
  }
  outcome.set(undefined)
  draft.set(made.draft)
  await runtime.sync.outboxChanged()
  await readPace(parts)
}

const discard = (parts: Parts, post: Post): void => {
  parts.draft.set(undefined)
  begin(parts, post)
  const fresh = parts.draft.get()
  if (fresh !== undefined) parts.saver.save(fresh)
}

const act = ({ draft, saver }: Parts, action: DraftAction): void => {
  const current = draft.get()
  if (current === undefined) return
  const next = reduceDraft(current, action, Date.now())
  draft.set(next)
  if (!isUntouched(next)) saver.save(next)
}

const empty = ({ draft, outcome, undoable, trouble }: LaneStores): void => {
  for (const store of [draft, outcome, undoable, trouble]) store.set(undefined)
}

/** Vehicles one after the other at one lane. Lives as long as the app, so that screens may come and go. */
export const createLaneSession = (runtime: FieldRuntime): LaneSession => {
  const stores: LaneStores = {
    draft: createStore<Draft | undefined>(undefined),
    outcome: createStore<Outcome | undefined>(undefined),
    undoable: createStore<Outcome | undefined>(undefined),
    trouble: createStore<Trouble | undefined>(undefined),
    pace: createStore<Pace>({ vehicles: 0, meanSeconds: undefined }),
  }
  let makerId: string | undefined
  const saver = createDraftSaver(async (next) => {
    if (makerId !== undefined) await runtime.vehicles.saveDraft(makerId, next)
  })
  const parts = { ...stores, runtime, saver }
  let finishing: Promise<void> | undefined
  return {
    ...stores,
    async open() {
      makerId = runtime.profile.get()?.accountId
      const draft = makerId === undefined ? undefined : await runtime.vehicles.readDraft(makerId)
      stores.draft.set(draft as Draft | undefined)
      await readPace(parts)
    },
    async close() {
      await finishing
      await saver.settled()
      makerId = undefined
      empty(stores)
    },
    prepare: (post) => {
      if (stores.draft.get() === undefined) begin(parts, post)
    },
    act: (action) => act(parts, action),
    finish(workplace) {
      finishing ??= finish(parts, workplace).finally(() => {
        finishing = undefined
      })
      return finishing
    },
    next: (post) => begin(parts, post),
    discard: (post) => discard(parts, post),
    undo: () => undo(parts),
    keep: () => stores.undoable.set(undefined),
    async freeRoom() {
      const freed = await runtime.outbox.pruneAccepted(Date.now())
      stores.trouble.set(undefined)
      return freed
    },
  }
}
