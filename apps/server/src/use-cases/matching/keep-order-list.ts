import { createHash } from 'node:crypto'
import { type KeptList, mostListDays } from '@guankou/contract/matching/match-list.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  deleteMatchEntries,
  emptyMatchList,
  endMatchList,
  insertMatchEntries,
  insertMatchList,
  lockMatchLists,
  readStandingKept,
  type StoredEntry,
  type StoredList,
} from '@guankou/db/queries/matching/match-lists.ts'
import {
  findKeptList,
  type RunningList,
  readAllEntries,
  weighEntries,
} from '@guankou/db/queries/matching/read-lists.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { v7 } from 'uuid'
import type { ServerContext } from '#src/context.ts'
import { basisPlace, makeListKey, openListKey } from '#src/use-cases/matching/list-keys.ts'

const msPerDay = 86_400_000
const keptFor: KeptList = 'quarantine-orders'

/** A list with its key is used no longer than this, so that what it could tell somebody is worth days and not weeks. */
const renewedAfterMs = 7 * msPerDay

const title = { titleZh: '现行隔离令', titleEn: 'Orders in force' }
const basis = 'Quarantine orders in force in this district, kept by the system'

/** Whom the list names: a digest under its key, and until when. */
export type OrderEntry = { readonly digest: Buffer; readonly untilMs: number }

/** The list that entries are for: the one that runs, or one that is made with the entries. */
export type OrderList = {
  readonly jurisdiction: number
  readonly id: string
  readonly key: Buffer
  readonly until: Date
  /** The one that ran when this was looked at. */
  readonly seen: RunningList | undefined
  readonly made?: StoredList
}

const makeList = async (
  { identity: { sealer }, reference }: Pick<ServerContext, 'identity' | 'reference'>,
  jurisdiction: number,
  nowMs: number,
): Promise<{ readonly key: Buffer; readonly made: StoredList }> => {
  const id = v7({ msecs: nowMs })
  const timeZone = reference.current().jurisdiction(jurisdiction)?.timeZone ?? 'UTC'
  const owner = { jurisdiction, day: daySlotOf(timeZone, nowMs).day }
  const { key, sealed } = await makeListKey(sealer, owner, id)
  const made: StoredList = {
    ...{ jurisdiction, id, ...title, day: owner.day, keySealed: sealed, keptFor },
    basisSealed: await sealer.sealText(owner, basisPlace(id), basis),
    importedAt: new Date(nowMs),
    importedBy: null,
    until: new Date(nowMs + mostListDays * msPerDay),
  }
  return { key, made }
}

/**
 * The list of a district to put its orders on; a new one where none runs, its key is gone, or it has been used long enough.
 * @param isWanted  whether there is anybody to put on it; nothing is made for nobody
 */
export const orderListOf = async (
  context: ServerContext,
  jurisdiction: number,
  isWanted: boolean,
): Promise<OrderList | undefined> => {
  const nowMs = context.now()
  const seen = await findKeptList(context.db.query, jurisdiction, keptFor, new Date(nowMs))
  const key = seen === undefined ? undefined : await openListKey(context.identity.sealer, seen)
  const isOld = seen !== undefined && nowMs - seen.importedAt.getTime() >= renewedAfterMs
  if (seen !== undefined && key !== undefined && !(isOld && isWanted))
    return { jurisdiction, id: seen.id, key, until: seen.until, seen }
  if (!isWanted) return undefined
  const fresh = await makeList(context, jurisdiction, nowMs)
  return { jurisdiction, id: fresh.made.id, key: fresh.key, until: fresh.made.until, seen, made: fresh.made }
}

/** One entry for each person, to the latest end of their orders, and never longer than the list runs. */
const wantedOf = (entries: readonly OrderEntry[], until: Date): ReadonlyMap<string, StoredEntry> => {
  const wanted = new Map<string, StoredEntry>()
  for (const { digest, untilMs } of entries) {
    const place = digest.toString('hex')
    const ends = new Date(Math.min(untilMs, until.getTime()))
    const known = wanted.get(place)
    if (known === undefined || known.until < ends)
      wanted.set(place, { kind: 'document', digest, reason: 'quarantine-order', until: ends })
  }
  return wanted
}

/** What a list was last found or made to say: who was wanted on it, and what its entries weighed then. */
export type ToldList = { readonly listId: string; readonly wanted: string; readonly weight: string }

const summaryOf = (wanted: ReadonlyMap<string, StoredEntry>): string => {
  const hash = createHash('sha256')
  for (const [place, { until }] of [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${place} ${until.getTime()};`)
  return hash.digest('base64')
}

type Changed = { readonly added: number; readonly takenOff: number }

const putInPlace = async (
  tx: AreaTransaction,
  { jurisdiction, made }: OrderList,
  endedAt: Date,
): Promise<void> => {
  if (made === undefined) return
  // One whose key is gone runs no more, and is said to be over here.
  for (const listId of await readStandingKept(tx, jurisdiction, keptFor)) {
    await endMatchList(tx, { jurisdiction, listId, endedAt, endedBy: null, ground: 'replaced' })
    await emptyMatchList(tx, jurisdiction, listId)
  }
  await insertMatchList(tx, made)
}

const change = async (
  tx: AreaTransaction,
  list: OrderList,
  wanted: ReadonlyMap<string, StoredEntry>,
): Promise<Changed> => {
  const scope = { jurisdiction: list.jurisdiction, listId: list.id }
  const stored = new Map(
    (await readAllEntries(tx, list)).map((entry) => [entry.digest.toString('hex'), entry]),
  )
  const isSame = (place: string): boolean =>
    stored.get(place)?.until.getTime() === wanted.get(place)?.until.getTime()
  const surplus = [...stored].filter(([place]) => !isSame(place)).map(([, entry]) => entry)
  const missing = [...wanted].filter(([place]) => !isSame(place)).map(([, entry]) => entry)
  await deleteMatchEntries(tx, scope, surplus)
  await insertMatchEntries(tx, scope, missing)
  return { added: missing.length, takenOff: surplus.length }
}

/** Makes the list say who is wanted on it and nobody else, in one commit. */
const putRight = async (
  { db, now: clock }: Pick<ServerContext, 'db' | 'now'>,
  list: OrderList,
  wanted: ReadonlyMap<string, StoredEntry>,
): Promise<Changed & { readonly weight: string | undefined }> => {
  const { jurisdiction, id: subject } = list
  const nowMs = clock()
  const now = new Date(nowMs)
  return db.query.transaction().execute(async (tx) => {
    await lockMatchLists(tx, jurisdiction)
    const running = await findKeptList(tx, jurisdiction, keptFor, now)
    if (running?.id !== list.seen?.id) return { added: 0, takenOff: 0, weight: undefined }
    await putInPlace(tx, list, now)
    const changed = await change(tx, list, wanted)
    if (changed.added + changed.takenOff > 0) {
      const detail = `${changed.added} entries added, ${changed.takenOff} taken off, by orders in force`
      const act = { accountId: null, deviceId: null, action: 'matching.keep', outcome: 'done' }
      await recordAudit(executeIn(tx), jurisdiction, [{ ...act, subject, detail }], nowMs)
    }
    return { ...changed, weight: await weighEntries(tx, list) }
  })
}

/**
 * Makes the list say who is under an order and nobody else. What it is to say is worked out anew each time
 * from all orders, so that it does not matter how often this is done, after what, or on how many servers; where another server
 * has begun a list meanwhile nothing is changed and the next round goes on from that one. Where neither the orders nor the
 * entries have changed since this server put them right, nothing is locked and no entry is read.
 * @param told  of the round before   @returns how many entries changed, and what the list says now
 */
export const keepOrderList = async (
  context: ServerContext,
  list: OrderList,
  entries: readonly OrderEntry[],
  told?: ToldList,
): Promise<{ readonly changed: number; readonly told: ToldList | undefined }> => {
  const wanted = wantedOf(entries, list.until)
  const summary = summaryOf(wanted)
  const isTold = list.made === undefined && told?.listId === list.id && told.wanted === summary
  if (isTold && (await weighEntries(context.db.query, list)) === told.weight) return { changed: 0, told }
  const { added, takenOff, weight } = await putRight(context, list, wanted)
  if (added + takenOff > 0) context.packs.forget()
  return {
    changed: added + takenOff,
    told: weight === undefined ? undefined : { listId: list.id, wanted: summary, weight },
  }
}
