import {
  maxResultsAtOnce,
  type TestResultWord,
  testResultNames,
  testResults,
} from '@guankou/contract/testing/results.ts'
import { utcOffsetMinutes } from '@guankou/domain/places/calendar.ts'
import { CsvError, parse } from 'csv-parse/sync'
import { done, type Result, refused } from '#src/result.ts'
import type { ReadRow } from '#src/use-cases/testing/enter-results.ts'

const columns = ['sample_code', 'result', 'resulted_at'] as const

/** Words that laboratories write, in any case. */
const words = new Map<string, TestResultWord>(
  testResults.flatMap((word) => [
    [word, word],
    [testResultNames[word].zh, word],
  ]),
)

const isoTime = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,3})?(Z|[+-]\d\d:?\d\d)?$/

/** The instant of a cell, local where it names no offset. @returns undefined where it names none */
const instantOf = (text: string, timeZone: string): string | undefined => {
  const match = isoTime.exec(text)
  if (match === null) return undefined
  const [, day, minutes, seconds = ':00', fraction = '', offset] = match
  const asUtc = Date.parse(
    `${day}T${minutes}${seconds}${fraction}${offset?.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2') ?? 'Z'}`,
  )
  if (Number.isNaN(asUtc)) return undefined
  if (offset !== undefined) return new Date(asUtc).toISOString()
  const guess = asUtc - utcOffsetMinutes(timeZone, asUtc) * 60_000
  return new Date(asUtc - utcOffsetMinutes(timeZone, guess) * 60_000).toISOString()
}

const readRow = (row: number, cells: Readonly<Record<string, string>>, timeZone: string): ReadRow => {
  const sampleCode = (cells.sample_code ?? '').trim().toUpperCase()
  const result = words.get((cells.result ?? '').trim().toLowerCase())
  const resultedAt = instantOf((cells.resulted_at ?? '').trim(), timeZone)
  const isCode = /^[A-Z0-9][A-Z0-9-]{3,31}$/.test(sampleCode)
  if (!isCode || result === undefined || resultedAt === undefined) return { row, code: 'RESULT_UNREADABLE' }
  return { row, entry: { sampleCode, result, resultedAt } }
}

/**
 * Reads a laboratory’s CSV (RFC 4180) row by row; other columns than ours are passed over.
 * @param timeZone  of times without an offset
 */
export const readResultFile = (csv: string, timeZone: string): Result<readonly ReadRow[]> => {
  let isComplete = true
  try {
    const parsed: unknown = parse(csv, {
      columns: (head: string[]) => {
        const names = head.map((name) => name.trim().toLowerCase())
        isComplete = columns.every((column) => names.includes(column))
        return names
      },
      bom: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: 4_096,
      to: maxResultsAtOnce + 1,
    })
    const records = parsed as { info: { lines: number }; record: Record<string, string> }[]
    if (!isComplete || records.length === 0 || records.length > maxResultsAtOnce)
      return refused('RESULT_FILE_UNREADABLE', '/csv')
    return done(records.map(({ info, record }) => readRow(info.lines, record, timeZone)))
  } catch (error) {
    if (error instanceof CsvError) return refused('RESULT_FILE_UNREADABLE', '/csv')
    throw error
  }
}
