import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import {
  findByDigest,
  type HouseholdDigest,
  insertHouseholdDigests,
} from '@guankou/db/queries/households/facts.ts'
import { ensureDoor } from '@guankou/db/queries/households/states.ts'
import { askOfDoor, insertDoor, lockDoors, type StoredDoor } from '@guankou/db/queries/quarantine/doors.ts'
import { type EpisodeKey, lockEpisode, readEpisode } from '@guankou/db/queries/quarantine/episodes.ts'
import { readSealsAt } from '@guankou/db/queries/quarantine/seals.ts'
import { readAddress } from '@guankou/domain/households/read-address.ts'
import { addressKey } from '@guankou/domain/households/walk-key.ts'
import { doorCheckOf } from '@guankou/domain/quarantine/door-check.ts'
import type { ServerContext } from '#src/context.ts'
import { cellOfEstate } from '#src/use-cases/households/escalated-door.ts'
import { addressKind, digestsOfAddress } from '#src/use-cases/households/fact-digests.ts'
import { type FollowedEpisode, keyOfEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import { openSeal } from '#src/use-cases/quarantine/seal-person.ts'
import { askedOf, checkOfFile } from '#src/use-cases/quarantine/settle-door.ts'

/** Doors under one address are looked at up to this many; more than one is a mistake of the past. */
const mostAlike = 20

/** Where an episode is, as doors are known. */
type Place = {
  readonly estate: string
  /** Under which the address of a household may stand; none where the door is not told. */
  readonly sought: readonly Buffer[]
  readonly own: readonly HouseholdDigest[]
}

const readPlace = async (
  { db, identity: { sealer } }: ServerContext,
  key: EpisodeKey,
): Promise<Place | undefined> => {
  const [seal] = await readSealsAt(db.query, [key], ['address'])
  const text = seal === undefined ? null : await openSeal(sealer, seal)
  if (seal === undefined || text === null) return undefined
  const address = readAddress(text)
  // Two who live in one estate and told no door do not live behind one door.
  const isDoorTold = address.door !== '—'
  return {
    estate: address.estate,
    sought: isDoorTold ? await sealer.lookUpDigests(addressKind, addressKey(address)) : [],
    own: await digestsOfAddress(
      sealer,
      { jurisdiction: key.jurisdiction, day: seal.kept_day },
      key.id,
      address,
    ),
  }
}

/** The household of an address, or a new one that carries the id of the episode. */
const placeDoor = async (
  context: ServerContext,
  tx: AreaTransaction,
  { jurisdiction, id }: EpisodeKey,
  { estate, sought, own }: Place,
): Promise<string> => {
  const found = await findByDigest(tx, jurisdiction, sought, mostAlike)
  const known = found.find(({ kind }) => kind === 'address')?.householdId
  if (known !== undefined) {
    await ensureDoor(tx, jurisdiction, known, null)
    return known
  }
  await ensureDoor(tx, jurisdiction, id, await cellOfEstate(context, tx, jurisdiction, estate))
  await insertHouseholdDigests(tx, own)
  return id
}

const isAsked = (door: StoredDoor, asked: ReturnType<typeof askedOf>): boolean =>
  door.asked_at?.getTime() === asked.asked_at?.getTime() &&
  door.due_at?.getTime() === asked.due_at?.getTime() &&
  door.way === asked.way

/**
 * Lets the door of an episode be gone to as its ladder or plan asks, and no more when that is over: a household that is on file
 * under the address, else a door of its own. What is written is decided once more under the lock of the episode, so that a
 * contact that came meanwhile counts.
 * @param known  the door as it is, where there is one   @returns whether anything was written
 */
export const keepDoor = async (
  context: ServerContext,
  { file, order, facts, ...followUp }: FollowedEpisode,
  known: StoredDoor | undefined,
): Promise<boolean> => {
  const check = doorCheckOf(order, facts, followUp)
  if (known === undefined ? check === undefined : isAsked(known, askedOf(check))) return false
  const key = keyOfEpisode(file.episode)
  const place = known === undefined ? await readPlace(context, key) : undefined
  if (known === undefined && place === undefined) return false
  return context.db.query.transaction().execute(async (tx): Promise<boolean> => {
    await lockDoors(tx, key.jurisdiction)
    await lockEpisode(tx, key)
    const now = await readEpisode(tx, key)
    if (now === undefined) return false
    const asked = askedOf(checkOfFile(context.reference.current(), now, context.now()))
    if (place !== undefined && asked.asked_at !== null) {
      const householdId = await placeDoor(context, tx, key, place)
      const { jurisdiction, occurredAt: occurred_at, id: quarantine_id } = key
      await insertDoor(tx, { jurisdiction, occurred_at, quarantine_id, household_id: householdId, ...asked })
    }
    await askOfDoor(tx, key, asked)
    return true
  })
}
