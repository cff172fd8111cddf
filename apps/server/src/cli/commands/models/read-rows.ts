import type { Bilingual } from '@guankou/contract/primitives.ts'
import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import { type CsvRow, errorList, quoted } from '@guankou/simulator/inputs/input-errors.ts'
import { readCsv } from '#src/cli/read-csv.ts'

/**
 * The cells of one row. Whatever does not fit is noted with row and column and stands as NaN or an empty text; the file is
 * then refused as a whole, so no such value is ever used.
 */
export type RowReader = {
  /** As an editor shows it; the header is row 1. */
  readonly row: number
  /** The header, in its order. */
  readonly columns: readonly string[]
  readonly has: (column: string) => boolean
  /** The cell without blanks around it; it may be empty. */
  readonly text: (column: string) => string
  /** The cell, which must not be empty. */
  readonly name: (column: string) => string
  /** A finite decimal number within bounds. */
  readonly number: (column: string, least?: number, most?: number) => number
  /** As `number`, but null where the cell is empty. */
  readonly optionalNumber: (column: string, least?: number, most?: number) => number | null
  /** A whole number, 0 or more. */
  readonly count: (column: string) => number
  /** A day as 2020-01-18. */
  readonly date: (column: string) => string
  readonly refuse: (column: string | null, reason: Bilingual) => void
}

const decimal = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

type Refuse = (row: number | null, column: string | null, reason: Bilingual) => void

const rowReader = ({ row, cells }: CsvRow, add: Refuse): RowReader => {
  const text = (column: string): string => (cells[column] ?? '').trim()
  const refuse = (column: string | null, reason: Bilingual): void => add(row, column, reason)
  const number = (column: string, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY) => {
    const given = text(column)
    const value = decimal.test(given) ? Number(given) : Number.NaN
    if (value >= least && value <= most && Number.isFinite(value)) return value
    const bounds = Number.isFinite(value) ? ` (${least} … ${most})` : ''
    refuse(column, {
      en: `${quoted(given)} is not a number here${bounds}`,
      zh: `${quoted(given)} 不是此处可用的数值${bounds}`,
    })
    return Number.NaN
  }
  return {
    row,
    columns: Object.keys(cells),
    text,
    number,
    refuse,
    has: (column) => column in cells,
    name: (column) => {
      if (text(column) === '') refuse(column, { en: 'the cell is empty', zh: '单元格为空' })
      return text(column)
    },
    optionalNumber: (column, least, most) => (text(column) === '' ? null : number(column, least, most)),
    count: (column) => {
      const value = number(column, 0, Number.MAX_SAFE_INTEGER)
      if (Number.isNaN(value) || Number.isInteger(value)) return value
      refuse(column, { en: `${value} is not a whole number`, zh: `${value} 不是整数` })
      return Number.NaN
    },
    date: (column) => {
      if (isCivilDate(text(column))) return text(column)
      refuse(column, {
        en: `${quoted(text(column))} is not a day such as 2020-01-18`,
        zh: `${quoted(text(column))} 不是 2020-01-18 形式的日期`,
      })
      return ''
    },
  }
}

/**
 * Reads a CSV file, plain or gzip, row by row.
 * @param file  path   @param columns  that must be in the header; others may be there too
 * @param interpret  makes a value of a row; errors are noted on its reader
 * @returns one value for each row, in the order of the file
 * @throws CommandFailure with file, row, column and reason; it lists the first twenty and counts all
 */
export const readRows = <T>(
  file: string,
  columns: readonly string[],
  interpret: (row: RowReader) => T,
): Promise<T[]> =>
  readCsv(file, columns, (rows) => {
    const errors = errorList()
    if (rows.length === 0) errors.add(null, null, { en: 'the file has no rows', zh: '文件没有数据行' })
    const values = rows.map((row) => interpret(rowReader(row, errors.add)))
    return errors.conclude(() => values)
  })
