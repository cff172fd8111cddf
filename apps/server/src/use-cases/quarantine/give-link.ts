import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { readQuarantineLink } from '@guankou/contract/quarantine/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readEpisode } from '@guankou/db/queries/quarantine/episodes.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { episodeKey, followEpisode } from '#src/use-cases/quarantine/episode-scope.ts'

/** The secret of the link by which somebody reports, while there is anything to report. */
export const giveLink = (
  context: ServerContext,
  actor: Actor,
  { jurisdiction, id }: BodyOf<typeof readQuarantineLink>,
): Promise<Result<OutputOf<typeof readQuarantineLink>>> =>
  inArea(context.db, actor.areaCode, async (tx) => {
    const nowMs = context.now()
    const file = await readEpisode(tx, episodeKey(jurisdiction, id))
    if (file === undefined) return refused('UNKNOWN_QUARANTINE')
    const { episode } = followEpisode(context.reference.current(), file, nowMs)
    if (!isOpenEpisode(episode)) return refused('QUARANTINE_OVER')
    const act = { action: 'quarantine.link', subject: id, outcome: 'done', detail: null }
    await auditIdentity(tx, actor, act, nowMs)
    return done({ secret: context.quarantine.links.secretOf(id, episode.linksReplaced) })
  })
