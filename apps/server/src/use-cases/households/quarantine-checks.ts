import type { DoorCheckView } from '@guankou/contract/households/endpoints.ts'
import type { DoorWay } from '@guankou/contract/quarantine/vocabulary.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { type DueDoor, readDueDoors, readSealsAtDoors } from '@guankou/db/queries/quarantine/doors.ts'
import { readEpisodesById } from '@guankou/db/queries/quarantine/episodes.ts'
import type { ServerContext } from '#src/context.ts'
import { followEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import { openSeal } from '#src/use-cases/quarantine/seal-person.ts'

/** Quarantine checks that are due, by household. */
export type DueChecks = ReadonlyMap<string, readonly DueDoor[]>

export const readDueChecks = async (tx: AreaTransaction, jurisdiction: number): Promise<DueChecks> =>
  Map.groupBy(await readDueDoors(tx, jurisdiction), ({ householdId }) => householdId)

const namesAt = async (
  { identity }: Pick<ServerContext, 'identity'>,
  tx: AreaTransaction,
  jurisdiction: number,
  householdIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> => {
  const names = new Map<string, string | null>()
  for (const seal of await readSealsAtDoors(tx, jurisdiction, householdIds, 'name'))
    names.set(seal.quarantine_id, await openSeal(identity.sealer, seal))
  return names
}

/** The same as those who go are told them: whom or what to look at, on which of how many days, and what the plan asks for. */
export const checkViews = async (
  context: ServerContext,
  tx: AreaTransaction,
  jurisdiction: number,
  due: readonly DueDoor[],
): Promise<ReadonlyMap<string, readonly DoorCheckView[]>> => {
  if (due.length === 0) return new Map()
  const reference = context.reference.current()
  const nowMs = context.now()
  const ids = due.map(({ quarantineId }) => quarantineId)
  const files = new Map(
    (await readEpisodesById(tx, jurisdiction, ids)).map((file) => [file.episode.id, file]),
  )
  const households = [...new Set(due.map(({ householdId }) => householdId))]
  const names = await namesAt(context, tx, jurisdiction, households)
  const views = due.flatMap(({ quarantineId, householdId, dueAt, way }) => {
    const file = files.get(quarantineId)
    if (file === undefined) return []
    const { order, episode } = followEpisode(reference, file, nowMs)
    const { subject, feverCelsius, signs } = order.plan
    const view: DoorCheckView = {
      ...{ quarantineId, subject, feverCelsius, way: way as DoorWay },
      name: names.get(quarantineId) ?? null,
      dayNumber: episode.dayNumber,
      days: episode.days,
      dueAt: dueAt.toISOString(),
      signs: [...signs],
    }
    return [{ householdId, view }]
  })
  const grouped = Map.groupBy(views, ({ householdId }) => householdId)
  return new Map([...grouped].map(([id, own]) => [id, own.map(({ view }) => view)]))
}
