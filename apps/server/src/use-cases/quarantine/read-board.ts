import type { QueryOf } from '@guankou/contract/endpoint.ts'
import { mostQuarantines, type readQuarantineBoard } from '@guankou/contract/quarantine/endpoints.ts'
import type { QuarantineBoard } from '@guankou/contract/quarantine/views.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readEpisodes } from '@guankou/db/queries/quarantine/episodes.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import {
  endingsOf,
  inOrderOfDue,
  listedSince,
  quarantineLineOf,
} from '#src/use-cases/quarantine/board-lines.ts'
import { followEpisode } from '#src/use-cases/quarantine/episode-scope.ts'

/** Quarantine in an area: every open episode and those of the last weeks, the overdue ones first. Names nobody. */
export const readBoard = async (
  context: ServerContext,
  actor: Actor,
  { area }: QueryOf<typeof readQuarantineBoard>,
): Promise<Result<QuarantineBoard>> => {
  const reference = context.reference.current()
  const jurisdictions = reference.jurisdictionsIn(area)
  if (jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  const nowMs = context.now()
  const files = await inArea(context.db, actor.areaCode, (tx) =>
    readEpisodes(tx, jurisdictions, { since: listedSince(nowMs), limit: mostQuarantines + 1 }),
  )
  const lines = inOrderOfDue(
    files
      .slice(0, mostQuarantines)
      .map((file) => quarantineLineOf(reference, followEpisode(reference, file, nowMs))),
  )
  return done({
    asOf: new Date(nowMs).toISOString(),
    lines,
    open: lines.filter(isOpenEpisode).length,
    overdue: lines.filter(({ overdue }) => overdue).length,
    endings: endingsOf(lines),
    more: files.length > mostQuarantines,
  })
}
