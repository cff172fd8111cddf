import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { listSendableOfficers as declared } from '@guankou/contract/posts/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readPostFacts, readPostOfficers } from '@guankou/db/queries/posts/post-facts.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { standingAt } from '@guankou/domain/posts/kept-fact.ts'
import { presencesAt } from '@guankou/domain/posts/presence.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { officerShown } from '#src/use-cases/posts/read-post.ts'
import { factWindow, keptOf } from '#src/use-cases/posts/stored-facts.ts'

const mostShown = 2_000

/** Officers of an area who work at posts, and where they are on now. */
export const listOfficers = async (
  { reference, db, now }: ServerContext,
  actor: Actor,
  { area }: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const jurisdictions = reference.current().jurisdictionsIn(area)
  if (jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  const nowMs = now()
  return inArea(db, actor.areaCode, async (tx) => {
    const rows = (await readPostOfficers(tx, mostShown)).filter((row) => liesIn(row.area_code, area))
    const facts = (await readPostFacts(tx, jurisdictions, factWindow(nowMs))).map(keptOf)
    const at = new Map(
      presencesAt(standingAt(facts, nowMs), nowMs).map(({ officerId, postId }) => [officerId, postId]),
    )
    return done({
      asOf: new Date(nowMs).toISOString(),
      officers: rows.map((row) => ({
        ...officerShown(row),
        role: row.role === 'post-lead' ? ('post-lead' as const) : ('inspector' as const),
        atPostId: at.get(row.id) ?? null,
      })),
    })
  })
}
