import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { readCrewHealth as declared } from '@guankou/contract/posts/endpoints.ts'
import type { ShownHappening } from '@guankou/contract/posts/record-post-fact.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readCheckedIn } from '@guankou/db/queries/posts/post-facts.ts'
import { longestPresenceMs } from '@guankou/domain/posts/presence.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { openParts } from '#src/use-cases/posts/sealed-parts.ts'

/** What officers of a post found of themselves on coming; of those whose key is gone, nothing. */
export const readCrewHealth = async (
  context: ServerContext,
  actor: Actor,
  { postId }: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const post = context.reference.current().post(postId)
  if (post === undefined) return refused('UNKNOWN_POST', '/postId')
  if (!mayActIn(actor, post.jurisdiction)) return refused('OUTSIDE_AREA', '/postId')
  const nowMs = context.now()
  const { jurisdiction } = post
  return inArea(context.db, actor.areaCode, async (tx) => {
    const from = new Date(nowMs - longestPresenceMs)
    const rows = await readCheckedIn(tx, { jurisdiction, postId, from })
    const checks = await Promise.all(
      rows.map(async (row) => {
        const happening = row.happening as ShownHappening
        if (happening.is !== 'clocked-in') return []
        const { health: found } = await openParts(context.identity.sealer, row)
        const health = happening.health.is === 'skipped' ? happening.health : found
        const occurredAt = row.occurredAt.toISOString()
        return health === undefined ? [] : [{ factId: row.id, officerId: row.accountId, occurredAt, health }]
      }),
    )
    return done({ asOf: new Date(nowMs).toISOString(), checks: checks.flat() })
  })
}
