/** A drill: a synthetic city in a schema of its own. */
export type DrillTables = {
  drill_clock: DrillClockRow
}

type DrillClockRow = {
  only_row: boolean
  id: string
  shown_at: Date
  speed: number
}
