import {
  type MatchKind,
  matchKinds,
  mostEntriesOfList,
  mostListDays,
} from '@guankou/contract/matching/match-list.ts'
import { type MatchReason, matchReasons } from '@guankou/contract/matching/reasons.ts'
import { digestedText } from '@guankou/domain/matching/matches-of.ts'
import { instantMs } from '@guankou/domain/places/calendar.ts'
import { CsvError, parse } from 'csv-parse/sync'
import { done, type Result, refused } from '#src/result.ts'

const msPerDay = 86_400_000
const mostNumberLength = 40
const columns = ['kind', 'number'] as const

/** What holds for rows that say nothing of their own, and when it is now. */
export type RowDefaults = { readonly reason: MatchReason; readonly untilMs: number; readonly nowMs: number }

export type MatchRow = { readonly row: number } & (
  | {
      readonly kind: MatchKind
      readonly text: string
      readonly reason: MatchReason
      readonly untilMs: number
    }
  | { readonly why: 'kind' | 'number' | 'reason' | 'until' }
)

type Cells = Readonly<Record<string, string>>

const cell = (cells: Cells, name: string): string => (cells[name] ?? '').trim()

/** Whether an entry may run until then. */
export const mayRunUntil = (untilMs: number, nowMs: number): boolean =>
  untilMs > nowMs && untilMs <= nowMs + mostListDays * msPerDay

const kindWords = new Map<string, MatchKind>([
  ...matchKinds.map((kind) => [kind, kind] as const),
  ['车牌', 'plate'],
  ['证件', 'document'],
])

const readRow = (row: number, cells: Cells, { reason, untilMs, nowMs }: RowDefaults): MatchRow => {
  const kind = kindWords.get(cell(cells, 'kind').toLowerCase())
  if (kind === undefined) return { row, why: 'kind' }
  const number = cell(cells, 'number')
  const text = digestedText({ kind, number })
  if (number.length > mostNumberLength || text.length < `${kind}|`.length + 4 || !text.isWellFormed())
    return { row, why: 'number' }
  const ownReason = cell(cells, 'reason')
  const said = ownReason === '' ? reason : matchReasons.find((each) => each === ownReason)
  if (said === undefined) return { row, why: 'reason' }
  const ownUntil = cell(cells, 'until')
  const until = ownUntil === '' ? untilMs : instantMs(ownUntil)
  if (until === undefined || !mayRunUntil(until, nowMs)) return { row, why: 'until' }
  return { row, kind, text, reason: said, untilMs: until }
}

/** Reads a list as CSV (RFC 4180), row by row; other columns than ours are passed over. */
export const readMatchFile = (csv: string, defaults: RowDefaults): Result<readonly MatchRow[]> => {
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
      to: mostEntriesOfList + 1,
    })
    const records = parsed as { info: { lines: number }; record: Record<string, string> }[]
    if (!isComplete || records.length === 0 || records.length > mostEntriesOfList)
      return refused('MATCH_FILE_UNREADABLE', '/csv')
    return done(records.map(({ info, record }) => readRow(info.lines, record, defaults)))
  } catch (error) {
    if (error instanceof CsvError) return refused('MATCH_FILE_UNREADABLE', '/csv')
    throw error
  }
}
