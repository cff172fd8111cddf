import { quoted } from '@guankou/simulator/inputs/input-errors.ts'
import { type RowReader, readRows } from '../read-rows.ts'
import { type FlowTime, parseFlowTime, type TimeStyle } from './flow-time.ts'

export const flowFormats = ['long', 'kdd', 'tsa', 'hk'] as const

export type FlowFormat = (typeof flowFormats)[number]

/** One value of one series; null where the file has the window and no value. */
export type FlowRow = {
  readonly series: string
  readonly minutes: number
  readonly value: number | null
  readonly row: number
}

export type FlowFile = {
  readonly format: FlowFormat
  readonly rows: readonly FlowRow[]
  readonly style: TimeStyle
}

/** Columns by which a file is known. */
const columnsOf: Readonly<Record<FlowFormat, readonly string[]>> = {
  long: ['series', 'window_start', 'value'],
  kdd: ['window_start', 'tollgate_id', 'direction', 'volume'],
  tsa: ['date', 'hour', 'airport', 'checkpoint', 'passengers'],
  hk: ['date', 'control_point', 'arrive_total', 'departure_total'],
}

const timeAt = (row: RowReader, column: string): FlowTime => {
  const time = parseFlowTime(row.text(column))
  if (time !== null) return time
  row.refuse(column, {
    en: `${quoted(row.text(column))} is not a time such as 2020-01-18 or 2020-01-18T08:20`,
    zh: `${quoted(row.text(column))} 不是 2020-01-18 或 2020-01-18T08:20 形式的时间`,
  })
  return { minutes: Number.NaN, style: { separator: '', hasSeconds: false, zone: '' } }
}

type Cells = { readonly time: FlowTime; readonly values: readonly (readonly [string, number | null])[] }

const readers: Readonly<Record<FlowFormat, (row: RowReader) => Cells>> = {
  long: (row) => ({
    time: timeAt(row, 'window_start'),
    values: [[row.name('series'), row.optionalNumber('value', 0)]],
  }),
  kdd: (row) => ({
    time: timeAt(row, 'window_start'),
    values: [[`${row.name('tollgate_id')}-${row.name('direction')}`, row.count('volume')]],
  }),
  tsa: (row) => {
    const day = timeAt(row, 'date')
    const hour = row.number('hour', 0, 23)
    if (!Number.isInteger(hour)) row.refuse('hour', { en: 'not a whole hour', zh: '不是整点' })
    row.name('airport')
    return {
      time: { minutes: day.minutes + 60 * hour, style: { separator: 'T', hasSeconds: false, zone: '' } },
      values: [[row.name('checkpoint'), row.count('passengers')]],
    }
  },
  hk: (row) => {
    const post = row.name('control_point')
    return {
      time: timeAt(row, 'date'),
      values: [
        [`${post} arrive`, row.count('arrive_total')],
        [`${post} departure`, row.count('departure_total')],
      ],
    }
  },
}

const formatOf = (columns: readonly string[]): FlowFormat =>
  flowFormats.find((format) => columnsOf[format].every((column) => columns.includes(column))) ?? 'long'

/**
 * Reads flows in long form, or as one of the reference data sets gives them.
 * @param told  the form; without it, it is known by the header
 * @throws CommandFailure with file, row and column where a value, a time or a series is not readable, stands twice, or is in
 * another time zone
 */
export const readFlowRows = async (file: string, told: FlowFormat | undefined): Promise<FlowFile> => {
  let format = told
  let style: TimeStyle | undefined
  const seen = new Map<string, Set<number>>()
  const rows = await readRows(file, told === undefined ? [] : columnsOf[told], (row) => {
    if (format === undefined) {
      format = formatOf(row.columns)
      for (const column of columnsOf[format].filter((name) => !row.columns.includes(name)))
        row.refuse(column, { en: 'the column is missing', zh: '缺少该列' })
    }
    const { time, values } = readers[format](row)
    style ??= time.style
    const column = format === 'tsa' || format === 'hk' ? 'date' : 'window_start'
    if (time.style.zone !== style.zone)
      row.refuse(column, { en: 'another time zone than in the first row', zh: '时区与首行不同' })
    return values.map(([series, value]): FlowRow => {
      const times = seen.get(series) ?? new Set()
      if (times.has(time.minutes))
        row.refuse(column, { en: `${series} has this window twice`, zh: `${series} 的该时段重复` })
      seen.set(series, times.add(time.minutes))
      return { series, minutes: time.minutes, value, row: row.row }
    })
  })
  return {
    format: format ?? 'long',
    rows: rows.flat(),
    style: style ?? { separator: '', hasSeconds: false, zone: '' },
  }
}
