import type { RecordPostFact } from '@guankou/contract/posts/record-post-fact.ts'
import { crewRoles } from '@guankou/contract/posts/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  findPostFact,
  insertPostFact,
  readOfficers,
  type StoredPostFact,
} from '@guankou/db/queries/posts/post-facts.ts'
import { daySlotOf, instantMs } from '@guankou/domain/places/calendar.ts'
import { decidePostFact, type PostFactRecorded } from '@guankou/domain/posts/decide-post-fact.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import { KeyServiceUnavailableError } from '#src/identity/key-service.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { sealParts } from '#src/use-cases/posts/sealed-parts.ts'

export type RecordedPostFact = {
  readonly id: string
  readonly recordedAtMs: number
  readonly duplicate: boolean
}

/** Keyed by day: temperatures are few, and a plain digest of one could be tried out. */
const digestOf = async (
  { identity }: ServerContext,
  owner: { jurisdiction: number; day: string },
  content: string,
) => {
  // Makes the key of the day where this is the first of it.
  await identity.sealer.digestText(owner, 'post-fact', '')
  const [digest] = (await identity.sealer.contentDigests(owner, content)) ?? []
  if (digest === undefined) throw new DayKeyDestroyedError(owner)
  return digest
}

const storedOf = async (
  context: ServerContext,
  actor: Actor,
  fact: PostFactRecorded,
  content: string,
): Promise<StoredPostFact> => ({
  jurisdiction: fact.jurisdiction,
  id: fact.id,
  occurredAt: new Date(fact.occurredAtMs),
  recordedAt: new Date(context.now()),
  day: fact.day,
  postId: fact.postId,
  kind: fact.happening.is,
  ...(await sealParts(context.identity.sealer, fact)),
  byLead: fact.byLead,
  accountId: actor.accountId,
  deviceId: actor.deviceId,
  contentDigest: await digestOf(context, { jurisdiction: fact.jurisdiction, day: fact.day }, content),
})

/** What was recorded under an id before: the same, or something else. */
const earlier = async (
  context: ServerContext,
  actor: Actor,
  command: RecordPostFact,
): Promise<Result<RecordedPostFact> | undefined> => {
  const { jurisdiction, id } = command
  const found = await inArea(context.db, actor.areaCode, (tx) => findPostFact(tx, jurisdiction, id))
  const place = context.reference.current().jurisdiction(jurisdiction)
  const atMs = instantMs(command.occurredAt)
  if (found === undefined || place === undefined || atMs === undefined) return undefined
  const owner = { jurisdiction, day: daySlotOf(place.timeZone, atMs).day }
  const digests = (await context.identity.sealer.contentDigests(owner, JSON.stringify(command))) ?? []
  if (!digests.some((digest) => digest.equals(found.contentDigest)))
    return refused('COMMAND_ID_REUSED', '/id')
  return done({ id, recordedAtMs: found.recordedAt.getTime(), duplicate: true })
}

/** Fact and audit in one commit. */
const write = ({ db }: ServerContext, actor: Actor, fact: StoredPostFact) =>
  inArea(db, actor.areaCode, async (tx): Promise<'written' | 'known' | 'unknown-officer'> => {
    const named = (fact.happening as { officerIds?: readonly string[] }).officerIds ?? []
    const officers = (await readOfficers(tx, named)).filter(({ role }) =>
      (crewRoles as readonly string[]).includes(role),
    )
    // Whoever sends has to answer for both ends: who is sent lies in their area, and so does the post.
    if (officers.length < new Set(named).size) return 'unknown-officer'
    if (!(await insertPostFact(tx, fact))) return 'known'
    const { accountId, deviceId } = actor
    const entry = {
      accountId,
      deviceId,
      action: 'posts.record',
      subject: fact.id,
      outcome: 'recorded',
      detail: `${fact.kind} at post ${fact.postId}`,
    }
    await recordAudit(executeIn(tx), fact.jurisdiction, [entry], fact.recordedAt.getTime())
    return 'written'
  })

const isWellFormed = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.isWellFormed()
    : typeof value !== 'object' || value === null || Object.values(value).every(isWellFormed)

const record = async (
  context: ServerContext,
  actor: Actor,
  command: RecordPostFact,
): Promise<Result<RecordedPostFact>> => {
  const decided = decidePostFact(context.reference.current(), command, actor, context.now())
  if (!decided.ok) return (await earlier(context, actor, command)) ?? decided
  const fact = await storedOf(context, actor, decided.fact, JSON.stringify(command))
  const written = await write(context, actor, fact)
  if (written === 'unknown-officer')
    return (await earlier(context, actor, command)) ?? refused('UNKNOWN_OFFICER', '/happening/officerIds')
  if (written === 'written')
    return done({ id: fact.id, recordedAtMs: fact.recordedAt.getTime(), duplicate: false })
  return (await earlier(context, actor, command)) ?? refused('COMMAND_ID_REUSED', '/id')
}

/**
 * Records something in the running of a post. A retry of what is stored is a duplicate even where the posts or lanes of
 * today would refuse it.
 */
export const recordPostFact = async (
  context: ServerContext,
  actor: Actor,
  command: RecordPostFact,
): Promise<Result<RecordedPostFact>> => {
  if (!mayActIn(actor, command.jurisdiction)) return refused('OUTSIDE_AREA', '/jurisdiction')
  if (!isWellFormed(command.happening)) return refused('TEXT_NOT_WELL_FORMED', '/happening')
  try {
    return await record(context, actor, command)
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    if (error instanceof KeyServiceUnavailableError) return refused('KEY_SERVICE_UNAVAILABLE')
    if (error instanceof DayKeyDestroyedError) return refused('OUTSIDE_COLLECTION', '/occurredAt')
    throw error
  }
}
