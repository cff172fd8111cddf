import { type Door, divideWalk, planWalk, secondsAtDoor } from '#src/households/plan-round.ts'

export type RoundTeam = {
  readonly id: number
  readonly accountIds: readonly string[]
  readonly gridCellIds: readonly number[]
}

/** A door that is due, or was begun today. */
export type DoorOfToday = Door & {
  /** Null where it lies in no known grid cell. */
  readonly gridCellId: number | null
  /** Who stood there last today. */
  readonly triedBy: string | null
}

const byId = (teams: readonly RoundTeam[]): readonly RoundTeam[] => teams.toSorted((a, b) => a.id - b.id)

/** Teams that go to a grid cell, by number. */
export const teamsOfCell = (teams: readonly RoundTeam[], gridCellId: number): readonly RoundTeam[] =>
  byId(teams).filter(({ gridCellIds }) => gridCellIds.includes(gridCellId))

/** FNV-1a, 32 bits: the same number for the same text everywhere. */
const numberOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash
}

/** The team for a door that lies in no grid cell: each gets about as many of them. */
export const teamOfUnplaced = (teams: readonly RoundTeam[], doorId: string): RoundTeam | undefined =>
  byId(teams)[numberOf(doorId) % Math.max(1, teams.length)]

/**
 * The doors of each team. A door that was begun today stays with the team that began it; the others of a cell with
 * several teams are one walk that is cut between them, each team’s own cells counting as work it has already. All teams
 * come to the same answer, because what decides about a cell is the same for each of them.
 * @param teams  all of the jurisdiction   @returns doors by number of the team, in no order
 */
export const divideDoors = <D extends DoorOfToday>(
  teams: readonly RoundTeam[],
  doors: readonly D[],
): ReadonlyMap<number, readonly D[]> => {
  const own = new Map<number, D[]>(teams.map(({ id }) => [id, []]))
  const shared = new Map<string, { readonly of: readonly RoundTeam[]; readonly doors: D[] }>()
  for (const door of doors) {
    const { gridCellId, triedBy } = door
    const of = gridCellId === null ? [] : teamsOfCell(teams, gridCellId)
    const begun = of.find(({ accountIds }) => triedBy !== null && accountIds.includes(triedBy))
    const alone = gridCellId === null ? teamOfUnplaced(teams, door.id) : of.length === 1 ? of[0] : undefined
    const taker = begun ?? alone
    if (taker !== undefined) own.get(taker.id)?.push(door)
    else if (of.length > 1) {
      const key = of.map(({ id }) => id).join(' ')
      const group = shared.get(key) ?? { of, doors: [] }
      group.doors.push(door)
      shared.set(key, group)
    }
  }
  const onlyTheirs = (team: RoundTeam): number =>
    (own.get(team.id) ?? []).filter(
      ({ gridCellId }) => gridCellId !== null && teamsOfCell(teams, gridCellId).length === 1,
    ).length
  const loads = new Map(teams.map((team) => [team.id, onlyTheirs(team) * secondsAtDoor]))
  for (const { of, doors: walk } of shared.values()) {
    const stretches = divideWalk(
      planWalk(walk),
      of.map(({ id }) => loads.get(id) ?? 0),
    )
    for (const [at, { id }] of of.entries()) own.get(id)?.push(...(stretches[at] ?? []))
  }
  return own
}
