import type { CoverageBoard } from '@guankou/contract/households/endpoints.ts'
import type { GridCell } from '@guankou/contract/places/endpoints.ts'
import {
  behindFirst,
  type CellStanding,
  cellStanding,
  doneShare,
} from '@guankou/domain/households/coverage.ts'
import type { FigureState } from '@guankou/ui/figures/StateMark.tsx'
import type { MarkState } from '@guankou/ui/maps/post-marks.ts'

export type CoveredCell = CoverageBoard['gridCells'][number]

/** What stands beside a colour. */
export const standingSigns: Readonly<Record<CellStanding, string>> = {
  overdue: '!',
  'under-way': '…',
  done: '✓',
  idle: '–',
}

export const markStates: Readonly<Record<CellStanding, MarkState>> = {
  overdue: 'act',
  'under-way': 'look',
  done: 'well',
  idle: 'silent',
}

export const figureStates: Readonly<Record<CellStanding, FigureState>> = {
  overdue: 'act',
  'under-way': 'look',
  done: 'well',
  idle: 'info',
}

/** The share done as people read it; a cell that has doors left never reads 100 %. */
export const percentText = (cell: CoveredCell): string => {
  const share = doneShare(cell)
  if (share === undefined) return ''
  const percent = Math.round(share * 100)
  return `${cell.due > 0 ? Math.min(99, percent) : percent} %`
}

/** The number at the end of a name, by which a cell is found on the map and in the table. */
export const shortName = (name: string, id: number): string => /\d+/.exec(name)?.[0] ?? String(id)

export const mostBehindFirst = (cells: readonly CoveredCell[]): readonly CoveredCell[] =>
  cells.toSorted(
    (a, b) =>
      behindFirst(cellStanding(a)) - behindFirst(cellStanding(b)) ||
      b.overdue - a.overdue ||
      b.due - a.due ||
      a.gridCellId - b.gridCellId,
  )

export type PlacedCell = CoveredCell & {
  readonly longitude: number
  readonly latitude: number
  readonly illustrative: boolean
}

/** Cells of which it is known where they lie; those most behind last, so that they are drawn on top. */
export const placedCells = (
  cells: readonly CoveredCell[],
  places: readonly GridCell[],
): readonly PlacedCell[] => {
  const byId = new Map(places.map((place) => [place.id, place]))
  return mostBehindFirst(cells)
    .toReversed()
    .flatMap((cell) => {
      const { longitude, latitude, illustrative } = byId.get(cell.gridCellId) ?? {}
      return longitude == null || latitude == null
        ? []
        : [{ ...cell, longitude, latitude, illustrative: illustrative ?? true }]
    })
}
