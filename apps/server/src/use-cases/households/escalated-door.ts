import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { findByDigest, insertHouseholdDigests } from '@guankou/db/queries/households/facts.ts'
import { insertEscalation } from '@guankou/db/queries/households/states.ts'
import { readAddress } from '@guankou/domain/households/read-address.ts'
import { estateKey } from '@guankou/domain/households/walk-key.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import type { ServerContext } from '#src/context.ts'
import { digestsOfAddress, estateKind } from '#src/use-cases/households/fact-digests.ts'

/** Doors of an estate that are looked at to tell its grid cell. */
const mostAlike = 50

/** A row of a list that is to be visited. */
export type EscalatedRow = {
  readonly jurisdiction: number
  /** Of the list: its key seals what is kept. */
  readonly listDay: string
  readonly listId: string
  readonly listOccurredAt: Date
  readonly row: number
  /** The fact that asks for the visit; the household carries its id. */
  readonly factId: string
  readonly address: string
  readonly at: Date
  /** Local day of that instant. */
  readonly day: string
}

/** The cell that most doors of the same estate lie in. */
export const cellOfEstate = async (
  { identity }: Pick<ServerContext, 'identity'>,
  tx: AreaTransaction,
  jurisdiction: number,
  estate: string,
): Promise<number | null> => {
  const digests = await identity.sealer.lookUpDigests(estateKind, estateKey(estate))
  const found = await findByDigest(tx, jurisdiction, digests, mostAlike)
  const counts = new Map<number, number>()
  for (const { gridCellId } of found)
    if (gridCellId !== null) counts.set(gridCellId, (counts.get(gridCellId) ?? 0) + 1)
  return [...counts].toSorted(([a, x], [b, y]) => y - x || a - b)[0]?.[0] ?? null
}

/** Makes a door of a round of a row that is to be visited, by the day after. */
export const openEscalatedDoor = async (
  context: Pick<ServerContext, 'identity'>,
  tx: AreaTransaction,
  row: EscalatedRow,
): Promise<void> => {
  const { jurisdiction, factId, listDay } = row
  const address = readAddress(row.address)
  const isTold = row.address.trim() !== ''
  await insertEscalation(tx, {
    jurisdiction,
    householdId: factId,
    gridCellId: isTold ? await cellOfEstate(context, tx, jurisdiction, address.estate) : null,
    at: row.at,
    dueBy: addDays(row.day, 1),
    listId: row.listId,
    listOccurredAt: row.listOccurredAt,
    row: row.row,
  })
  if (!isTold) return
  const owner = { jurisdiction, day: listDay }
  await insertHouseholdDigests(tx, await digestsOfAddress(context.identity.sealer, owner, factId, address))
}
