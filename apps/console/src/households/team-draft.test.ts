import type { TeamBoard } from '@guankou/contract/households/planning.ts'
import { describe, expect, it } from 'vitest'
import {
  bodyOfDraft,
  draftOf,
  faultOf,
  mayJoin,
  nextTeamId,
  partsMissing,
} from '#src/households/team-draft.ts'

const board: TeamBoard = {
  teams: [
    {
      id: 7,
      version: 3,
      jurisdiction: 440402,
      decidedAt: '2020-02-10T00:00:00.000Z',
      name: { zh: '第七组', en: 'Team 7' },
      members: [{ accountId: 'h', role: 'community-health', name: { zh: '甲', en: 'A' } }],
      gridCellIds: [101],
    },
  ],
  people: [
    { accountId: 'h', role: 'community-health', name: { zh: '甲', en: 'A' }, areaCode: 440402 },
    { accountId: 'p', role: 'community-police', name: { zh: '乙', en: 'B' }, areaCode: 440402 },
  ],
  more: false,
}
const [team] = board.teams

describe('a team that is being put together', () => {
  it('is the next version of the team that was looked at, or the first of a new number', () => {
    const draft = draftOf(team, 440402)
    expect(bodyOfDraft(draft, team, board)).toMatchObject({ teamId: 7, version: 4, gridCellIds: [101] })
    expect(bodyOfDraft(draftOf(undefined, 440403), undefined, board)).toMatchObject({ teamId: 1, version: 1 })
    expect(nextTeamId(board, 440402)).toBe(8)
  })

  it('says which part of a visit nobody can do', () => {
    expect(partsMissing(draftOf(team, 440402), board.people)).toEqual(['street', 'police'])
  })

  it('needs both names, somebody and a grid cell', () => {
    const draft = draftOf(team, 440402)
    expect(faultOf(draft)).toBeUndefined()
    expect(faultOf({ ...draft, en: ' ' })).toBe('name')
    expect(faultOf({ ...draft, accountIds: [] })).toBe('nobody')
    expect(faultOf({ ...draft, accountIds: Array.from({ length: 10 }, String) })).toBe('too-many')
    expect(faultOf({ ...draft, gridCellIds: [] })).toBe('no-cell')
  })

  it('takes people of the district or of the city it lies in', () => {
    expect(mayJoin({ areaCode: 440400 }, 440402)).toBe(true)
    expect(mayJoin({ areaCode: 440402 }, 440402)).toBe(true)
    expect(mayJoin({ areaCode: 440403 }, 440402)).toBe(false)
  })
})
