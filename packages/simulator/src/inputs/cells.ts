import type { Bilingual } from '@guankou/contract/primitives.ts'
import { type CsvRow, type ErrorList, quoted } from '#src/inputs/input-errors.ts'

const decimal = /^[+-]?(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/

/** The trimmed text of a cell, or undefined with an error where the row has none. */
export const readText = ({ row, cells }: CsvRow, column: string, errors: ErrorList): string | undefined => {
  const text = Object.hasOwn(cells, column) ? cells[column]?.trim() : undefined
  if (text !== undefined && text !== '') return text
  errors.add(row, column, { zh: '空值', en: 'empty' })
  return undefined
}

const notNumber = (text: string): Bilingual => ({
  zh: `${quoted(text)} 不是数字`,
  en: `${quoted(text)} is not a number`,
})

/** A number ≥ 0, or undefined with an error. */
export const readNumber = (row: CsvRow, column: string, errors: ErrorList): number | undefined => {
  const text = readText(row, column, errors)
  if (text === undefined) return undefined
  const value = decimal.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value)) {
    errors.add(row.row, column, notNumber(text))
    return undefined
  }
  if (value >= 0) return value
  errors.add(row.row, column, { zh: `${quoted(text)} 为负数`, en: `${quoted(text)} is negative` })
  return undefined
}

/** A whole number from 0 to 2^53 − 1, or undefined with an error. */
export const readCount = (row: CsvRow, column: string, errors: ErrorList): number | undefined => {
  const value = readNumber(row, column, errors)
  if (value === undefined || Number.isSafeInteger(value)) return value
  errors.add(row.row, column, { zh: `${value} 不是整数`, en: `${value} is not a whole number` })
  return undefined
}
