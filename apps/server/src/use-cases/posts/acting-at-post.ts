import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  type OfficerRead,
  readDispatchedPosts,
  readMovements,
  readOfficers,
} from '@guankou/db/queries/posts/post-facts.ts'
import { instantMs } from '@guankou/domain/places/calendar.ts'
import type { KeptFact } from '@guankou/domain/posts/kept-fact.ts'
import { isReinforcing, longestReinforcementMs, mayArrive } from '@guankou/domain/posts/reinforcement.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { keptOf } from '#src/use-cases/posts/stored-facts.ts'

/** A post in the area of another actor, with what says who was sent there. */
type ElsewherePost = { readonly jurisdiction: number; readonly postId: number }

/** Records come late from phones that were off; a dispatch is looked for that long after its end. */
const lateMs = 7 * 86_400_000

const movementsAt = (context: ServerContext, { jurisdiction, postId }: ElsewherePost, sinceMs: number) =>
  inArea(context.db, jurisdiction, async (tx: AreaTransaction): Promise<readonly KeptFact[]> => {
    const rows = await readMovements(tx, { jurisdiction, postId, since: new Date(sinceMs) })
    return rows.map(keptOf)
  })

/** A dispatch that names an actor and is not over. */
type NamedDispatch = ElsewherePost & { readonly id: string; readonly until: string }

/** Where an actor has been sent to, in the own area or outside it, as of now. */
export const dispatchesOf = async (
  context: ServerContext,
  actor: Actor,
): Promise<readonly NamedDispatch[]> => {
  const nowMs = context.now()
  const since = new Date(nowMs - longestReinforcementMs)
  const named = await readDispatchedPosts(context.db.query, actor.accountId, since)
  const found = await Promise.all(
    named.map(async (post) => {
      const facts = await movementsAt(context, post, since.getTime())
      return facts.flatMap(({ id, happening }): readonly NamedDispatch[] =>
        happening.is === 'reinforcement-sent' &&
        mayArrive(facts, actor.accountId, { sentId: id, atMs: nowMs })
          ? [{ ...post, id, until: happening.until }]
          : [],
      )
    }),
  )
  return found.flat()
}

/** Whether an actor works at a post outside their area now, as a reinforcement. */
export const worksElsewhere = async (
  context: ServerContext,
  actor: Actor,
  post: ElsewherePost,
): Promise<boolean> => {
  const nowMs = context.now()
  const facts = await movementsAt(context, post, nowMs - longestReinforcementMs)
  return isReinforcing(facts, actor.accountId, nowMs)
}

/**
 * Who came to a post or sent somebody there from another area, as far as its facts name them: the crew they work with, and
 * its lead, have to know who they are.
 * @param facts  of one post that the actor may see   @param known  found in the area already
 */
export const officersFromElsewhere = (
  { db }: ServerContext,
  facts: readonly KeptFact[],
  known: ReadonlySet<string>,
): Promise<readonly OfficerRead[]> => {
  // What somebody wrote of others is not asked for: only who recorded here, and whom a dispatch named that was let through.
  const named = facts.flatMap(({ makerId, happening }) =>
    happening.is === 'reinforcement-sent' ? [makerId, ...happening.officerIds] : [makerId],
  )
  return readOfficers(
    db.query,
    [...new Set(named)].filter((id) => !known.has(id)),
  )
}

type NamedPlace = {
  readonly jurisdiction?: unknown
  readonly postId?: unknown
  readonly occurredAt?: unknown
  readonly happening?: { readonly is?: unknown; readonly sentId?: unknown }
}

/** Finds the movements of a post once per push. */
export type FindMovements = (post: ElsewherePost) => Promise<readonly KeptFact[]>

export const movementsFinder = (context: ServerContext): FindMovements => {
  const found = new Map<string, Promise<readonly KeptFact[]>>()
  const sinceMs = context.now() - longestReinforcementMs - lateMs
  return (post) => {
    const key = `${post.jurisdiction} ${post.postId}`
    const known = found.get(key)
    if (known !== undefined) return known
    const movements = movementsAt(context, post, sinceMs)
    found.set(key, movements)
    return movements
  }
}

/**
 * The actor that a command of a phone is judged for. Who was sent to a post of another area and has arrived acts there
 * as one of that post until they leave or the dispatch ends; the command of arriving itself counts too. In every
 * other case it is the actor as they are, and what they may not do is refused as ever.
 */
export const actorAtPost = async (
  { reference }: ServerContext,
  actor: Actor,
  command: unknown,
  find: FindMovements,
): Promise<Actor> => {
  const { jurisdiction, postId, occurredAt, happening } = (command ?? {}) as NamedPlace
  if (typeof jurisdiction !== 'number' || typeof postId !== 'number' || typeof occurredAt !== 'string')
    return actor
  const post = reference.current().post(postId)
  const atMs = instantMs(occurredAt)
  if (post?.jurisdiction !== jurisdiction || atMs === undefined || mayActIn(actor, jurisdiction)) return actor
  if (actor.role !== 'inspector' && actor.role !== 'post-lead') return actor
  const facts = await find({ jurisdiction, postId })
  const { is, sentId } = happening ?? {}
  const arrives =
    is === 'reinforcement-arrived' &&
    typeof sentId === 'string' &&
    mayArrive(facts, actor.accountId, { sentId, atMs })
  // Under the lead of the post: who leads at home is one of the crew here.
  return arrives || isReinforcing(facts, actor.accountId, atMs)
    ? { ...actor, areaCode: jurisdiction, role: 'inspector' }
    : actor
}
