import type { ErrorCode } from '@guankou/contract/errors.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { StorageFull } from '@guankou/sync/outbox/storage.ts'
import { v7 } from 'uuid'
import { type AskedTraveller, askedPeople } from '#src/lane/asked-people.ts'
import { buildCommand } from '#src/lane/build-command.ts'
import type { Draft } from '#src/lane/draft.ts'
import type { KnownPerson } from '#src/lane/known-vehicle.ts'
import { type RulesInForce, referenceOf } from '#src/lane/reference.ts'
import { coveredPeople } from '#src/lane/vehicle-people.ts'
import type { RecordedVehicle, VehicleLine } from '#src/storage/vehicle-store.ts'
import { declarationShown } from './declaration-shown.ts'
import type { FieldRuntime } from './field-runtime.ts'
import { withListed } from './listed-people.ts'
import { withOwnIdentities } from './own-identities.ts'

/** For this long nothing of a fresh record leaves the phone, so that it can be taken back. */
export const holdBackMs = 5_000

export type Outcome = {
  readonly fact: ScreeningRecorded
  readonly rules: RulesInForce
  readonly postName: Post['name']
  readonly draft: Draft
  /** The entry that notes its declaration as shown. */
  readonly useId?: string
  readonly finishedAtMs: number
  /** How long the entry took, without the time the vehicle stood aside. */
  readonly durationMs: number
  /** The pack that the lane works with. */
  readonly content: PackContent
  /** Who of this vehicle is to be asked for a test. */
  readonly asked: readonly AskedTraveller[]
  /** Who was aboard, covered. */
  readonly occupants: readonly KnownPerson[]
}

/** Why a finished draft is not a record; the form stays. */
export type NotRecorded =
  | { readonly is: 'storage-full' }
  | { readonly is: 'refused'; readonly code: ErrorCode }

export type Workplace = {
  readonly content: PackContent
  readonly post: Post
  readonly lane: number
  readonly rules: RulesInForce
}

const newId = (ms: number): string => v7({ msecs: ms })

/** What the records screen shows of a fact. @param people  who was aboard, covered, to be offered again */
export const lineOf = (fact: ScreeningRecorded, people: readonly KnownPerson[] = []): VehicleLine => ({
  kind: fact.conveyanceKind,
  ...(fact.plate === undefined ? {} : { plate: fact.plate }),
  ...(fact.service === undefined ? {} : { service: fact.service }),
  travellers: fact.travellers.length,
  disposition: fact.disposition,
  ruleIds: fact.ruleIds,
  rulesVersion: fact.rulesVersion,
  postId: fact.postId,
  lane: fact.lane,
  ...(people.length === 0 ? {} : { people }),
})

const store = async (runtime: FieldRuntime, vehicle: RecordedVehicle): Promise<NotRecorded | undefined> => {
  try {
    await runtime.vehicles.record(vehicle)
    return undefined
  } catch (cause) {
    if (cause instanceof StorageFull) return { is: 'storage-full' }
    throw cause
  }
}

/** What is entered, with what this phone knows besides: who was confirmed, and on which lists they stand. */
const commandOf = async (
  { outbox, matches }: FieldRuntime,
  draft: Draft,
  { content, post, lane, rules }: Workplace,
  nowMs: number,
): Promise<RecordScreening> => {
  const entered = buildCommand(draft, {
    jurisdiction: post.jurisdiction,
    postId: post.id,
    lane,
    responseId: rules.response.id,
    rulesVersion: rules.ruleSet.version,
    nowMs,
    newId,
  })
  return withListed(matches, content, await withOwnIdentities(outbox, entered))
}

/** Decides, and stores entry, shown declaration, line and end of the draft at once; the decision is the one the server repeats. */
export const recordDraft = async (
  runtime: FieldRuntime,
  draft: Draft,
  workplace: Workplace,
): Promise<Outcome | NotRecorded> => {
  const { content, post, rules } = workplace
  const profile = runtime.profile.get()
  if (profile === undefined) return { is: 'refused', code: 'NOT_SIGNED_IN' }
  const nowMs = Date.now()
  const command = await commandOf(runtime, draft, workplace, nowMs)
  const decided = decideScreening(referenceOf(content), command, nowMs)
  if (!decided.ok) return { is: 'refused', code: decided.refusal.code }
  const { fact } = decided
  const parcel = await runtime.sealParcel(command.id, command).catch(() => undefined)
  const entry = newEntry({
    id: command.id,
    aggregateId: command.id,
    makerId: profile.accountId,
    makerName: profile.name,
    madeAtMs: nowMs,
    holdBackMs,
    command,
    parcel,
  })
  const use = await declarationShown(
    runtime,
    profile,
    { fact, declarationId: draft.declarationId },
    holdBackMs,
  )
  const occupants = coveredPeople(fact.id, draft)
  const durationMs = Math.max(0, fact.occurredAtMs - fact.startedAtMs - (draft.parkedForMs ?? 0))
  const failed = await store(runtime, { entry, use, line: lineOf(fact, occupants), durationMs })
  const asked = askedPeople(content.testing, fact)
  const used = use === undefined ? {} : { useId: use.head.id }
  const made = {
    fact,
    rules,
    postName: post.name,
    draft,
    finishedAtMs: nowMs,
    content,
    asked,
    occupants,
    durationMs,
  }
  return failed ?? { ...made, ...used }
}
