import type { CaseReports } from '@guankou/models/origin/origin-data.ts'
import { type RowReader, readRows } from '../read-rows.ts'
import { dayNumber } from './days.ts'
import { originCodeOf } from './place-codes.ts'

/** Cumulated cases by day of one code of a file, which may be a part of a place, such as a district. */
type Reports = Map<number, number>

/** By place, then by code. */
type Places = Map<string, Map<string, Reports>>

/** Columns that name the place of a row, the finest first. */
const placeColumns = ['city_code', 'province_code', 'iso2', 'code'] as const

const readFile = async (file: string, into: Places): Promise<void> => {
  let column: string | null | undefined
  await readRows(file, ['date', 'confirmed_cum'], (row: RowReader) => {
    if (column === undefined) {
      column = placeColumns.find(row.has) ?? null
      if (column === null)
        row.refuse(null, {
          en: `a column of places is missing: ${placeColumns.join(', ')}`,
          zh: `缺少地点列：${placeColumns.join('、')}`,
        })
    }
    const [day, count] = [dayNumber(row.date('date')), row.count('confirmed_cum')]
    const code = column === null ? '' : row.text(column)
    // Cases without a place, of prisons or of travellers, are published under no code or one that is no division.
    const place = originCodeOf(code)
    if (place === null) return
    const codes = into.get(place) ?? new Map<string, Reports>()
    into.set(place, codes)
    const reports: Reports = codes.get(code) ?? new Map()
    codes.set(code, reports)
    reports.set(day, Math.max(count, reports.get(day) ?? 0))
  })
}

const sorted = (reports: Reports): [number, number][] => [...reports].sort(([a], [b]) => a - b)

const sumOfParts = (parts: readonly Reports[]): [number, number][] => {
  const days = [...new Set(parts.flatMap((part) => [...part.keys()]))].sort((a, b) => a - b)
  const current = parts.map(() => 0)
  return days.map((day) => {
    for (const [at, part] of parts.entries()) current[at] = part.get(day) ?? current[at] ?? 0
    return [day, current.reduce((sum, value) => sum + value, 0)]
  })
}

/**
 * Reads files of cumulated cases by city, province or country.
 * @param files  paths
 * @returns reports by place, in ascending order; the districts of a place are added up where no file has the place itself
 * @throws CommandFailure with file, row and column
 */
export const readCaseFiles = async (files: readonly string[]): Promise<CaseReports[]> => {
  const places: Places = new Map()
  for (const file of files) await readFile(file, places)
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([place, codes]) => {
      const whole = [...codes].find(([code]) => code === place || !/^\d/.test(code))?.[1]
      const reports = whole ? sorted(whole) : sumOfParts([...codes.values()])
      return { place, days: reports.map(([day]) => day), cumulative: reports.map(([, count]) => count) }
    })
}
