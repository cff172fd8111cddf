import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import { type readTeamBoard as declared, mostCandidates } from '@guankou/contract/households/planning.ts'
import { communityRoles } from '@guankou/contract/roles.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { listCommunityAccounts } from '@guankou/db/queries/households/facts.ts'
import { readTeams } from '@guankou/db/queries/households/teams.ts'
import type { CommunityRole } from '@guankou/domain/households/household-fact.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { teamView } from '#src/use-cases/households/own-team.ts'

/** Teams of an area with their members, and the community accounts from which one is made. */
export const readTeamBoard = async (
  { db, reference }: ServerContext,
  actor: Actor,
  { area }: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const jurisdictions = reference.current().jurisdictionsIn(area)
  if (jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  return inArea(db, actor.areaCode, async (tx) => {
    const teams: OutputOf<typeof declared>['teams'] = []
    for (const team of await readTeams(tx, jurisdictions)) {
      const { jurisdiction, decided_at } = team
      teams.push({ ...(await teamView(tx, team)), jurisdiction, decidedAt: decided_at.toISOString() })
    }
    const found = await listCommunityAccounts(tx, communityRoles, mostCandidates + 1)
    const people = found
      .slice(0, mostCandidates)
      .filter(({ areaCode }) => liesIn(areaCode, area) || liesIn(area, areaCode))
      .map(({ id, role, name_zh, name_en, areaCode }) => ({
        accountId: id,
        role: role as CommunityRole,
        name: { zh: name_zh, en: name_en },
        areaCode,
      }))
    return done({ teams, people, more: found.length > mostCandidates })
  })
}
