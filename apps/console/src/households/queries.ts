import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { askTasks, readCoverage, setTeam } from '@guankou/contract/households/endpoints.ts'
import { readDueDoors, readTeamBoard, withdrawTask } from '@guankou/contract/households/planning.ts'
import { queryOptions } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'
import { useActOn } from '#src/api/use-act-on.ts'
import { type RefetchOn, useRefetchOn } from '#src/live/use-refetch-on.ts'

/** Everything under this key is read anew when a team or a task was set. */
const roundsKey = ['rounds'] as const

/** Coverage and doors by themselves: each reading of the teams is audited, and is not made because a door came further. */
export const roundsProgressKeys = [
  [...roundsKey, 'coverage'],
  [...roundsKey, 'due-doors'],
] as const

/** The change feed says when to read again; doors come due by the clock, which also sees to it where the line is down. */
const everyMs = 15_000

export const coverageQuery = (area: number) =>
  queryOptions({
    queryKey: [...roundsKey, 'coverage', area],
    queryFn: async () => orThrow(await client.call(readCoverage, { query: { area } })),
    refetchInterval: everyMs,
  })

export const dueDoorsQuery = (area: number) =>
  queryOptions({
    queryKey: [...roundsKey, 'due-doors', area],
    queryFn: async () => orThrow(await client.call(readDueDoors, { query: { area } })),
    refetchInterval: everyMs,
  })

/** Each reading is audited, so that it is read when asked for and after an act alone. */
export const teamBoardQuery = (area: number) =>
  queryOptions({
    queryKey: [...roundsKey, 'teams', area],
    queryFn: async () => orThrow(await client.call(readTeamBoard, { query: { area } })),
  })

export const useSetTeam = () =>
  useActOn(roundsKey, async (body: BodyOf<typeof setTeam>) => orThrow(await client.call(setTeam, { body })))

export type TaskForCells = Omit<BodyOf<typeof askTasks>, 'gridCellId' | 'jurisdiction'> & {
  readonly cells: readonly { readonly gridCellId: number; readonly jurisdiction: number }[]
}

/** What came of asking several grid cells one after the other: those before a refusal stand. */
export type AskedCells = { readonly cells: number; readonly doors: number; readonly refused?: unknown }

const askEach = async ({ cells, task, dueBy }: TaskForCells): Promise<AskedCells> => {
  const asked = { cells: 0, doors: 0 }
  for (const cell of cells) {
    try {
      const { doors } = orThrow(await client.call(askTasks, { body: { ...cell, task, dueBy } }))
      asked.cells += 1
      asked.doors += doors
    } catch (refused) {
      return { ...asked, refused }
    }
  }
  return asked
}

export const useWithdrawTask = () =>
  useActOn(roundsKey, async (body: BodyOf<typeof withdrawTask>) =>
    orThrow(await client.call(withdrawTask, { body })),
  )

const onRounds: RefetchOn = {
  topics: new Set(['households', 'quarantine']),
  queryKeys: roundsProgressKeys,
}

/** Keeps coverage and doors live while they are on show. */
export const useRoundsChanges = (area: number): void => useRefetchOn(area, onRounds)

export const useAskTasks = () => useActOn(roundsKey, askEach)
