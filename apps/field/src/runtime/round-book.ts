import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { ErrorCode } from '@guankou/contract/errors.ts'
import { findDuplicates, readHousehold, readRound } from '@guankou/contract/households/endpoints.ts'
import type {
  HouseholdHappening,
  RecordHouseholdFact,
} from '@guankou/contract/households/record-household-fact.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { decideHouseholdFact } from '@guankou/domain/households/decide-household-fact.ts'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { StorageFull } from '@guankou/sync/outbox/storage.ts'
import { v7 } from 'uuid'
import { referenceOf } from '#src/lane/reference.ts'
import { offeredSubject } from '#src/pairing/offered-subject.ts'
import { freshDrafts, type RoundDrafts, withDraft, withoutParts } from '#src/round/round-drafts.ts'
import { roundGroupOf } from '#src/round/round-entry.ts'
import { nothingHeld, type RoundHeld, withOpened, withRound } from '#src/round/round-held.ts'
import type { FieldRuntime } from './field-runtime.ts'
import { oncePerTap } from './once-per-tap.ts'
import { createStore, type Store } from './store.ts'

export type RoundMade =
  | { readonly is: 'recorded'; readonly id: string; readonly householdId: string }
  | { readonly is: 'refused'; readonly code: ErrorCode }
  | { readonly is: 'storage-full' }

/** Why what is shown is not fresh. */
export type RoundNews =
  | { readonly is: 'fresh' | 'unreachable' | 'not-asked' }
  | { readonly is: 'refused'; readonly code: ErrorCode }

export type FoundElsewhere = OutputOf<typeof findDuplicates>['found'][number]

/** What the phone knows and says of the doors of its team. */
export type RoundBook = {
  readonly held: Store<RoundHeld>
  readonly news: Store<RoundNews>
  /** What is being entered, so that no other screen, lock or reload loses it. */
  readonly drafts: Store<RoundDrafts>
  /** @param value  left out where it was recorded or given up */
  readonly keepDraft: (place: string, value?: unknown) => void
  readonly load: () => Promise<void>
  /** Asks the server; what is on the phone stays where it does not answer. */
  readonly refresh: () => Promise<void>
  /** Asks for one household besides the doors of the round. @returns whether it is at hand now */
  readonly open: (householdId: string) => Promise<boolean>
  /** @returns nothing without a network */
  readonly search: (
    typed: Omit<BodyOf<typeof findDuplicates>, 'jurisdiction'>,
  ) => Promise<readonly FoundElsewhere[]>
  /** @param householdId  left out for a door that nobody knows yet */
  readonly record: (
    content: PackContent,
    happening: HouseholdHappening,
    householdId?: string,
  ) => Promise<RoundMade>
}

/** What the book needs of the phone. */
export type BookPhone = Pick<FieldRuntime, 'profile' | 'outbox' | 'sealParcel' | 'sync' | 'round'> & {
  readonly keeper: Pick<FieldRuntime['keeper'], 'gate'>
}

type Own = {
  readonly runtime: BookPhone
  readonly held: Store<RoundHeld>
  readonly news: Store<RoundNews>
  readonly drafts: Store<RoundDrafts>
  /** One at a time: what is recorded while another one reads would be overwritten. */
  readonly load: () => Promise<void>
}

/** Runs what it is given one after the other. */
const inTurn = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act, act)
    last = turn
    return turn
  }
}

const keep = async ({ runtime, held }: Own, next: RoundHeld): Promise<void> => {
  held.set(next)
  const accountId = runtime.profile.get()?.accountId
  if (accountId !== undefined) await runtime.round.write(accountId, next).catch(() => undefined)
}

const load = async ({ runtime, held, news, drafts }: Omit<Own, 'load'>): Promise<void> => {
  const accountId = runtime.profile.get()?.accountId
  if (accountId === undefined || held.get().accountId === accountId) return
  const stored = (await runtime.round.read(accountId).catch(() => undefined)) as RoundHeld | undefined
  const kept = await runtime.round.drafts.read(accountId).catch(() => undefined)
  if (runtime.profile.get()?.accountId !== accountId) return
  drafts.set(freshDrafts(kept, Date.now()))
  held.set({ ...nothingHeld, ...stored, accountId })
  news.set({ is: 'not-asked' })
}

const jurisdictionOf = ({ runtime, held }: Own): number | undefined =>
  held.get().round?.jurisdiction ?? runtime.profile.get()?.areaCode

const rejectedIds = async ({ runtime }: Own): Promise<ReadonlySet<string>> => {
  const open = await runtime.outbox.readOpen()
  return new Set(open.filter(({ state }) => state.is === 'rejected').map(({ id }) => id))
}

const refresh = async (own: Own): Promise<void> => {
  await own.load()
  const jurisdiction = jurisdictionOf(own)
  if (jurisdiction === undefined) return
  const answer = await own.runtime.round.call(readRound, { query: { jurisdiction } })
  if (answer.is === 'refused') own.news.set({ is: 'refused', code: answer.error.code })
  if (answer.is === 'unreachable') own.news.set({ is: 'unreachable' })
  if (answer.is !== 'ok') return
  // What is held is looked at last: something may be recorded while the outbox is read.
  const rejected = await rejectedIds(own)
  const known = own.held.get().round
  // Of two answers that overtook each other the older one tells nothing.
  if (known !== undefined && known.asOf > answer.value.asOf) return
  await keep(own, withRound(own.held.get(), answer.value, rejected, Date.now()))
  own.news.set({ is: 'fresh' })
}

const openOne = async (own: Own, householdId: string): Promise<boolean> => {
  const jurisdiction = jurisdictionOf(own)
  if (jurisdiction === undefined) return false
  const answer = await own.runtime.round.call(readHousehold, { query: { jurisdiction, householdId } })
  if (answer.is === 'ok') await keep(own, withOpened(own.held.get(), answer.value))
  return answer.is === 'ok'
}

type Profile = NonNullable<ReturnType<FieldRuntime['profile']['get']>>

const storeEntry = async (
  { runtime }: Own,
  profile: Profile,
  command: RecordHouseholdFact,
  nowMs: number,
): Promise<boolean> => {
  const parcel = await runtime.sealParcel(command.id, command).catch(() => undefined)
  const entry = newEntry({
    id: command.id,
    // Facts of a household count in whatever order they arrive, so that none waits for another.
    aggregateId: roundGroupOf(command.id),
    makerId: profile.accountId,
    makerName: profile.name,
    madeAtMs: nowMs,
    holdBackMs: 0,
    command,
    parcel,
  })
  try {
    await runtime.outbox.add(entry)
    return true
  } catch (cause) {
    if (cause instanceof StorageFull) return false
    throw cause
  }
}

/** Decides on the phone as the server will, stores the entry, and adds the fact to what is shown. */
const record = async (
  own: Own,
  content: PackContent,
  happening: HouseholdHappening,
  householdId: string | undefined,
): Promise<RoundMade> => {
  await own.load()
  const profile = own.runtime.profile.get()
  const { round } = own.held.get()
  if (profile === undefined) return { is: 'refused', code: 'NOT_SIGNED_IN' }
  if (round === undefined) return { is: 'refused', code: 'NOT_IN_A_TEAM' }
  const nowMs = Date.now()
  const id = v7({ msecs: nowMs })
  const command: RecordHouseholdFact = {
    kind: 'households.record',
    schemaVersion: 1,
    id,
    jurisdiction: round.jurisdiction,
    householdId: householdId ?? id,
    occurredAt: new Date(nowMs).toISOString(),
    responseId: round.responseId,
    happening,
  }
  const decided = decideHouseholdFact(referenceOf(content), command, profile, nowMs)
  if (!decided.ok) return { is: 'refused', code: decided.refusal.code }
  if (!(await storeEntry(own, profile, command, nowMs))) return { is: 'storage-full' }
  const { jurisdiction: _, day: __, ...fact } = decided.fact
  if (happening.is === 'visit-opened' || happening.is === 'door-outcome')
    own.drafts.set(withoutParts(own.drafts.get(), command.householdId))
  await keep(own, { ...own.held.get(), own: [...own.held.get().own, fact] })
  await own.runtime.sync.outboxChanged()
  return { is: 'recorded', id, householdId: command.householdId }
}

/** Keeps drafts under the vault of whoever has unlocked, of many changes the newest. */
const draftKeeper = ({ runtime, drafts }: Own) => {
  const turn = inTurn()
  let isWaiting = false
  return (): void => {
    const accountId = runtime.profile.get()?.accountId
    if (accountId === undefined || isWaiting) return
    isWaiting = true
    void turn(async () => {
      isWaiting = false
      await runtime.round.drafts.write(accountId, drafts.get()).catch(() => undefined)
    })
  }
}

export const createRoundBook = (runtime: BookPhone): RoundBook => {
  const stores = {
    runtime,
    held: createStore<RoundHeld>(nothingHeld),
    news: createStore<RoundNews>({ is: 'not-asked' }),
    drafts: createStore<RoundDrafts>({}),
  }
  const loadTurn = inTurn()
  const own: Own = { ...stores, load: () => loadTurn(() => load(stores)) }
  const once = oncePerTap<Promise<RoundMade>>()
  const saveDrafts = draftKeeper(own)
  // While the gate is closed nothing of anybody lies in memory; the screens load it again.
  runtime.keeper.gate.subscribe(() => {
    if (runtime.keeper.gate.get().is === 'open') return
    own.held.set(nothingHeld)
    own.drafts.set({})
    offeredSubject.set(undefined)
  })
  return {
    held: own.held,
    news: own.news,
    drafts: own.drafts,
    keepDraft(place, value) {
      own.drafts.set(withDraft(own.drafts.get(), place, value, Date.now()))
      saveDrafts()
    },
    load: own.load,
    refresh: () => refresh(own),
    open: (householdId) => openOne(own, householdId),
    async search(typed) {
      const jurisdiction = jurisdictionOf(own)
      if (jurisdiction === undefined || !navigator.onLine) return []
      const answer = await runtime.round.call(findDuplicates, { body: { jurisdiction, ...typed } })
      return answer.is === 'ok' ? answer.value.found : []
    },
    record: (content, happening, householdId) =>
      once(JSON.stringify([happening, householdId]), async () => {
        const made = await record(own, content, happening, householdId)
        saveDrafts()
        return made
      }),
  }
}

const books = new WeakMap<FieldRuntime, RoundBook>()

/** The book of a phone, made when the first screen of a round opens: who stands at a post never loads it. */
export const roundBookOf = (runtime: FieldRuntime): RoundBook => {
  const known = books.get(runtime)
  if (known !== undefined) return known
  const made = createRoundBook(runtime)
  books.set(runtime, made)
  return made
}
