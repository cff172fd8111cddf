/** Doors of a grid cell, counted. */
export type CellWork = {
  readonly due: number
  readonly overdue: number
  readonly completeToday: number
}

/**
 * The share of today's work that is done, 0 to 1; undefined where nothing is asked and nothing was done.
 * @example doneShare({ due: 3, completeToday: 1 }) // 0.25
 */
export const doneShare = ({
  due,
  completeToday,
}: Pick<CellWork, 'due' | 'completeToday'>): number | undefined =>
  due + completeToday === 0 ? undefined : completeToday / (due + completeToday)

/** What a grid cell calls for. `idle`: nothing is asked of it. */
export type CellStanding = 'overdue' | 'under-way' | 'done' | 'idle'

/** A door that waits since before today goes before everything else. */
export const cellStanding = (work: CellWork): CellStanding => {
  if (work.overdue > 0) return 'overdue'
  if (work.due > 0) return 'under-way'
  return work.completeToday > 0 ? 'done' : 'idle'
}

/** Grid cells, and doors, whose work is most behind come first. @example behindFirst('done') // 2 */
export const behindFirst = (standing: CellStanding): number =>
  (['overdue', 'under-way', 'done', 'idle'] as const).indexOf(standing)
