import type { PlacesView } from '@guankou/contract/places/endpoints.ts'
import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readCrews, readGridCells } from '@guankou/db/queries/places/places.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'

/** The jurisdictions an actor sees: their own area, and what it lies in, so that names and zones are at hand. */
export const visibleJurisdictions = (
  jurisdictions: readonly Jurisdiction[],
  areaCode: number,
): Jurisdiction[] => jurisdictions.filter(({ code }) => liesIn(code, areaCode) || liesIn(areaCode, code))

/** The places of an actor's area. */
export const readPlaces = async ({ db, reference }: ServerContext, actor: Actor): Promise<PlacesView> => {
  const { jurisdictions, posts } = reference.current()
  const [crews, gridCells] = await inArea(db, actor.areaCode, async (tx) => [
    await readCrews(tx),
    await readGridCells(tx),
  ])
  const ownPosts = posts.filter((post) => liesIn(post.jurisdiction, actor.areaCode))
  const ownPostIds = new Set(ownPosts.map((post) => post.id))
  return {
    jurisdictions: visibleJurisdictions(jurisdictions, actor.areaCode),
    posts: ownPosts,
    crews: crews.filter((crew) => ownPostIds.has(crew.postId)),
    gridCells: gridCells.filter((cell) => liesIn(cell.jurisdiction, actor.areaCode)),
  }
}
