import { describe, expect, it } from 'vitest'
import {
  type CoveredCell,
  mostBehindFirst,
  percentText,
  placedCells,
  shortName,
} from '#src/households/coverage-marks.ts'

const cell = (gridCellId: number, counts: Partial<CoveredCell> = {}): CoveredCell => ({
  gridCellId,
  jurisdiction: 440402,
  name: { zh: `香洲第0${gridCellId}网格`, en: `Xiangzhou cell 0${gridCellId}` },
  households: 900,
  doors: 20,
  due: 0,
  overdue: 0,
  triedToday: 0,
  completeToday: 0,
  teamIds: [],
  outcomes: [],
  ...counts,
})

describe('grid cells on the map and in the table', () => {
  it('come by how far they are behind', () => {
    const cells = [
      cell(1),
      cell(2, { completeToday: 3 }),
      cell(3, { due: 2 }),
      cell(4, { due: 1, overdue: 1 }),
      cell(5, { due: 9, overdue: 5 }),
    ]
    expect(mostBehindFirst(cells).map(({ gridCellId }) => gridCellId)).toEqual([5, 4, 3, 2, 1])
  })

  it('read 100 % only where no door is left', () => {
    expect(percentText(cell(1, { due: 1, completeToday: 999 }))).toBe('99 %')
    expect(percentText(cell(1, { completeToday: 3 }))).toBe('100 %')
    expect(percentText(cell(1))).toBe('')
  })

  it('are called by the number in their name, else by their own', () => {
    expect(shortName('香洲第07网格', 107)).toBe('07')
    expect(shortName('老城网格', 107)).toBe('107')
  })

  it('are drawn where it is known where they lie', () => {
    const place = { jurisdiction: 440402, name: { zh: '', en: '' }, households: 1, illustrative: false }
    const places = [
      { ...place, id: 1, longitude: 113.5, latitude: 22.2 },
      { ...place, id: 2, longitude: null, latitude: null },
    ]
    expect(placedCells([cell(1), cell(2), cell(3)], places)).toMatchObject([
      { gridCellId: 1, longitude: 113.5, illustrative: false },
    ])
  })
})
