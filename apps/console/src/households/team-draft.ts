import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { setTeam } from '@guankou/contract/households/endpoints.ts'
import type { PlannedTeam, TeamBoard, TeamCandidate } from '@guankou/contract/households/planning.ts'
import { roleOfPart, type VisitPart, visitParts } from '@guankou/contract/households/vocabulary.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'

/** A team as it is being put together. */
export type TeamDraft = {
  readonly jurisdiction: number
  readonly zh: string
  readonly en: string
  readonly accountIds: readonly string[]
  readonly gridCellIds: readonly number[]
}

export const mostMembers = 9
export const mostCells = 50

export const draftOf = (team: PlannedTeam | undefined, jurisdiction: number): TeamDraft =>
  team === undefined
    ? { jurisdiction, zh: '', en: '', accountIds: [], gridCellIds: [] }
    : {
        jurisdiction: team.jurisdiction,
        zh: team.name.zh,
        en: team.name.en,
        accountIds: team.members.map(({ accountId }) => accountId),
        gridCellIds: team.gridCellIds,
      }

/** Whether somebody may go with a team of a district: their area is in it, or it in theirs. */
export const mayJoin = ({ areaCode }: Pick<TeamCandidate, 'areaCode'>, jurisdiction: number): boolean =>
  liesIn(jurisdiction, areaCode) || liesIn(areaCode, jurisdiction)

/** The number of a team that is not there yet: one more than the greatest of its district. */
export const nextTeamId = ({ teams }: Pick<TeamBoard, 'teams'>, jurisdiction: number): number =>
  1 + Math.max(0, ...teams.filter((team) => team.jurisdiction === jurisdiction).map(({ id }) => id))

/** Parts of a visit that nobody of the draft can do. */
export const partsMissing = (draft: TeamDraft, people: readonly TeamCandidate[]): readonly VisitPart[] =>
  visitParts.filter(
    (part) =>
      !people.some(
        ({ accountId, role }) => role === roleOfPart[part] && draft.accountIds.includes(accountId),
      ),
  )

export type DraftFault = 'name' | 'nobody' | 'too-many' | 'no-cell' | 'too-many-cells'

/** Why a draft cannot be sent yet; undefined where it can. */
export const faultOf = ({ zh, en, accountIds, gridCellIds }: TeamDraft): DraftFault | undefined => {
  if (zh.trim() === '' || en.trim() === '') return 'name'
  if (accountIds.length === 0) return 'nobody'
  if (accountIds.length > mostMembers) return 'too-many'
  if (gridCellIds.length === 0) return 'no-cell'
  return gridCellIds.length > mostCells ? 'too-many-cells' : undefined
}

/** What is sent: the next version of a team, or the first of a new one. */
export const bodyOfDraft = (
  draft: TeamDraft,
  team: PlannedTeam | undefined,
  board: TeamBoard,
): BodyOf<typeof setTeam> => ({
  jurisdiction: draft.jurisdiction,
  teamId: team?.id ?? nextTeamId(board, draft.jurisdiction),
  version: (team?.version ?? 0) + 1,
  name: { zh: draft.zh.trim(), en: draft.en.trim() },
  accountIds: [...draft.accountIds],
  gridCellIds: [...draft.gridCellIds],
})
