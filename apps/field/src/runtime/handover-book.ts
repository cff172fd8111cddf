import type { ErrorCode } from '@guankou/contract/errors.ts'
import type { HandoverStep, OpenHandover } from '@guankou/contract/handovers/commands.ts'
import type { CancelReason, CloseReason, CustodySide } from '@guankou/contract/handovers/vocabulary.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { isOpenHandover } from '@guankou/domain/handovers/custody.ts'
import { decideOpening, decideStep } from '@guankou/domain/handovers/decide-handover.ts'
import { handoverIdOf, readHandoverText } from '@guankou/domain/handovers/handover-code.ts'
import { openingText, signedContent } from '@guankou/domain/handovers/signed-text.ts'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { StorageFull } from '@guankou/sync/outbox/storage.ts'
import { v7 } from 'uuid'
import {
  custodyOfKnown,
  digestKnown,
  type HandoverNotes,
  joined,
  type KnownHandover,
  withoutOld,
} from '#src/handovers/known-handover.ts'
import { referenceOf } from '#src/lane/reference.ts'
import { base64Url } from '#src/storage/device-key.ts'
import type { FieldRuntime } from './field-runtime.ts'
import { createStore, type Store } from './store.ts'

export type HandoverMade =
  | { readonly is: 'made'; readonly id: string }
  | { readonly is: 'refused'; readonly code: ErrorCode }
  | { readonly is: 'storage-full' }

export type HandoverEnd =
  | { readonly kind: 'handover.close'; readonly reason: CloseReason; readonly note: string }
  | { readonly kind: 'handover.cancel'; readonly reason: CancelReason; readonly note: string }
  | { readonly kind: 'handover.note'; readonly note: string }

/** Who is handed over, of which screening. */
export type OpeningWish = Pick<
  OpenHandover,
  'jurisdiction' | 'postId' | 'responseId' | 'screeningId' | 'people'
> & { readonly seatsPerRow: number | undefined; readonly notBeforeMs: number }

export type HandoverBook = {
  readonly notes: Store<HandoverNotes>
  readonly open: () => Promise<void>
  readonly close: () => void
  /** Asks the server, where there is a line to it. */
  readonly refresh: () => Promise<void>
  readonly start: (content: PackContent, wish: OpeningWish) => Promise<HandoverMade>
  /** Takes up what was scanned or typed. @returns the id, or undefined where it is no hand-over */
  readonly takeUp: (content: PackContent, text: string) => Promise<string | undefined>
  readonly sign: (known: KnownHandover, side: CustodySide) => Promise<HandoverMade>
  readonly end: (known: KnownHandover, wish: HandoverEnd) => Promise<HandoverMade>
  /** Asks who is handed over, covered; each of them sees that somebody looked. @returns whether the server answered */
  readonly askNames: (known: KnownHandover) => Promise<boolean>
}

const nothing: HandoverNotes = { known: [], limits: undefined }

type Own = { readonly runtime: FieldRuntime; readonly notes: Store<HandoverNotes> }

const digestOf = async (text: string): Promise<string> =>
  base64Url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

const keep = async ({ runtime, notes }: Own, next: HandoverNotes): Promise<void> => {
  const accountId = runtime.profile.get()?.accountId
  if (accountId === undefined) return
  notes.set({ ...next, known: withoutOld(next.known, Date.now()) })
  await runtime.handovers.write(accountId, notes.get())
}

const keepOne = (own: Own, one: KnownHandover): Promise<void> => {
  const { known, limits } = own.notes.get()
  return keep(own, { limits, known: [...known.filter(({ id }) => id !== one.id), one] })
}

/**
 * The entry stands in the outbox before the book says so: what the book forgets can be signed again, what is not sent cannot.
 * Facts of a hand-over count in whatever order they arrive, so that none waits for another.
 */
const store = async (
  { runtime }: Own,
  command: OpenHandover | HandoverStep,
  madeAtMs: number,
): Promise<HandoverMade> => {
  const profile = runtime.profile.get()
  if (profile === undefined) return { is: 'refused', code: 'NOT_SIGNED_IN' }
  const parcel = await runtime.sealParcel(command.id, command).catch(() => undefined)
  const entry = newEntry({
    id: command.id,
    aggregateId: command.id,
    makerId: profile.accountId,
    makerName: profile.name,
    madeAtMs,
    holdBackMs: 0,
    command,
    parcel,
  })
  try {
    await runtime.outbox.add(entry)
  } catch (cause) {
    if (cause instanceof StorageFull) return { is: 'storage-full' }
    throw cause
  }
  return { is: 'made', id: command.id }
}

const start = async (own: Own, content: PackContent, wish: OpeningWish): Promise<HandoverMade> => {
  const { notBeforeMs, seatsPerRow, ...said } = wish
  const nowMs = Math.max(Date.now(), notBeforeMs)
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1))
  const opening = {
    ...said,
    id: handoverIdOf(nowMs, random),
    occurredAt: new Date(nowMs).toISOString(),
    ...(seatsPerRow === undefined ? {} : { seatsPerRow }),
  }
  const command: OpenHandover = { kind: 'handover.open', schemaVersion: 1, ...opening }
  const decided = decideOpening(referenceOf(content), command, nowMs)
  if (!decided.ok) return { is: 'refused', code: decided.refusal.code }
  const made = await store(own, command, nowMs)
  if (made.is !== 'made') return made
  const { id, jurisdiction } = opening
  const digest = await digestOf(openingText(opening))
  const people = opening.people.filter(({ part }) => part !== 'near').length
  await keepOne(own, { id, jurisdiction, opening, scanned: { opening: digest, people }, own: [] })
  await own.runtime.sync.outboxChanged()
  return made
}

/** Decides and stores a step as the server will, on what this phone knows by now. */
const take = async (own: Own, shown: KnownHandover, command: HandoverStep): Promise<HandoverMade> => {
  const known = own.notes.get().known.find(({ id }) => id === shown.id) ?? shown
  const { runtime } = own
  const profile = runtime.profile.get()
  if (profile === undefined) return { is: 'refused', code: 'NOT_SIGNED_IN' }
  const { role, accountId } = profile
  const actor = { role, accountId, deviceId: runtime.handovers.deviceId }
  const decided = decideStep(custodyOfKnown(known), command, actor, Date.now())
  if (!decided.ok) return { is: 'refused', code: decided.refusal.code }
  const made = await store(own, command, decided.fact.atMs)
  if (made.is !== 'made') return made
  await keepOne(own, { ...known, own: [...known.own, decided.fact] })
  await runtime.sync.outboxChanged()
  return made
}

const stepOf = ({ id, jurisdiction }: KnownHandover) => {
  const nowMs = Date.now()
  return {
    schemaVersion: 1 as const,
    id: v7({ msecs: nowMs }),
    jurisdiction,
    occurredAt: new Date(nowMs).toISOString(),
    handoverId: id,
  }
}

const sign = async (own: Own, known: KnownHandover, side: CustodySide): Promise<HandoverMade> => {
  const accountId = own.runtime.profile.get()?.accountId
  if (accountId === undefined) return { is: 'refused', code: 'NOT_SIGNED_IN' }
  const step = stepOf(known)
  const opening = digestKnown(known) ?? null
  const content = signedContent({ handoverId: known.id, side, opening, accountId })
  const proof = await own.runtime.handovers.prove('handover', step.occurredAt, content)
  return take(own, known, { kind: 'handover.sign', ...step, side, opening, proof })
}

const end = (own: Own, known: KnownHandover, { note, ...wish }: HandoverEnd): Promise<HandoverMade> => {
  const said = note.trim()
  if (wish.kind === 'handover.note') return take(own, known, { ...wish, ...stepOf(known), note: said })
  return take(own, known, { ...wish, ...stepOf(known), ...(said === '' ? {} : { note: said }) })
}

const refresh = async (own: Own): Promise<void> => {
  const { runtime, notes } = own
  const profile = runtime.profile.get()
  if (profile === undefined || !navigator.onLine) return
  const answer = await runtime.handovers.listHandovers(profile.areaCode)
  if (answer.is !== 'ok' || runtime.profile.get()?.accountId !== profile.accountId) return
  const heads = await runtime.outbox.readOpen()
  const refused = new Set(heads.filter(({ state }) => state.is === 'rejected').map(({ id }) => id))
  const { handovers, limits } = answer.value
  await keep(own, { limits, known: joined(notes.get().known, handovers, refused) })
}

const takeUp = async (own: Own, content: PackContent, text: string): Promise<string | undefined> => {
  const jurisdictions = content.jurisdictions.map(({ code }) => code)
  const read = readHandoverText(text, { jurisdictions, nowMs: Date.now() })
  if (read === undefined) return undefined
  const { id, jurisdiction, opening, people } = read
  const known = own.notes.get().known.find((each) => each.id === id) ?? { id, jurisdiction, own: [] }
  const scanned = opening === null || people === null ? {} : { scanned: { opening, people } }
  await keepOne(own, { ...known, ...scanned })
  return id
}

const askNames = async (own: Own, { id, jurisdiction }: KnownHandover): Promise<boolean> => {
  const answer = await own.runtime.handovers.readHandoverNames({ jurisdiction, id })
  const known = own.notes.get().known.find((each) => each.id === id)
  if (answer.is !== 'ok' || known === undefined) return false
  await keepOne(own, { ...known, names: answer.value })
  return true
}

/** One thing after the other, so that a tap that came twice is judged by what the first has done. */
const createQueue = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <Value>(work: () => Promise<Value>): Promise<Value> => {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }
}

/** An open hand-over of the same people that was begun on this phone is gone on with, not begun again. */
const startOnce = (own: Own, content: PackContent, wish: OpeningWish): Promise<HandoverMade> => {
  const seats = ({ people }: Pick<OpeningWish, 'people'>): string =>
    people
      .map(({ seat }) => seat)
      .toSorted((a, b) => a - b)
      .join()
  const begun = own.notes
    .get()
    .known.find(
      (each) =>
        each.opening?.screeningId === wish.screeningId &&
        seats(each.opening) === seats(wish) &&
        isOpenHandover(custodyOfKnown(each)),
    )
  return begun === undefined ? start(own, content, wish) : Promise.resolve({ is: 'made', id: begun.id })
}

/** Hand-overs as this phone knows them. Lives as long as the app; what it holds lies in the vault of whoever has unlocked. */
export const createHandoverBook = (runtime: FieldRuntime): HandoverBook => {
  const notes = createStore<HandoverNotes>(nothing)
  const own: Own = { runtime, notes }
  const inTurn = createQueue()
  return {
    notes,
    async open() {
      const accountId = runtime.profile.get()?.accountId
      const held = accountId === undefined ? undefined : await runtime.handovers.read(accountId)
      notes.set((held as HandoverNotes | undefined) ?? nothing)
    },
    close: () => notes.set(nothing),
    refresh: () => refresh(own).catch(() => undefined),
    start: (content, wish) => inTurn(() => startOnce(own, content, wish)),
    takeUp: (content, text) => takeUp(own, content, text),
    sign: (known, side) => inTurn(() => sign(own, known, side)),
    end: (known, wish) => inTurn(() => end(own, known, wish)),
    askNames: (known) => askNames(own, known),
  }
}
