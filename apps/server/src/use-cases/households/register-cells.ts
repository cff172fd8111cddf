import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import type { KnownDigest } from '@guankou/db/queries/households/register.ts'
import { readCellNames } from '@guankou/db/queries/households/register.ts'

/** Tells the grid cell that a register names. */
export type CellByName = (text: string) => number | undefined

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/gu, '')

/** Grid cells of a jurisdiction by name in either language, or by number. */
export const readCellsByName = async (tx: AreaTransaction, jurisdiction: number): Promise<CellByName> => {
  const cells = new Map<string, number>()
  for (const { id, zh, en } of await readCellNames(tx, jurisdiction))
    for (const name of [String(id), folded(zh), folded(en)]) if (!cells.has(name)) cells.set(name, id)
  return (text) => cells.get(folded(text))
}

/** The cell that most households of an estate lie in. */
export const cellOfMost = (known: readonly KnownDigest[]): number | undefined => {
  const counts = new Map<number, number>()
  for (const { gridCellId } of known)
    if (gridCellId !== null) counts.set(gridCellId, (counts.get(gridCellId) ?? 0) + 1)
  return [...counts].toSorted(([a, x], [b, y]) => y - x || a - b)[0]?.[0]
}
