import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import type { StoredHouseholdFact } from '@guankou/db/queries/households/facts.ts'
import {
  type EpisodeFile,
  insertEpisodeFact,
  lockEpisode,
  readEpisodesById,
  type StoredEpisodeFact,
} from '@guankou/db/queries/quarantine/episodes.ts'
import { contactAtDoor, toldAtDoor } from '@guankou/domain/quarantine/contact-at-door.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'
import { done, type Result, refused } from '#src/result.ts'
import {
  episodeKey,
  followEpisode,
  keyOfEpisode,
  rowOfFact,
} from '#src/use-cases/quarantine/episode-scope.ts'
import { settleDoor } from '#src/use-cases/quarantine/settle-door.ts'

/** A contact that is to be written with what was recorded at the door. */
export type ContactToWrite = { readonly file: EpisodeFile; readonly row: StoredEpisodeFact }

type AtDoor = { readonly stored: StoredHouseholdFact; readonly happening: HouseholdHappening }

const accountOf = ({ stored, happening }: AtDoor): string =>
  'by' in happening ? (happening.by?.accountId ?? stored.account_id) : stored.account_id

/**
 * The contacts that something at a door tells of, with their episodes locked until the transaction ends; refused where one of
 * them is none of this district's, or its plan asks for nothing of the kind.
 */
export const readContactsAtDoor = async (
  tx: AreaTransaction,
  reference: ReferenceData,
  atDoor: AtDoor,
): Promise<Result<readonly ContactToWrite[]>> => {
  const { stored, happening } = atDoor
  const told = toldAtDoor(happening).toSorted((a, b) => (a.quarantineId < b.quarantineId ? -1 : 1))
  if (told.length === 0) return done([])
  const { jurisdiction } = stored
  for (const { quarantineId } of told) await lockEpisode(tx, episodeKey(jurisdiction, quarantineId))
  const files = await readEpisodesById(
    tx,
    jurisdiction,
    told.map(({ quarantineId }) => quarantineId),
  )
  const by = {
    accountId: accountOf(atDoor),
    deviceId: stored.device_id,
    recordedAt: stored.recorded_at,
    contentDigest: stored.content_digest,
  }
  const contacts: ContactToWrite[] = []
  for (const each of told) {
    const file = files.find(({ episode }) => episode.id === each.quarantineId)
    if (file === undefined) return refused('UNKNOWN_QUARANTINE', '/happening')
    const { order } = followEpisode(reference, file, stored.recorded_at.getTime())
    const fact = { id: stored.id, occurredAtMs: stored.occurred_at.getTime() }
    const decided = contactAtDoor(order, fact, each)
    if (!decided.ok) return refused(decided.refusal.code, '/happening')
    contacts.push({ file, row: rowOfFact(keyOfEpisode(file.episode), decided.fact, by) })
  }
  return done(contacts)
}

/** Writes contacts, and takes the way to a door back where they end its ladder. */
export const writeContactsAtDoor = async (
  tx: AreaTransaction,
  reference: ReferenceData,
  contacts: readonly ContactToWrite[],
): Promise<void> => {
  for (const { file, row } of contacts) {
    await insertEpisodeFact(tx, row)
    const facts = [...file.facts, row]
    await settleDoor(tx, reference, { episode: file.episode, facts }, row.recorded_at.getTime())
  }
}
