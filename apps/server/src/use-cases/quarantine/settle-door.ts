import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { type AskedOfDoor, askOfDoor } from '@guankou/db/queries/quarantine/doors.ts'
import type { EpisodeFile } from '@guankou/db/queries/quarantine/episodes.ts'
import { type DoorCheck, doorCheckOf } from '@guankou/domain/quarantine/door-check.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'
import { followEpisode, keyOfEpisode } from '#src/use-cases/quarantine/episode-scope.ts'

export const askedOf = (check: DoorCheck | undefined): AskedOfDoor =>
  check === undefined
    ? { asked_at: null, due_at: null, due_by: null, way: null }
    : {
        asked_at: new Date(check.askedAtMs),
        due_at: new Date(check.dueAtMs),
        due_by: check.dueBy,
        way: check.way,
      }

export const checkOfFile = (
  reference: ReferenceData,
  file: EpisodeFile,
  nowMs: number,
): DoorCheck | undefined => {
  const { order, facts, ...followUp } = followEpisode(reference, file, nowMs)
  return doorCheckOf(order, facts, followUp)
}

/**
 * Says in the commit of a fact whether the door of its episode is still to be gone to, so that a contact by whomever takes
 * the way back at once. A door that an episode does not have yet is made by the clock.
 * @param file  with the new fact; the episode is locked by this transaction
 */
export const settleDoor = (
  tx: AreaTransaction,
  reference: ReferenceData,
  file: EpisodeFile,
  nowMs: number,
): Promise<void> => askOfDoor(tx, keyOfEpisode(file.episode), askedOf(checkOfFile(reference, file, nowMs)))
