import type { ErrorCode } from '@guankou/contract/errors.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { StorageFull } from '@guankou/sync/outbox/storage.ts'
import { v7 } from 'uuid'
import { buildCommand, missingOf } from '#src/lane/build-command.ts'
import { type Draft, type DraftDefaults, isUntouched, newDraft } from '#src/lane/draft.ts'
import { type DraftAction, reduceDraft } from '#src/lane/draft-reducer.ts'
import { rememberOrigin } from '#src/lane/recent-origins.ts'
import { homeOrigin, type RulesInForce, referenceOf } from '#src/lane/reference.ts'
import type { Pace } from '#src/storage/vehicle-store.ts'
import type { FieldRuntime } from './field-runtime.ts'
import { createStore, type Store } from './store.ts'

/** For this long nothing of a fresh record leaves the phone, so that it can be taken back. */
export const holdBackMs = 5_000

/** A shift of the five-crew rotation is shorter than this. */
const shiftMs = 12 * 3_600_000

export type Outcome = {
  readonly fact: ScreeningRecorded
  readonly rules: RulesInForce
  readonly draft: Draft
  readonly finishedAtMs: number
}

export type Trouble =
  | { readonly is: 'storage-full' }
  | { readonly is: 'refused'; readonly code: ErrorCode }
  | { readonly is: 'undo-too-late' }

export type Workplace = {
  readonly content: PackContent
  readonly post: Post
  readonly lane: number
  readonly rules: RulesInForce
}

export type LaneSession = {
  readonly draft: Store<Draft | undefined>
  readonly outcome: Store<Outcome | undefined>
  /** The vehicle just recorded, while it may still be taken back. */
  readonly undoable: Store<Outcome | undefined>
  readonly trouble: Store<Trouble | undefined>
  readonly pace: Store<Pace>
  /** Makes a draft where there is none, beginning as posts here begin. */
  readonly prepare: (post: Post) => void
  readonly act: (action: DraftAction) => void
  readonly finish: (workplace: Workplace) => Promise<void>
  readonly next: (post: Post) => void
  readonly discard: (post: Post) => void
  readonly undo: () => Promise<void>
  /** Clears accepted records to make room; returns how many. */
  readonly freeRoom: () => Promise<number>
}

const defaultsAt = (post: Post, last: Draft | undefined): DraftDefaults => ({
  plateStart: '粤C',
  originCode: homeOrigin(post),
  kind: last?.kind ?? defaultKind(post),
  method: last?.method ?? 'forehead',
})

const defaultKind = (post: Post): DraftDefaults['kind'] => {
  if (post.type === 'railway') return 'train'
  if (post.type === 'airport') return 'flight'
  if (post.type === 'port') return 'ferry'
  if (post.type === 'border') return 'on-foot'
  return post.type === 'coach' ? 'coach' : 'car'
}

const newId = (ms: number): string => v7({ msecs: ms })

/** Saves drafts one after the other, and of those that pile up only the newest. */
const createSaver = (save: (draft: Draft) => Promise<void>) => {
  let waiting: Draft | undefined
  let busy: Promise<void> | undefined
  const drain = async (): Promise<void> => {
    for (let draft = waiting; draft !== undefined; draft = waiting) {
      waiting = undefined
      await save(draft).catch(() => undefined)
    }
    busy = undefined
  }
  return {
    save(draft: Draft) {
      waiting = draft
      busy ??= drain()
    },
    settled: () => busy ?? Promise.resolve(),
    drop() {
      waiting = undefined
    },
  }
}

/** Decides, and stores entry, line and end of the draft at once; the decision is the one the server repeats. */
const recordDraft = async (
  runtime: FieldRuntime,
  draft: Draft,
  { content, post, lane, rules }: Workplace,
): Promise<Outcome | Trouble> => {
  const profile = runtime.profile.get()
  if (profile === undefined) return { is: 'refused', code: 'NOT_SIGNED_IN' }
  const nowMs = Date.now()
  const command = buildCommand(draft, {
    jurisdiction: post.jurisdiction,
    postId: post.id,
    lane,
    responseId: rules.response.id,
    rulesVersion: rules.ruleSet.version,
    nowMs,
    newId,
  })
  const decided = decideScreening(referenceOf(content), command, nowMs)
  if (!decided.ok) return { is: 'refused', code: decided.refusal.code }
  const { fact } = decided
  const entry = newEntry({
    id: command.id,
    aggregateId: command.id,
    makerId: profile.accountId,
    makerName: profile.name,
    madeAtMs: nowMs,
    holdBackMs,
    command,
  })
  const line = {
    kind: fact.conveyanceKind,
    ...(fact.plate === undefined ? {} : { plate: fact.plate }),
    travellers: fact.travellers.length,
    disposition: fact.disposition,
    ruleIds: fact.ruleIds,
    rulesVersion: fact.rulesVersion,
    postId: fact.postId,
    lane: fact.lane,
  }
  try {
    await runtime.vehicles.record({ entry, line, durationMs: fact.occurredAtMs - fact.startedAtMs })
  } catch (cause) {
    if (cause instanceof StorageFull) return { is: 'storage-full' }
    throw cause
  }
  return { fact, rules, draft, finishedAtMs: nowMs }
}

const rememberOriginsOf = (runtime: FieldRuntime, draft: Draft): void => {
  const before = runtime.recentOrigins.get()
  const after = draft.travellers.reduce((recent, each) => rememberOrigin(recent, each.originCode), before)
  if (after.join() !== before.join()) void runtime.rememberOrigins(after)
}

/** Vehicles one after the other at one lane. Lives as long as the app, so that screens may come and go. */
export const createLaneSession = (runtime: FieldRuntime, restored: unknown): LaneSession => {
  const draft = createStore(restored as Draft | undefined)
  const outcome = createStore<Outcome | undefined>(undefined)
  const undoable = createStore<Outcome | undefined>(undefined)
  const trouble = createStore<Trouble | undefined>(undefined)
  const pace = createStore<Pace>({ vehicles: 0, meanSeconds: undefined })
  const saver = createSaver((next) => runtime.vehicles.saveDraft(next))
  let finishing = false

  const readPace = async (): Promise<void> => {
    const makerId = runtime.profile.get()?.accountId
    if (makerId !== undefined) pace.set(await runtime.vehicles.readPace(makerId, Date.now() - shiftMs))
  }

  const put = (next: Draft): void => {
    draft.set(next)
    if (!isUntouched(next)) saver.save(next)
  }

  const begin = (post: Post): void => {
    draft.set(newDraft(defaultsAt(post, outcome.get()?.draft ?? draft.get())))
    outcome.set(undefined)
    trouble.set(undefined)
  }

  const offerUndo = (made: Outcome): void => {
    undoable.set(made)
    setTimeout(() => {
      if (undoable.get() === made) undoable.set(undefined)
    }, holdBackMs)
  }

  const finish = async (workplace: Workplace): Promise<void> => {
    const current = draft.get()
    if (current === undefined || finishing || missingOf(current).length > 0) return
    finishing = true
    try {
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
      offerUndo(made)
      rememberOriginsOf(runtime, current)
      await runtime.sync.outboxChanged()
      await readPace()
    } finally {
      finishing = false
    }
  }

  const undo = async (): Promise<void> => {
    const made = undoable.get()
    if (made === undefined) return
    undoable.set(undefined)
    const granted = await runtime.vehicles.reopen(made.fact.id, made.draft, Date.now())
    if (!granted) {
      trouble.set({ is: 'undo-too-late' })
      return
    }
    outcome.set(undefined)
    draft.set(made.draft)
    await runtime.sync.outboxChanged()
    await readPace()
  }

  void readPace()
  return {
    draft,
    outcome,
    undoable,
    trouble,
    pace,
    prepare: (post) => {
      if (draft.get() === undefined) begin(post)
    },
    act(action) {
      const current = draft.get()
      if (current !== undefined) put(reduceDraft(current, action, Date.now()))
    },
    finish,
    next: begin,
    discard(post) {
      draft.set(undefined)
      begin(post)
      const fresh = draft.get()
      if (fresh !== undefined) saver.save(fresh)
    },
    undo,
    async freeRoom() {
      const freed = await runtime.outbox.pruneAccepted(Date.now())
      trouble.set(undefined)
      return freed
    },
  }
}
