import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import { originOfDivision } from '@guankou/geodata/divisions/origin-of-division.ts'
import { findOrigin } from '@guankou/geodata/divisions/origins.ts'
import type { OriginShare } from '#src/arrivals/scenario.ts'
import { readNumber, readText } from '#src/inputs/cells.ts'
import { type CsvRow, type ErrorList, errorList, type Parsed, quoted } from '#src/inputs/input-errors.ts'

/** Columns of a file of daily inflow by origin. */
export const flowColumns = ['date', 'origin_code', 'flow_index'] as const

export type Flows = {
  readonly date: string
  /** One per origin of the day, in the order of the file, adding up to 1. */
  readonly shares: readonly OriginShare[]
  /** Sum of the day's flow index, in the unit of the file. */
  readonly flowTotal: number
  /** Rows of the file, those of other days included. */
  readonly rowsRead: number
}

const readDate = (row: CsvRow, errors: ErrorList): string | undefined => {
  const text = readText(row, 'date', errors)
  if (text === undefined) return undefined
  if (/^\d{4}-\d\d-\d\d$/.test(text) && isCivilDate(text)) return text
  errors.add(row.row, 'date', {
    zh: `${quoted(text)} 不是日期(应为 YYYY-MM-DD)`,
    en: `${quoted(text)} is not a date written YYYY-MM-DD`,
  })
  return undefined
}

const readOrigin = (row: CsvRow, errors: ErrorList): number | undefined => {
  const text = readText(row, 'origin_code', errors)
  if (text === undefined) return undefined
  const code = /^\d{6}$/.test(text) ? Number(text) : Number.NaN
  if (findOrigin(code) !== undefined) return code
  const today = originOfDivision(code)
  const hint =
    today === undefined ? { zh: '', en: '' } : { zh: `(现属 ${today})`, en: `, which today lies in ${today}` }
  errors.add(row.row, 'origin_code', {
    zh: `${quoted(text)} 不是已知的来源地代码${hint.zh}`,
    en: `${quoted(text)} is not the code of a known origin${hint.en}`,
  })
  return undefined
}

type Seen = { rowsRead: number; first: string; last: string; readonly keys: Set<string> }

const readRow = (row: CsvRow, seen: Seen, errors: ErrorList) => {
  const date = readDate(row, errors)
  const originCode = readOrigin(row, errors)
  const flow = readNumber(row, 'flow_index', errors)
  seen.rowsRead++
  if (date === undefined || originCode === undefined) return undefined
  if (date < seen.first) seen.first = date
  if (date > seen.last) seen.last = date
  const key = `${date} ${originCode}`
  if (seen.keys.has(key))
    errors.add(row.row, 'origin_code', {
      zh: `${originCode} 在 ${date} 重复出现`,
      en: `${originCode} is there twice on ${date}`,
    })
  seen.keys.add(key)
  return flow === undefined ? undefined : { date, originCode, flow }
}

/**
 * Reads the shares of origins on one day from a file of daily inflow.
 *
 * Every row is checked, those of other days as well; other columns are left alone. A code that is no longer in force is
 * refused with the one it lies in today, because two rows that became one would be a silent sum.
 * @param rows  of the file without its header   @param date  civil day wanted, `YYYY-MM-DD`
 * @returns the shares, or errors by row and column; never throws
 */
export const parseFlows = (rows: Iterable<CsvRow>, date: string): Parsed<Flows> => {
  const errors = errorList()
  const seen: Seen = { rowsRead: 0, first: '9999-12-31', last: '0000-01-01', keys: new Set() }
  const ofDay: { originCode: number; flow: number }[] = []
  for (const row of rows) {
    const read = readRow(row, seen, errors)
    if (read !== undefined && read.date === date) ofDay.push(read)
  }
  const flowTotal = ofDay.reduce((sum, one) => sum + one.flow, 0)
  if (seen.rowsRead === 0) errors.add(null, null, { zh: '文件没有数据行', en: 'the file has no rows' })
  else if (errors.count() === 0 && ofDay.length === 0)
    errors.add(null, 'date', {
      zh: `没有 ${quoted(date)} 的数据;文件范围 ${seen.first} 至 ${seen.last}`,
      en: `no row for ${quoted(date)}; the file runs from ${seen.first} to ${seen.last}`,
    })
  else if (errors.count() === 0 && !(flowTotal > 0 && Number.isFinite(flowTotal)))
    errors.add(null, 'flow_index', {
      zh: `${date} 的流量合计为 ${flowTotal},无法计算占比`,
      en: `the flows of ${date} add up to ${flowTotal}, which gives no shares`,
    })
  return errors.conclude(() => ({
    date,
    shares: ofDay.map(({ originCode, flow }) => ({ originCode, share: flow / flowTotal })),
    flowTotal,
    rowsRead: seen.rowsRead,
  }))
}
