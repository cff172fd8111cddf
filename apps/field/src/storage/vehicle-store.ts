import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import type { Service } from '@guankou/contract/screening/record-screening.ts'
import type { ConveyanceKind } from '@guankou/contract/screening/vocabulary.ts'
import { withdrawTogether } from '@guankou/sync/outbox/by-hand.ts'
import type { NewEntry } from '@guankou/sync/outbox/entry.ts'
import Dexie from 'dexie'
import type { KnownPassage, KnownPerson } from '#src/lane/known-vehicle.ts'
import { type FieldDatabase, type ScreeningLine, writing } from './database.ts'
import { headRow, openRowsOf, reviseWithin, sealCommand } from './outbox-store.ts'
import type { Vault } from './vault.ts'

/** What the records screen shows of one vehicle. */
export type VehicleLine = {
  readonly kind: ConveyanceKind
  readonly plate?: string
  readonly service?: Service
  readonly travellers: number
  readonly disposition: Disposition
  readonly ruleIds: readonly string[]
  readonly rulesVersion: number
  readonly postId: number
  readonly lane: number
  /** Who was aboard, covered, to be offered when the vehicle passes again; not in lines of older versions. */
  readonly people?: readonly KnownPerson[]
}

export type RecordedVehicle = {
  readonly entry: NewEntry
  /** That its declaration was shown: stored with it, and taken back with it. */
  readonly use?: NewEntry | undefined
  readonly line: VehicleLine
  readonly durationMs: number
}

/** How long the entry of a vehicle took. */
export type EntryTime = { readonly id: string; readonly madeAtMs: number; readonly durationMs: number }

export type PassedVehicle = { readonly plate: string; readonly passage: KnownPassage }

export type VehicleStore = {
  /** Entry, line and the end of the draft in one transaction: all of it or nothing. @throws StorageFull */
  readonly record: (vehicle: RecordedVehicle) => Promise<void>
  /** The same for a vehicle that is no draft of now: what is being entered stays. @throws StorageFull */
  readonly recordBeside: (vehicle: RecordedVehicle) => Promise<void>
  /**
   * Withdraws the entries of a vehicle and brings its draft back, unless one of them may have left the phone.
   * @throws StorageFull
   */
  readonly reopen: (
    makerId: string,
    ids: readonly string[],
    draft: unknown,
    nowMs: number,
  ) => Promise<boolean>
  readonly readLines: (ids: readonly string[]) => Promise<ReadonlyMap<string, VehicleLine>>
  /** Vehicles of one account since a time that were not taken back. */
  readonly readEntryTimes: (makerId: string, sinceMs: number) => Promise<readonly EntryTime[]>
  /**
   * Vehicles of one account since a time that were not taken back or refused, by plate, newest first and some at a time, so that
   * whoever works meanwhile does not wait for thousands.
   */
  readonly readPassages: (makerId: string, sinceMs: number) => AsyncIterable<readonly PassedVehicle[]>
  /** Drafts belong to who is at work: each account has one. */
  readonly saveDraft: (makerId: string, draft: unknown) => Promise<void>
  readonly readDraft: (makerId: string) => Promise<unknown>
  /** The vehicle being entered, or none, and those put aside, as one. @throws StorageFull */
  readonly saveWork: (makerId: string, draft: unknown, parked: readonly unknown[]) => Promise<void>
  readonly readParked: (makerId: string) => Promise<unknown>
}

/** Read and opened in one piece: what a slow phone does between two pictures. */
const linesAtOnce = 50

const draftLabel = (makerId: string): string => `draft:${makerId}`
/** Vehicles put aside lie beside the draft of their owner. */
const parkedRow = (makerId: string): string => `${makerId}|parked`
const lineLabel = (id: string): string => `line:${id}`

const record = async (
  database: FieldDatabase,
  vault: Vault,
  vehicle: RecordedVehicle,
  endsDraft: boolean,
): Promise<void> => {
  const { dexie, heads, commands, screenings, drafts } = database
  const { entry, use, line, durationMs } = vehicle
  const entries = use === undefined ? [entry] : [entry, use]
  const { id, makerId, madeAtMs } = entry.head
  const sealedCommands = await Promise.all(entries.map((each) => sealCommand(vault, each)))
  const sealed = await vault.seal(lineLabel(id), line)
  await writing(() =>
    dexie.transaction('rw', heads, commands, screenings, drafts, async () => {
      await heads.bulkAdd(entries.map(({ head }) => headRow(head)))
      await commands.bulkAdd(sealedCommands)
      await screenings.add({ id, makerId, madeAtMs, durationMs, sealed })
      if (endsDraft) await drafts.delete(makerId)
    }),
  )
}

const readLines = async (
  database: FieldDatabase,
  vault: Vault,
  ids: readonly string[],
): Promise<ReadonlyMap<string, VehicleLine>> => {
  const rows = (await database.screenings.bulkGet([...ids])).filter((row) => row !== undefined)
  const opened = await Promise.all(
    rows.map(async (row) => ({ id: row.id, opened: await vault.open(lineLabel(row.id), row.sealed) })),
  )
  return new Map(
    opened.flatMap((each) =>
      each.opened.is === 'read' ? [[each.id, each.opened.value as VehicleLine] as const] : [],
    ),
  )
}

/** Rows of one account since a time, newest first, some at a time; each look is one of its own. */
async function* rowsSince(
  { screenings }: FieldDatabase,
  makerId: string,
  sinceMs: number,
): AsyncGenerator<readonly ScreeningLine[]> {
  let until: number | typeof Dexie.maxKey = Dexie.maxKey
  const seen = new Set<string>()
  for (;;) {
    const rows: ScreeningLine[] = await screenings
      .where('[makerId+madeAtMs]')
      .between([makerId, sinceMs], [makerId, until], true, true)
      .reverse()
      .limit(linesAtOnce + seen.size)
      .toArray()
    const fresh = rows.filter(({ id }) => !seen.has(id))
    if (fresh.length === 0) return
    yield fresh
    // Of the instant at which this piece ended there may be more: it is looked at again, without those that were there.
    const last = fresh[fresh.length - 1]?.madeAtMs ?? 0
    if (last !== until) seen.clear()
    for (const { id, madeAtMs } of rows) if (madeAtMs === last) seen.add(id)
    until = last
  }
}

const statesOf = async ({ heads }: FieldDatabase, rows: readonly ScreeningLine[]): Promise<string[]> =>
  (await heads.bulkGet(rows.map((row) => row.id))).map((row) => row?.head.state.is ?? '')

const readEntryTimes = async (
  database: FieldDatabase,
  makerId: string,
  sinceMs: number,
): Promise<readonly EntryTime[]> => {
  const times: EntryTime[] = []
  for await (const rows of rowsSince(database, makerId, sinceMs)) {
    const states = await statesOf(database, rows)
    times.push(
      ...rows
        .filter((_, index) => states[index] !== 'withdrawn')
        .map(({ id, madeAtMs, durationMs }) => ({ id, madeAtMs, durationMs })),
    )
  }
  return times
}

const passageOf = ({ id, madeAtMs }: ScreeningLine, line: VehicleLine | undefined): PassedVehicle[] => {
  if (line?.plate === undefined) return []
  const { plate, kind, postId, travellers, people = [] } = line
  const passage = {
    screeningId: id,
    occurredAtMs: madeAtMs,
    postId,
    kind,
    people: travellers,
    occupants: people,
  }
  return [{ plate, passage }]
}

const gone = ['withdrawn', 'rejected', 'unreadable']

async function* readPassages(
  database: FieldDatabase,
  vault: Vault,
  makerId: string,
  sinceMs: number,
): AsyncGenerator<readonly PassedVehicle[]> {
  for await (const rows of rowsSince(database, makerId, sinceMs)) {
    const states = await statesOf(database, rows)
    const kept = rows.filter((_, index) => !gone.includes(states[index] ?? ''))
    const lines = await readLines(
      database,
      vault,
      kept.map((row) => row.id),
    )
    yield kept.flatMap((row) => passageOf(row, lines.get(row.id)))
  }
}

/** One row of `drafts`; its label names it, so that rows cannot be exchanged. */
const readRow = async ({ drafts }: FieldDatabase, vault: Vault, id: string): Promise<unknown> => {
  const row = await drafts.get(id)
  if (row === undefined) return undefined
  const opened = await vault.open(draftLabel(id), row.sealed)
  return opened.is === 'read' ? opened.value : undefined
}

const saveWork = async (
  { dexie, drafts }: FieldDatabase,
  vault: Vault,
  makerId: string,
  { draft, parked }: { readonly draft: unknown; readonly parked: readonly unknown[] },
): Promise<void> => {
  const sealed = draft === undefined ? undefined : await vault.seal(draftLabel(makerId), draft)
  const id = parkedRow(makerId)
  const aside = parked.length === 0 ? undefined : await vault.seal(draftLabel(id), parked)
  await writing(() =>
    dexie.transaction('rw', drafts, async () => {
      await (sealed === undefined ? drafts.delete(makerId) : drafts.put({ id: makerId, sealed }))
      await (aside === undefined ? drafts.delete(id) : drafts.put({ id, sealed: aside }))
    }),
  )
}

export const createVehicleStore = (database: FieldDatabase, vault: Vault): VehicleStore => {
  const { dexie, heads, commands, drafts } = database
  return {
    record: (vehicle) => record(database, vault, vehicle, true),
    recordBeside: (vehicle) => record(database, vault, vehicle, false),
    async reopen(makerId, ids, draft, nowMs) {
      const sealed = await vault.seal(draftLabel(makerId), draft)
      return writing(() =>
        dexie.transaction('rw', heads, commands, drafts, async () => {
          const granted = await reviseWithin(
            database,
            (open) => withdrawTogether(open, ids, nowMs),
            () => openRowsOf(database, ids),
          )
          if (granted) await drafts.put({ id: makerId, sealed })
          return granted
        }),
      )
    },
    readLines: (ids) => readLines(database, vault, ids),
    readEntryTimes: (makerId, sinceMs) => readEntryTimes(database, makerId, sinceMs),
    readPassages: (makerId, sinceMs) => readPassages(database, vault, makerId, sinceMs),
    async saveDraft(makerId, draft) {
      const sealed = await vault.seal(draftLabel(makerId), draft)
      await writing(() => drafts.put({ id: makerId, sealed }))
    },
    readDraft: (makerId) => readRow(database, vault, makerId),
    saveWork: (makerId, draft, parked) => saveWork(database, vault, makerId, { draft, parked }),
    readParked: (makerId) => readRow(database, vault, parkedRow(makerId)),
  }
}
