import type { MatchListView } from '@guankou/contract/matching/endpoints.ts'
import { keptLists } from '@guankou/contract/matching/match-list.ts'
import { matchReasons } from '@guankou/contract/matching/reasons.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readListViews } from '@guankou/db/queries/matching/read-lists.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result } from '#src/result.ts'
import { jurisdictionsOf } from '#src/use-cases/identity/look-up-person.ts'

type Row = Awaited<ReturnType<typeof readListViews>>[number]

const viewOf = (row: Row): MatchListView => ({
  id: row.id,
  jurisdiction: row.jurisdiction,
  title: { zh: row.titleZh, en: row.titleEn },
  importedAt: row.importedAt.toISOString(),
  until: row.until.toISOString(),
  plates: row.plates,
  documents: row.documents,
  reasons: matchReasons.filter((reason) => row.reasons.includes(reason)),
  kept: keptLists.find((kept) => kept === row.keptFor) ?? null,
  ended:
    row.endedAt === null
      ? null
      : { at: row.endedAt.toISOString(), ground: row.ground === 'replaced' ? 'replaced' : 'withdrawn' },
})

export const listMatchLists = async (
  context: ServerContext,
  actor: Actor,
): Promise<Result<{ lists: MatchListView[] }>> => {
  const rows = await inArea(context.db, actor.areaCode, (tx) =>
    readListViews(tx, jurisdictionsOf(context, actor.areaCode)),
  )
  return done({ lists: rows.map(viewOf) })
}
