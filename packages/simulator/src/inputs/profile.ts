import { slotMinutes, slotsPerDay } from '@guankou/contract/situation/endpoints.ts'
import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import { readCount, readText } from '#src/inputs/cells.ts'
import { type CsvRow, type ErrorList, errorList, type Parsed, quoted } from '#src/inputs/input-errors.ts'

/** Columns of a file of 20-minute volumes. */
export const profileColumns = ['window_start', 'tollgate_id', 'direction', 'volume'] as const

export const directions = ['entry', 'exit'] as const
export type Direction = (typeof directions)[number]

export type DayShape = {
  /** 72 shares of the mean day's volume, from midnight, adding up to 1. */
  readonly slotShares: readonly number[]
  /** Complete days, which were used. */
  readonly daysUsed: readonly string[]
  /** Days with a gap, which were not. */
  readonly daysLeftOut: readonly string[]
  /** Volume of the days used. */
  readonly vehicles: number
  readonly rowsRead: number
}

type Window = { readonly day: string; readonly slot: number }

const readWindow = (row: CsvRow, errors: ErrorList): Window | undefined => {
  const text = readText(row, 'window_start', errors)
  if (text === undefined) return undefined
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::00(?:\.0+)?)?$/.exec(text)
  const [, day = '', hour = '', minute = ''] = match ?? []
  if (match === null || !isCivilDate(day) || Number(hour) > 23 || Number(minute) > 59) {
    errors.add(row.row, 'window_start', {
      zh: `${quoted(text)} 不是本地时间(应为 YYYY-MM-DDTHH:MM)`,
      en: `${quoted(text)} is not a local time written YYYY-MM-DDTHH:MM`,
    })
    return undefined
  }
  const minutes = Number(hour) * 60 + Number(minute)
  if (minutes % slotMinutes === 0) return { day, slot: minutes / slotMinutes }
  errors.add(row.row, 'window_start', {
    zh: `${quoted(text)} 不在 20 分钟的整点上`,
    en: `${quoted(text)} does not begin on a multiple of 20 minutes`,
  })
  return undefined
}

const readDirection = (row: CsvRow, errors: ErrorList): Direction | undefined => {
  const text = readText(row, 'direction', errors)
  if (text === undefined) return undefined
  const direction = directions.find((one) => one === text)
  if (direction === undefined)
    errors.add(row.row, 'direction', {
      zh: `${quoted(text)} 应为 entry 或 exit`,
      en: `${quoted(text)} is neither entry nor exit`,
    })
  return direction
}

type DayVolumes = { readonly volumes: number[]; readonly hoursSeen: Set<number> }
type State = { rowsRead: number; readonly days: Map<string, DayVolumes>; readonly keys: Set<string> }

const readRow = (row: CsvRow, wanted: ReadonlySet<Direction>, state: State, errors: ErrorList): void => {
  state.rowsRead++
  const window = readWindow(row, errors)
  const gate = readText(row, 'tollgate_id', errors)
  const direction = readDirection(row, errors)
  const volume = readCount(row, 'volume', errors)
  if (window === undefined || gate === undefined || direction === undefined || volume === undefined) return
  const key = `${window.day} ${window.slot} ${direction} ${gate}`
  if (state.keys.has(key))
    errors.add(row.row, 'window_start', {
      zh: `${quoted(gate)} ${direction} 的这个时段重复出现`,
      en: `this window of ${quoted(gate)} ${direction} is there twice`,
    })
  state.keys.add(key)
  if (!wanted.has(direction)) return
  const day = state.days.get(window.day) ?? {
    volumes: Array.from({ length: slotsPerDay }, () => 0),
    hoursSeen: new Set<number>(),
  }
  day.volumes[window.slot] = (day.volumes[window.slot] ?? 0) + volume
  day.hoursSeen.add(Math.floor((window.slot * slotMinutes) / 60))
  state.days.set(window.day, day)
}

const isComplete = ({ hoursSeen }: DayVolumes): boolean => hoursSeen.size === 24

const shapeOf = (state: State): DayShape => {
  const sorted = [...state.days].sort(([a], [b]) => (a < b ? -1 : 1))
  const used = sorted.filter(([, day]) => isComplete(day))
  const sums = Array.from({ length: slotsPerDay }, (_, slot) =>
    used.reduce((sum, [, { volumes }]) => sum + (volumes[slot] ?? 0), 0),
  )
  const vehicles = sums.reduce((sum, volume) => sum + volume, 0)
  return {
    slotShares: sums.map((volume) => volume / vehicles),
    daysUsed: used.map(([day]) => day),
    daysLeftOut: sorted.filter(([, day]) => !isComplete(day)).map(([day]) => day),
    vehicles,
    rowsRead: state.rowsRead,
  }
}

/**
 * Reads the mean shape of a day from a file of volumes by toll gate, direction and window of 20 minutes.
 *
 * All gates are added up. A window that is not in the file counts as no vehicle, as such files leave empty ones out; so a
 * day counts as complete when every hour of it has a window at some gate, and other days are named and left out.
 * @param rows  of the file without its header   @param wanted  directions to add up, both unless told otherwise
 * @returns the shape, or errors by row and column; never throws
 */
export const parseProfile = (
  rows: Iterable<CsvRow>,
  wanted: readonly Direction[] = directions,
): Parsed<DayShape> => {
  const errors = errorList()
  const state: State = { rowsRead: 0, days: new Map(), keys: new Set() }
  const wantedSet = new Set(wanted)
  for (const row of rows) readRow(row, wantedSet, state, errors)
  if (state.rowsRead === 0) errors.add(null, null, { zh: '文件没有数据行', en: 'the file has no rows' })
  else if (errors.count() === 0) {
    const complete = [...state.days.values()].filter(isComplete)
    if (complete.length === 0)
      errors.add(null, 'window_start', {
        zh: '没有一天是完整的(24 个小时都有时段)',
        en: 'no day is complete, with a window in each of its 24 hours',
      })
    else if (!complete.some((day) => day.volumes.some((volume) => volume > 0)))
      errors.add(null, 'volume', { zh: '完整的日子里没有车辆', en: 'the complete days have no vehicles' })
  }
  return errors.conclude(() => shapeOf(state))
}
