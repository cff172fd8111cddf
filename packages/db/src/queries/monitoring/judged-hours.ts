import { CompiledQuery, type Kysely, sql } from 'kysely'
import { bulkInsert, type Column } from '#src/bulk-insert.ts'
import type { DaySpan } from '#src/queries/monitoring/counted-hours.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A number that is expected, with its 90 % interval. */
export type Expected = { readonly mean: number; readonly low: number; readonly high: number }

/** An hour of a post as it was judged. */
export type JudgedHour = {
  readonly jurisdiction: number
  readonly day: string
  readonly postId: number
  readonly hour: number
  readonly isOver: boolean
  readonly vehicles: number
  readonly travellers: number
  readonly febrile: number
  readonly expected: {
    readonly vehicles: Expected
    readonly travellers: Expected
    readonly febrile: Expected
  }
  /** Of fever, high flow and low flow. */
  readonly scores: readonly [number, number, number]
  readonly alarms: readonly [boolean, boolean, boolean]
}

const measures = ['vehicles', 'travellers', 'febrile'] as const
const charts = ['fever', 'high', 'low'] as const

const expectedColumns: readonly Column<JudgedHour>[] = measures.flatMap((measure) =>
  (['mean', 'low', 'high'] as const).map((part) => ({
    name: `${measure}_${part}`,
    type: 'real',
    value: (row: JudgedHour) => row.expected[measure][part],
  })),
)

const columns: readonly Column<JudgedHour>[] = [
  { name: 'jurisdiction', type: 'integer', value: (row) => row.jurisdiction },
  { name: 'day', type: 'date', value: (row) => row.day },
  { name: 'post_id', type: 'integer', value: (row) => row.postId },
  { name: 'hour', type: 'smallint', value: (row) => row.hour },
  { name: 'is_over', type: 'boolean', value: (row) => row.isOver },
  { name: 'vehicles', type: 'integer', value: (row) => row.vehicles },
  { name: 'travellers', type: 'integer', value: (row) => row.travellers },
  { name: 'febrile', type: 'integer', value: (row) => row.febrile },
  ...expectedColumns,
  ...charts.map((chart, n) => ({
    name: `${chart}_score`,
    type: 'real',
    value: (row: JudgedHour) => row.scores[n] ?? 0,
  })),
  ...charts.map((chart, n) => ({
    name: `${chart}_alarm`,
    type: 'boolean',
    value: (row: JudgedHour) => row.alarms[n] ?? false,
  })),
]

const changing = columns.slice(4).map(({ name }) => `${name} = excluded.${name}`)

const upsert = bulkInsert(
  'monitoring_hours',
  columns,
  `on conflict (jurisdiction, day, post_id, hour) do update set ${changing.join(', ')}`,
)

/** Writes hours in place of what was said of them before. */
export const writeJudgedHours = async (query: Query, rows: readonly JudgedHour[]): Promise<void> => {
  if (rows.length > 0) await query.executeQuery(CompiledQuery.raw(upsert.text, upsert.values(rows)))
}

/** Hours of an area on some days, by post and time. @param postId  left out: all */
export const readJudgedHours = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until, postId }: DaySpan & { readonly postId?: number },
) =>
  query
    .selectFrom('monitoring_hours')
    .selectAll()
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .$if(postId !== undefined, (hours) => hours.where('post_id', '=', postId ?? 0))
    .orderBy('post_id')
    .orderBy('day')
    .orderBy('hour')
    .execute()

/** Hours of an area added up over its posts, or of one of them: what was counted and what was expected. */
export const readHourTotals = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until, postId }: DaySpan & { readonly postId?: number },
) =>
  query
    .selectFrom('monitoring_hours')
    .select([
      'day',
      'hour',
      sql<number>`sum(vehicles)::integer`.as('vehicles'),
      sql<number>`sum(travellers)::integer`.as('travellers'),
      sql<number>`sum(febrile)::integer`.as('febrile'),
      sql<number>`sum(vehicles_mean)::double precision`.as('vehiclesMean'),
      sql<number>`sum(travellers_mean)::double precision`.as('travellersMean'),
      sql<number>`sum(febrile_mean)::double precision`.as('febrileMean'),
      sql<boolean>`bool_and(is_over)`.as('isOver'),
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .$if(postId !== undefined, (hours) => hours.where('post_id', '=', postId ?? 0))
    .groupBy(['day', 'hour'])
    .orderBy('day')
    .orderBy('hour')
    .execute()

/** Drops hours before a day. */
export const pruneJudgedHours = async (query: Query, before: string): Promise<void> => {
  await query.deleteFrom('monitoring_hours').where('day', '<', before).execute()
}
