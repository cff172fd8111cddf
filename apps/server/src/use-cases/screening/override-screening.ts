import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { overrideScreening as declared } from '@guankou/contract/screening/decisions.ts'
import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import { type OverrideScreening, overrideRoles } from '@guankou/contract/screening/override.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { executeIn, lockAuditHead, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  findOverride,
  insertOverride,
  type OverridableTraveller,
} from '@guankou/db/queries/screening/overrides.ts'
import { instantMs } from '@guankou/domain/places/calendar.ts'
import {
  decideOverride,
  longestBeforeOverrideMs,
  type ScreeningOverridden,
} from '@guankou/domain/screening/override.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { changeStanding, overridesOfTraveller } from '#src/use-cases/screening/override-facts.ts'
import { overridableOf, overrideCandidates } from '#src/use-cases/screening/override-subject.ts'

export type RecordedOverride = {
  readonly id: string
  readonly recordedAtMs: number
  readonly duplicate: boolean
  readonly needsSecond: boolean
}

/** Where the words of an override belong. */
export const overrideWordsPlace = (id: string): string => `screening-override|${id}|words`

type Sealed = { readonly words: Buffer | null; readonly contentDigest: Buffer }

/** Words and digest under the key of the screening's day; null where that is destroyed. */
const sealOverride = async (
  { identity: { sealer } }: ServerContext,
  owner: { readonly jurisdiction: number; readonly day: string },
  command: OverrideScreening,
): Promise<Sealed | null> => {
  const digests = await sealer.contentDigests(owner, JSON.stringify(command))
  const contentDigest = digests?.[0]
  if (contentDigest === undefined) return null
  const { words } = command
  if (words === undefined) return { words: null, contentDigest }
  const sealed = await unlessDestroyed(sealer.sealText(owner, overrideWordsPlace(command.id), words))
  return sealed === null ? null : { words: sealed, contentDigest }
}

/** What was recorded under an id before: the same, or something else. */
const earlier = async (
  { identity }: ServerContext,
  transaction: AreaTransaction,
  command: OverrideScreening,
): Promise<Result<RecordedOverride> | undefined> => {
  const found = await findOverride(transaction, command.id)
  if (found === undefined) return undefined
  const digests = await identity.sealer.contentDigests(found, JSON.stringify(command))
  // Once the key of the day is gone nothing can tell any more what was sent.
  if (digests !== undefined && !digests.some((digest) => digest.equals(found.contentDigest)))
    return refused('COMMAND_ID_REUSED', '/id')
  const { id, recordedAt, needsSecond } = found
  return done({ id, recordedAtMs: recordedAt.getTime(), duplicate: true, needsSecond })
}

const decide = async (
  { reference, now }: ServerContext,
  transaction: AreaTransaction,
  command: OverrideScreening,
  traveller: OverridableTraveller,
): Promise<Result<ScreeningOverridden>> => {
  const ruleSet = reference
    .current()
    .response(traveller.responseId)
    ?.ruleSets.find(({ version }) => version === traveller.rulesVersion)
  if (ruleSet === undefined) return refused('UNKNOWN_RULES_VERSION')
  const recorded = {
    occurredAtMs: traveller.occurredAt.getTime(),
    disposition: traveller.disposition as Disposition,
    ruleIds: traveller.ruleIds,
  }
  const overrides = await overridesOfTraveller(transaction, traveller)
  const decided = decideOverride(command, { recorded, earlier: overrides, ruleSet }, now())
  return decided.ok ? done(decided.fact) : decided
}

type About = {
  readonly command: OverrideScreening
  readonly traveller: OverridableTraveller
  readonly fact: ScreeningOverridden
}

const write = async (
  context: ServerContext,
  transaction: AreaTransaction,
  actor: Actor,
  { command, traveller, fact }: About,
): Promise<Result<RecordedOverride>> => {
  const sealed = await sealOverride(context, traveller, command)
  if (sealed === null) return refused('IDENTITY_DESTROYED')
  const { jurisdiction, occurredAt, screeningId, seat, day, postId } = traveller
  const recordedAt = new Date(context.now())
  const { id, disposition, stood, needsSecond, madeAtMs } = fact
  const override = {
    jurisdiction,
    id,
    occurredAt,
    screeningId,
    seat,
    day,
    postId,
    madeAt: new Date(madeAtMs),
    recordedAt,
    disposition,
    stood,
    ground: command.ground,
    wordsSealed: sealed.words,
    needsSecond,
    accountId: actor.accountId,
    role: actor.role,
    deviceId: actor.deviceId,
    contentDigest: sealed.contentDigest,
  }
  const isNew = await changeStanding(transaction, traveller, {
    at: recordedAt,
    write: () => insertOverride(transaction, override),
  })
  if (!isNew) return refused('COMMAND_ID_REUSED', '/id')
  const entry = {
    accountId: actor.accountId,
    deviceId: actor.deviceId,
    action: 'screening.override',
    subject: screeningId,
    outcome: 'recorded',
    detail: `${id}, seat ${seat}, ${command.ground}${needsSecond ? ', waits for a second person' : ''}`,
  }
  await recordAudit(executeIn(transaction), jurisdiction, [entry], recordedAt.getTime())
  return done({ id, recordedAtMs: recordedAt.getTime(), duplicate: false, needsSecond })
}

type HowMade = {
  /** Whether one that repeats what stands is refused: for who sees that, and not for phones, which send late. */
  readonly mustChange: boolean
}

/** A screening may still be on another phone; after the time in which it could be overridden nobody waits for it. */
const notThere = ({ now }: ServerContext, { occurredAt }: OverrideScreening): Result<RecordedOverride> =>
  now() - (instantMs(occurredAt) ?? 0) > longestBeforeOverrideMs
    ? refused('OVERRIDE_TOO_LATE', '/occurredAt')
    : refused('UNKNOWN_SCREENING', '/about')

/**
 * Puts an override beside the disposition of a traveller: fact, counts, change and audit in one commit. A retry of what
 * is stored is a duplicate.
 */
export const overrideScreening = async (
  context: ServerContext,
  actor: Actor,
  command: OverrideScreening,
  { mustChange }: HowMade = { mustChange: false },
): Promise<Result<RecordedOverride>> => {
  if (!overrideRoles.some((role) => role === actor.role)) return refused('ROLE_NOT_ALLOWED')
  if (!mayActIn(actor, command.jurisdiction)) return refused('OUTSIDE_AREA', '/jurisdiction')
  try {
    const candidates = await overrideCandidates(context, command.about)
    return await inArea(context.db, actor.areaCode, async (transaction) => {
      const traveller = await overridableOf(transaction, candidates)
      if (traveller === undefined || traveller.jurisdiction !== command.jurisdiction)
        return (await earlier(context, transaction, command)) ?? notThere(context, command)
      await executeIn(transaction)(lockAuditHead(traveller.jurisdiction))
      // Looked for behind the lock: the same command may have been under way.
      const before = await earlier(context, transaction, command)
      if (before !== undefined) return before
      const fact = await decide(context, transaction, command, traveller)
      if (!fact.ok) return fact
      if (mustChange && fact.value.stood === command.disposition)
        return refused('OVERRIDE_CHANGES_NOTHING', '/disposition')
      return write(context, transaction, actor, { command, traveller, fact: fact.value })
    })
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    throw error
  }
}

/** The same from a console, whose command is made here. */
export const overrideFromConsole = async (
  context: ServerContext,
  actor: Actor,
  body: BodyOf<typeof declared>,
): Promise<Result<RecordedOverride>> => {
  const { screeningId, seat, disposition, ground, words } = body
  const about = { screeningId, seat }
  const nowMs = context.now()
  const traveller = await inArea(context.db, actor.areaCode, (transaction) =>
    overridableOf(transaction, [{ ...about, occurredAt: new Date(uuidTimeMs(screeningId)) }]),
  )
  if (traveller === undefined) return refused('UNKNOWN_SCREENING', '/screeningId')
  const command: OverrideScreening = {
    kind: 'screening.override',
    schemaVersion: 1,
    id: v7({ msecs: nowMs }),
    jurisdiction: traveller.jurisdiction,
    occurredAt: new Date(nowMs).toISOString(),
    about,
    disposition,
    ground,
    ...(words === undefined ? {} : { words }),
  }
  return overrideScreening(context, actor, command, { mustChange: true })
}
