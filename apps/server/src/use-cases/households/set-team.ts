import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { setTeam as declared } from '@guankou/contract/households/endpoints.ts'
import { communityRoles } from '@guankou/contract/roles.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { hasGridCell, readCommunityAccounts } from '@guankou/db/queries/households/facts.ts'
import { insertTeam, latestTeamVersion } from '@guankou/db/queries/households/teams.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { roundsMoved } from '#src/use-cases/households/rounds-moved.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

/** Adds the next version of a team. */
export const setTeam = (
  { db, now }: ServerContext,
  actor: Actor,
  body: BodyOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const { jurisdiction, teamId, version, name, accountIds, gridCellIds } = body
  return inArea(db, actor.areaCode, async (tx): Promise<Result<OutputOf<typeof declared>>> => {
    if (!name.zh.isWellFormed() || !name.en.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/name')
    for (const id of gridCellIds)
      if (!(await hasGridCell(tx, jurisdiction, id))) return refused('UNKNOWN_GRID_CELL', '/gridCellIds')
    const members = await readCommunityAccounts(tx, accountIds, communityRoles)
    const areHere = members.every(
      ({ areaCode }) => liesIn(jurisdiction, areaCode) || liesIn(areaCode, jurisdiction),
    )
    if (members.length < accountIds.length || !areHere) return refused('NOT_A_TEAM_MEMBER', '/accountIds')
    const team = {
      jurisdiction,
      id: teamId,
      version,
      name_zh: name.zh,
      name_en: name.en,
      account_ids: accountIds,
      grid_cell_ids: gridCellIds,
      decided_at: new Date(now()),
      decided_by: actor.accountId,
    }
    const isNext = (await latestTeamVersion(tx, jurisdiction, teamId)) === version - 1
    if (!isNext || !(await insertTeam(tx, team))) return refused('TEAM_OVERTAKEN', '/version')
    const detail = `version ${version}: ${accountIds.length} people, ${gridCellIds.length} grid cells`
    const act = { action: 'households.set-team', subject: `team ${teamId}`, outcome: 'done', detail }
    await auditIdentity(tx, actor, act, now())
    await roundsMoved(tx, jurisdiction, team.decided_at)
    return done({ teamId, version })
  })
}
