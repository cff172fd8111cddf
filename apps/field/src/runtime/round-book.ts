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
import { roundGroupOf } from '#src/round/round-entry.ts'
import { nothingHeld, type RoundHeld, withOpened, withRound } from '#src/round/round-held.ts'
import type { FieldRuntime } from './field-runtime.ts'
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

type Own = {
  readonly runtime: FieldRuntime
  readonly held: Store<RoundHeld>
  readonly news: Store<RoundNews>
}

const keep = async ({ runtime, held }: Own, next: RoundHeld): Promise<void> => {
  held.set(next)
  const accountId = runtime.profile.get()?.accountId
  if (accountId !== undefined) await runtime.round.write(accountId, next).catch(() => undefined)
}

const load = async ({ runtime, held, news }: Own): Promise<void> => {
  const accountId = runtime.profile.get()?.accountId
  if (accountId === undefined || held.get().accountId === accountId) return
  const stored = (await runtime.round.read(accountId).catch(() => undefined)) as RoundHeld | undefined
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
  await load(own)
  const jurisdiction = jurisdictionOf(own)
  if (jurisdiction === undefined) return
  const answer = await own.runtime.round.call(readRound, { query: { jurisdiction } })
  if (answer.is === 'refused') own.news.set({ is: 'refused', code: answer.error.code })
  if (answer.is === 'unreachable') own.news.set({ is: 'unreachable' })
  if (answer.is !== 'ok') return
  await keep(own, withRound(own.held.get(), answer.value, await rejectedIds(own), Date.now()))
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
  await load(own)
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
  await keep(own, { ...own.held.get(), own: [...own.held.get().own, fact] })
  await own.runtime.sync.outboxChanged()
  return { is: 'recorded', id, householdId: command.householdId }
}

const createRoundBook = (runtime: FieldRuntime): RoundBook => {
  const own: Own = {
    runtime,
    held: createStore<RoundHeld>(nothingHeld),
    news: createStore<RoundNews>({ is: 'not-asked' }),
  }
  // While the gate is closed nothing of anybody lies in memory; the screens load it again.
  runtime.keeper.gate.subscribe(() => {
    if (runtime.keeper.gate.get().is !== 'open') own.held.set(nothingHeld)
  })
  return {
    held: own.held,
    news: own.news,
    load: () => load(own),
    refresh: () => refresh(own),
    open: (householdId) => openOne(own, householdId),
    async search(typed) {
      const jurisdiction = jurisdictionOf(own)
      if (jurisdiction === undefined || !navigator.onLine) return []
      const answer = await runtime.round.call(findDuplicates, { body: { jurisdiction, ...typed } })
      return answer.is === 'ok' ? answer.value.found : []
    },
    record: (content, happening, householdId) => record(own, content, happening, householdId),
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
