import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { importMatches as declared, ImportedMatches } from '@guankou/contract/matching/endpoints.ts'
import { mostEntriesAtOnce, mostListDays, mostListsAtOnce } from '@guankou/contract/matching/match-list.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  emptyMatchList,
  endMatchList,
  insertMatchEntries,
  insertMatchList,
  lockMatchLists,
  type StoredEntry,
  type StoredList,
} from '@guankou/db/queries/matching/match-lists.ts'
import { findRunningList, weighMatchLists } from '@guankou/db/queries/matching/read-lists.ts'
import { daySlotOf, instantMs } from '@guankou/domain/places/calendar.ts'
import { v7 } from 'uuid'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'
import { done, type Result, refused } from '#src/result.ts'
import { basisPlace, digestUnder, makeListKey, openListKey } from '#src/use-cases/matching/list-keys.ts'
import { type MatchRow, mayRunUntil, readMatchFile } from '#src/use-cases/matching/read-match-file.ts'

type Body = BodyOf<typeof declared>
type Tx = AreaTransaction

/** Who brings a list, and what it is stored with; the command line has no account. */
export type Importing = {
  readonly sealer: IdentitySealer
  readonly accountId: string | null
  readonly deviceId: string | null
  readonly nowMs: number
  readonly timeZone: string
  /** Runs the writes in the area of whoever imports. */
  readonly transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}

const mostRefusedShown = 100

type Taken = Extract<MatchRow, { kind: string }>

/** The numbers are digested here, and go no further. */
const entriesOf = (rows: readonly Taken[], key: Buffer): StoredEntry[] => {
  const entries = new Map<string, StoredEntry>()
  for (const { kind, text, reason, untilMs } of rows) {
    const digest = digestUnder(key, text)
    entries.set(`${kind}${digest.toString('hex')}`, { kind, digest, reason, until: new Date(untilMs) })
  }
  return [...entries.values()]
}

/** The list that entries join: one that runs, or one that is to be made. */
type Target = { readonly id: string; readonly key: Buffer; readonly made?: StoredList }

/** Before the transaction: sealing and opening have connections of their own. */
const targetOf = async (body: Body, importing: Importing): Promise<Result<Target>> => {
  const { sealer, nowMs, timeZone, accountId, transact } = importing
  const { jurisdiction, listId } = body
  if (listId !== undefined) {
    const list = await transact((tx) => findRunningList(tx, listId, new Date(nowMs)))
    if (list !== undefined && list.keptFor !== null) return refused('MATCH_LIST_KEPT', '/listId')
    const key =
      list === undefined || list.jurisdiction !== jurisdiction ? undefined : await openListKey(sealer, list)
    return key === undefined ? refused('UNKNOWN_MATCH_LIST', '/listId') : done({ id: listId, key })
  }
  const id = v7({ msecs: nowMs })
  const owner = { jurisdiction, day: daySlotOf(timeZone, nowMs).day }
  const { key, sealed } = await makeListKey(sealer, owner, id)
  const made: StoredList = {
    jurisdiction,
    id,
    titleZh: body.title.zh,
    titleEn: body.title.en,
    day: owner.day,
    basisSealed: await sealer.sealText(owner, basisPlace(id), body.basis),
    keySealed: sealed,
    importedAt: new Date(nowMs),
    importedBy: accountId,
    until: new Date(nowMs + mostListDays * 86_400_000),
    keptFor: null,
  }
  return done({ id, key, made })
}

/** Whether the list that entries are to join is there, made now where it is new. */
const place = async (tx: Tx, { id, made }: Target, nowMs: number): Promise<boolean> => {
  if (made === undefined) return (await findRunningList(tx, id, new Date(nowMs))) !== undefined
  await insertMatchList(tx, made)
  return true
}

/** Thrown to undo what was written before a refusal was found. */
class Undone extends Error {
  readonly refusal: Extract<Result<never>, { ok: false }>
  constructor(refusal: Extract<Result<never>, { ok: false }>) {
    super(refusal.refusal.code)
    this.refusal = refusal
  }
}

const replace = async (tx: Tx, { jurisdiction, replaces }: Body, importing: Importing): Promise<void> => {
  if (replaces === undefined) return
  const endedAt = new Date(importing.nowMs)
  const list = await findRunningList(tx, replaces, endedAt)
  if (list === undefined || list.jurisdiction !== jurisdiction)
    throw new Undone(refused('UNKNOWN_MATCH_LIST', '/replaces'))
  if (list.keptFor !== null) throw new Undone(refused('MATCH_LIST_KEPT', '/replaces'))
  const end = { jurisdiction, listId: replaces, endedAt, endedBy: importing.accountId }
  await endMatchList(tx, { ...end, ground: 'replaced' })
  await emptyMatchList(tx, jurisdiction, replaces)
}

const write = async (
  tx: Tx,
  body: Body,
  { target, entries }: { readonly target: Target; readonly entries: readonly StoredEntry[] },
  { nowMs, accountId, deviceId, ...importing }: Importing,
): Promise<number> => {
  const { jurisdiction } = body
  const { id: listId } = target
  await lockMatchLists(tx, jurisdiction)
  await replace(tx, body, { nowMs, accountId, deviceId, ...importing })
  if (!(await place(tx, target, nowMs))) throw new Undone(refused('UNKNOWN_MATCH_LIST', '/listId'))
  const added = await insertMatchEntries(tx, { jurisdiction, listId }, entries)
  const weight = await weighMatchLists(tx, jurisdiction, new Date(nowMs))
  if (weight.entries > mostEntriesAtOnce || weight.lists > mostListsAtOnce)
    throw new Undone(refused('MATCH_LISTS_FULL'))
  const inPlaceOf = body.replaces === undefined ? '' : `, in place of ${body.replaces}`
  const detail = `${added} entries added${target.made === undefined ? '' : ' as a new list'}${inPlaceOf}`
  const entry = { accountId, deviceId, action: 'matching.import', subject: listId, outcome: 'done', detail }
  await recordAudit(executeIn(tx), jurisdiction, [entry], nowMs)
  return added
}

/** Takes in a list: rows that can be read are digested and kept, the others are told by their number. */
export const importMatches = async (body: Body, importing: Importing): Promise<Result<ImportedMatches>> => {
  const { nowMs } = importing
  const untilMs = instantMs(body.until)
  if (untilMs === undefined || !mayRunUntil(untilMs, nowMs)) return refused('INVALID_INPUT', '/until')
  const read = readMatchFile(body.csv, { reason: body.reason, untilMs, nowMs })
  if (!read.ok) return read
  const taken = read.value.filter((row) => 'kind' in row)
  const rowsRefused = read.value.filter((row) => 'why' in row)
  const target = await targetOf(body, importing)
  if (!target.ok) return target
  const { id: listId, key } = target.value
  const writing = { target: target.value, entries: entriesOf(taken, key) }
  try {
    const added = await importing.transact((tx) => write(tx, body, writing, importing))
    return done({
      listId,
      added,
      known: taken.length - added,
      rowsRefused: rowsRefused.length,
      refused: rowsRefused.slice(0, mostRefusedShown),
    })
  } catch (error) {
    if (error instanceof Undone) return error.refusal
    throw error
  }
}
