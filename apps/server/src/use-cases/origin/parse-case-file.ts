import { caseColumns, mostRefusedRows, type RefusedRow } from '@guankou/contract/origin/case-reports.ts'
import { type CaseReport, reportKey } from '@guankou/db/queries/origin/case-reports.ts'
import { readCaseRow } from '@guankou/domain/origin/read-case-row.ts'
import { CsvError, parse } from 'csv-parse/sync'
import { done, type Result, refused } from '#src/result.ts'

export type ParsedCaseFile = {
  readonly header: readonly string[]
  /** Each origin, day and day of publication once, in the order of the file. */
  readonly reports: readonly CaseReport[]
  readonly rowsRead: number
  readonly rowsRefused: number
  /** The first `mostRefusedRows`, as they stood in the file. */
  readonly refused: readonly RefusedRow[]
}

type Line = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

const longestRecord = 4_096
/** What a cell may come back with. */
const longestCell = 200

const readLines = (text: string): readonly Line[] | undefined => {
  try {
    return parse(text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: longestRecord,
    }) as unknown as Line[]
  } catch (error) {
    if (error instanceof CsvError) return undefined
    throw error
  }
}

const inTwice = (row: number) => ({
  column: null,
  reason: {
    zh: `与第 ${row} 行所报的来源地、日期和公布日相同，而数字不同`,
    en: `row ${row} tells of the same origin, day and day of publication with another number`,
  },
})

const tooFewCells = {
  column: null,
  reason: { zh: '单元格数与表头不符', en: 'the row has not as many cells as the header' },
}

/**
 * Reads a file of reported cases row by row: what fits is taken, and what does not is handed back as it stood, with the
 * reason. A number that is repeated in the file counts once.
 * @param today  local day, after which nothing can have been published
 * @returns refused with `CASE_FILE_UNREADABLE` where it is no CSV, or a column is missing or there twice
 */
export const parseCaseFile = (text: string, today: string): Result<ParsedCaseFile> => {
  const lines = readLines(text)
  const header = lines?.[0]?.record.map((name) => name.trim())
  if (lines === undefined || header === undefined) return refused('CASE_FILE_UNREADABLE', '/csv')
  if (caseColumns.some((column) => header.filter((name) => name === column).length !== 1))
    return refused('CASE_FILE_UNREADABLE', '/csv')
  const reports = new Map<string, { readonly row: number; readonly report: CaseReport }>()
  const refusedRows: RefusedRow[] = []
  let rowsRefused = 0
  const refuse = (line: Line, why: Pick<RefusedRow, 'column' | 'reason'>): void => {
    rowsRefused += 1
    if (refusedRows.length < mostRefusedRows)
      refusedRows.push({
        row: line.info.lines,
        ...why,
        cells: line.record.map((cell) => cell.toWellFormed().slice(0, longestCell)),
      })
  }
  for (const line of lines.slice(1)) {
    if (line.record.length !== header.length) {
      refuse(line, tooFewCells)
      continue
    }
    const read = readCaseRow(
      Object.fromEntries(header.map((name, index) => [name, line.record[index] ?? ''])),
      today,
    )
    if (!read.ok) {
      refuse(line, read.error)
      continue
    }
    const key = reportKey(read.value)
    const earlier = reports.get(key)
    if (earlier === undefined) reports.set(key, { row: line.info.lines, report: read.value })
    else if (earlier.report.confirmedTotal !== read.value.confirmedTotal) refuse(line, inTwice(earlier.row))
  }
  return done({
    header: header.map((name) => name.toWellFormed().slice(0, longestCell)),
    reports: [...reports.values()].map(({ report }) => report),
    rowsRead: lines.length - 1,
    rowsRefused,
    refused: refusedRows,
  })
}
