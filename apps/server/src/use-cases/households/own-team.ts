import type { CommunityTeam } from '@guankou/contract/households/endpoints.ts'
import type { Response } from '@guankou/contract/responses/response.ts'
import { communityRoles } from '@guankou/contract/roles.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { readCommunityAccounts } from '@guankou/db/queries/households/facts.ts'
import { readTeams, type TeamRead } from '@guankou/db/queries/households/teams.ts'
import type { RoundTeam } from '@guankou/domain/households/divide-round.ts'
import type { CommunityRole } from '@guankou/domain/households/household-fact.ts'
import type { Actor } from '#src/actor.ts'

export const roundTeamOf = (team: TeamRead): RoundTeam => ({
  id: team.id,
  accountIds: team.account_ids,
  gridCellIds: team.grid_cell_ids,
})

export type TeamsHere = { readonly own: TeamRead; readonly all: readonly TeamRead[] }

/** The team of an actor among those of a jurisdiction; the first by number where they are in several. */
export const findTeams = async (
  tx: AreaTransaction,
  actor: Actor,
  jurisdiction: number,
): Promise<TeamsHere | undefined> => {
  const all = await readTeams(tx, [jurisdiction])
  const own = all.find(({ account_ids }) => account_ids.includes(actor.accountId))
  return own === undefined ? undefined : { own, all }
}

export const teamView = async (tx: AreaTransaction, team: TeamRead): Promise<CommunityTeam> => {
  const accounts = await readCommunityAccounts(tx, team.account_ids, communityRoles)
  return {
    id: team.id,
    version: team.version,
    name: { zh: team.name_zh, en: team.name_en },
    members: accounts.map(({ id, role, name_zh, name_en }) => ({
      accountId: id,
      role: role as CommunityRole,
      name: { zh: name_zh, en: name_en },
    })),
    gridCellIds: team.grid_cell_ids,
  }
}

/** The response that visits are recorded for: of those that collect on a day, the one that began last. */
export const responseOn = (responses: readonly Response[], day: string): Response | undefined =>
  responses
    .filter(({ collectionFrom, collectionUntil }) => collectionFrom <= day && day <= collectionUntil)
    .toSorted((a, b) => b.collectionFrom.localeCompare(a.collectionFrom))[0]
