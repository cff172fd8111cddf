import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readEpisodeAfter, readEpisodeAnywhere } from '@guankou/db/queries/quarantine/episodes.ts'
import { clockToleranceMs } from '@guankou/domain/screening/decide.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import type { ServerContext } from '#src/context.ts'
import { type Result, refused } from '#src/result.ts'
import { type FollowedEpisode, followEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import { cityOf } from '#src/use-cases/subject-access/open-page.ts'

/** More hand-overs than any stay has; it ends a chain that could only be a mistake of ours. */
const mostHandOvers = 20

/** The episode that a link was made for, and those of other districts that went on from it, oldest first. */
const chainOf = async (
  context: ServerContext,
  tx: AreaTransaction,
  id: string,
): Promise<FollowedEpisode[]> => {
  const reference = context.reference.current()
  const nowMs = context.now()
  const city = reference.jurisdictionsIn(cityOf(context)) ?? []
  let file = await readEpisodeAnywhere(tx, city, { occurredAt: new Date(uuidTimeMs(id)), id })
  const chain: FollowedEpisode[] = []
  while (file !== undefined && chain.length < mostHandOvers) {
    const followed = followEpisode(reference, file, nowMs)
    chain.push(followed)
    const { transfer } = followed.episode
    file = transfer?.isWithin === true ? await readEpisodeAfter(tx, transfer, followed.order.id) : undefined
  }
  return chain
}

/**
 * Finds the episode that a link opens.
 * @param atMs  when what is sent was said; left out: now   @returns refused where the link was not made here
 */
export const ownEpisode = async (
  context: ServerContext,
  secret: string,
  atMs = context.now(),
): Promise<Result<FollowedEpisode>> => {
  const link = context.quarantine.links.read(secret)
  if (link === undefined) return refused('QUARANTINE_LINK_UNKNOWN', '/secret')
  const chain = await inArea(context.db, cityOf(context), (tx) => chainOf(context, tx, link.quarantineId))
  const [first, ...later] = chain
  // Whoever took the person over replaces every link of before, too.
  const isReplaced =
    (first?.episode.linksReplaced ?? 0) > link.replaced ||
    later.some(({ episode }) => episode.linksReplaced > 0)
  if (isReplaced) return refused('QUARANTINE_LINK_REPLACED', '/secret')
  const then = chain.findLast(({ order }) => order.orderedAtMs <= atMs + clockToleranceMs) ?? first
  return then === undefined ? refused('QUARANTINE_LINK_UNKNOWN', '/secret') : { ok: true, value: then }
}
