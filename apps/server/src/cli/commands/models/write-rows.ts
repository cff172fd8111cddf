import { harmlessCell } from '@guankou/domain/exports/cells.ts'

export type Format = 'csv' | 'json'

export type OutputCell = string | number | null

/** Writes to standard output and waits until it is gone, or until nobody reads any more. */
const write = (text: string): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(text, () => resolve())
  })

const csvCell = (cell: OutputCell): string => {
  if (cell === null) return ''
  const text = typeof cell === 'string' ? harmlessCell(cell) : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const rowsAtOnce = 10_000

/**
 * Writes rows to standard output: CSV with exactly these columns as its header, or a JSON array of objects with exactly
 * these keys, one object a line. What is not defined is an empty cell in CSV and null in JSON.
 */
export const writeRows = async <Column extends string>(
  format: Format,
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, OutputCell>>[],
): Promise<void> => {
  await write(format === 'csv' ? `${columns.join(',')}\n` : '[\n')
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce)
    const lines =
      format === 'csv'
        ? some.map((row) => columns.map((column) => csvCell(row[column])).join(','))
        : some.map((row, index) => {
            const object = Object.fromEntries(columns.map((column) => [column, row[column]]))
            return `${JSON.stringify(object)}${from + index + 1 < rows.length ? ',' : ''}`
          })
    await write(`${lines.join('\n')}\n`)
  }
  if (format === 'json') await write(']\n')
}

/** Writes one JSON object on one line to standard output. */
export const writeObject = (value: object): Promise<void> => write(`${JSON.stringify(value)}\n`)
