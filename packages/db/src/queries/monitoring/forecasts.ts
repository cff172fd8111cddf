import { CompiledQuery, type Kysely } from 'kysely'
import { bulkInsert } from '#src/bulk-insert.ts'
import type { Expected } from '#src/queries/monitoring/judged-hours.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type ForecastMeasure = 'vehicles' | 'travellers'

/** An hour to come at a post, and its three slots. */
export type ForecastHour = Expected & {
  readonly jurisdiction: number
  readonly day: string
  readonly postId: number
  readonly hour: number
  readonly measure: ForecastMeasure
  readonly slots: readonly Expected[]
}

const arrayOf = (row: ForecastHour, part: keyof Expected): string =>
  row.slots.map((slot) => slot[part]).join(',')
const expression = "string_to_array(?, ',')::real[]"

const insert = bulkInsert<ForecastHour>('monitoring_forecasts', [
  { name: 'jurisdiction', type: 'integer', value: (row) => row.jurisdiction },
  { name: 'day', type: 'date', value: (row) => row.day },
  { name: 'post_id', type: 'integer', value: (row) => row.postId },
  { name: 'hour', type: 'smallint', value: (row) => row.hour },
  { name: 'measure', type: 'text', value: (row) => row.measure },
  { name: 'mean', type: 'real', value: (row) => row.mean },
  { name: 'low', type: 'real', value: (row) => row.low },
  { name: 'high', type: 'real', value: (row) => row.high },
  { name: 'slot_mean', type: 'text', expression, value: (row) => arrayOf(row, 'mean') },
  { name: 'slot_low', type: 'text', expression, value: (row) => arrayOf(row, 'low') },
  { name: 'slot_high', type: 'text', expression, value: (row) => arrayOf(row, 'high') },
])

/** Puts forecasts in place of those that there were. @param areas  division codes of the city */
export const replaceForecasts = async (
  query: Query,
  areas: readonly number[],
  rows: readonly ForecastHour[],
): Promise<void> => {
  await query.deleteFrom('monitoring_forecasts').where('jurisdiction', 'in', areas).execute()
  if (rows.length > 0) await query.executeQuery(CompiledQuery.raw(insert.text, insert.values(rows)))
}

/** What is forecast for the posts of an area, in order of time. */
export const readForecasts = (query: Query, jurisdictions: readonly number[], measure: ForecastMeasure) =>
  query
    .selectFrom('monitoring_forecasts')
    .selectAll()
    .where('jurisdiction', 'in', jurisdictions)
    .where('measure', '=', measure)
    .orderBy('post_id')
    .orderBy('day')
    .orderBy('hour')
    .execute()
