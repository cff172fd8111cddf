const delimiters = [',', '\t', ';', '，'] as const

/** One row of a table, and the line of the file that it begins on, from 1. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] }

const delimiterOf = (text: string): string => {
  const [first = ''] = text.split(/\r\n|\r|\n/, 1)
  const counts = delimiters.map((each) => first.split(each).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

type Reading = {
  rows: TableRow[]
  cells: string[]
  cell: string
  line: number
  startLine: number
}

const endCell = (reading: Reading): void => {
  reading.cells.push(reading.cell.trim())
  reading.cell = ''
}

const endRow = (reading: Reading): void => {
  endCell(reading)
  if (reading.cells.some((cell) => cell !== ''))
    reading.rows.push({ line: reading.startLine, cells: reading.cells })
  reading.cells = []
  reading.line += 1
  reading.startLine = reading.line
}

/**
 * Reads text with separated values (RFC 4180), with the separator that its first line holds most of. A quotation mark that
 * nothing closes ends with its line, so that one stray mark costs one row and not the rest of the file. Empty rows are left out.
 * @example readCsvTable('座位,姓名\n1,王').map(({ cells }) => cells.length) // [2, 2]
 */
export const readCsvTable = (given: string): readonly TableRow[] => {
  const text = given.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const delimiter = delimiterOf(text)
  const reading: Reading = { rows: [], cells: [], cell: '', line: 1, startLine: 1 }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"' && reading.cell.trim() === '') {
      const quoted = /^"((?:[^"]|"")*)"/.exec(text.slice(at))
      const inside = quoted?.[1]
      if (quoted !== null && inside !== undefined && /^[^\n]*(\n[^\n]*)?$/.test(inside)) {
        reading.cell = inside.replaceAll('""', '"').replaceAll('\n', ' ')
        reading.line += inside.split('\n').length - 1
        at += quoted[0].length - 1
        continue
      }
    }
    if (sign === delimiter) endCell(reading)
    else if (sign === '\n') endRow(reading)
    else reading.cell += sign
  }
  if (reading.cell !== '' || reading.cells.length > 0) endRow(reading)
  return reading.rows
}
