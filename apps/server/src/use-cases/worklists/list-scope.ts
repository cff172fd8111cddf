import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  findImport,
  findWorklist,
  type ListKey,
  type StoredImport,
  type StoredList,
} from '@guankou/db/queries/worklists/imports.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'

/** What lists are worked on with. */
export type WorklistContext = Pick<ServerContext, 'db' | 'now' | 'log' | 'reference'> & {
  readonly identity: Pick<ServerContext['identity'], 'sealer'>
}

export const timeZoneOf = ({ reference }: Pick<ServerContext, 'reference'>, jurisdiction: number): string => {
  const data = reference.current()
  const city = data.installation?.cityCode ?? jurisdiction
  return (data.jurisdiction(jurisdiction) ?? data.jurisdiction(city))?.timeZone ?? 'UTC'
}

export const localDay = (
  context: Pick<ServerContext, 'reference'>,
  jurisdiction: number,
  atMs: number,
): string => daySlotOf(timeZoneOf(context, jurisdiction), atMs).day

/** When a list was announced: its id carries it. */
export const announcedAt = (listId: string): Date => new Date(uuidTimeMs(listId))

export const keyOf = (list: Pick<StoredList, 'jurisdiction' | 'occurred_at' | 'id'>): ListKey => ({
  jurisdiction: list.jurisdiction,
  occurredAt: list.occurred_at,
  listId: list.id,
})

export type FoundImport = { readonly list: StoredList; readonly file: StoredImport }

/** A file with its list, where both lie in the area. */
export const findFile = async (
  transaction: AreaTransaction,
  importId: string,
  lock = false,
): Promise<FoundImport | undefined> => {
  const file = await findImport(transaction, importId, lock)
  const list = file && (await findWorklist(transaction, file.list_id, file.occurred_at))
  return file === undefined || list === undefined ? undefined : { list, file }
}

/** The same for whoever asks. */
export const findFileOf = (
  context: Pick<ServerContext, 'db'>,
  actor: Actor,
  importId: string,
): Promise<FoundImport | undefined> =>
  inArea(context.db, actor.areaCode, (transaction) => findFile(transaction, importId))

/** For so long an outcome of one’s own can be taken back. */
export const takeBackMs = 3_600_000

/** Where what is sealed of a list belongs. */
export const rowPlace = (listId: string, row: number): string => `worklist|${listId}|${row}`
export const rejectPlace = (listId: string, row: number): string => `worklist-reject|${listId}|${row}`
export const partPlace = (importId: string, position: number): string =>
  `worklist-file|${importId}|${position}`
export const addressPlace = (factId: string): string => `worklist-address|${factId}`
