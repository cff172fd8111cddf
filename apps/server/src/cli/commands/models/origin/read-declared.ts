import type { DeclaredArrivals } from '@guankou/models/origin/mix-flows.ts'
import { type RowReader, readRows } from '../read-rows.ts'
import { dayNumber } from './days.ts'
import { originCodeOf } from './place-codes.ts'

const place = (row: RowReader, column: string, given: string): string => {
  const code = originCodeOf(given)
  if (code === null)
    row.refuse(column, {
      en: `"${given}" is no prefecture and no country`,
      zh: `"${given}" 不是地级行政区或国家`,
    })
  return code ?? ''
}

const optionalPlace = (row: RowReader, column: string): string | null => {
  const given = row.has(column) ? row.text(column) : ''
  return given === '' ? null : place(row, column, given)
}

/**
 * Reads counts of arrivals by declaration: date, origin_code (the last stop), declared_code (places of the last 14 days,
 * separated by blanks or semicolons; empty where none was named), count; also domicile_code and destination_code.
 * @throws CommandFailure with file, row and column
 */
export const readDeclaredFile = (file: string): Promise<DeclaredArrivals[]> =>
  readRows(file, ['date', 'origin_code', 'declared_code', 'count'], (row) => ({
    day: dayNumber(row.date('date')),
    lastStop: place(row, 'origin_code', row.name('origin_code')),
    destination: optionalPlace(row, 'destination_code'),
    domicile: optionalPlace(row, 'domicile_code'),
    declared: row
      .text('declared_code')
      .split(/[\s;]+/)
      .filter((code) => code !== '')
      .map((code) => place(row, 'declared_code', code)),
    count: row.count('count'),
  }))

/**
 * Reads people by place: code and population, or pop_million_2018.
 * @throws CommandFailure with file, row and column
 */
export const readPopulationFile = async (file: string): Promise<ReadonlyMap<string, number>> => {
  const rows = await readRows(file, ['code'], (row) => {
    const inMillions = row.has('pop_million_2018')
    if (!inMillions && !row.has('population'))
      row.refuse(null, { en: 'the column population is missing', zh: '缺少 population 列' })
    const people = inMillions
      ? row.number('pop_million_2018', 1e-6, 2_000) * 1e6
      : row.has('population')
        ? row.number('population', 1, 2e9)
        : Number.NaN
    return [place(row, 'code', row.name('code')), people] as const
  })
  return new Map(rows)
}
