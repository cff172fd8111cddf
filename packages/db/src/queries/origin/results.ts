import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type RiskFigures = {
  readonly expected: number
  readonly low50: number
  readonly high50: number
  readonly low90: number
  readonly high90: number
  readonly pAtLeastOne: number
}
export type TotalRisk = RiskFigures & { readonly originCode: number }
export type DailyRisk = TotalRisk & { readonly day: string }
/** Shares of all arrivals of the window. */
export type RegionMix = {
  readonly regionCode: number
  readonly lastLeg: number
  readonly estimated: number
  readonly low90: number
  readonly high90: number
}
/** What a run made of one area. */
export type AreaResult = {
  readonly jurisdiction: number
  readonly daily: readonly DailyRisk[]
  readonly totals: readonly TotalRisk[]
  readonly mixes: readonly RegionMix[]
}

/** Stands for all origins together among totals. */
export const allOriginsCode = 0

/** Rows of one statement, so that no statement has more parameters than PostgreSQL takes. */
const rowsAtOnce = 4_000

const inParts = async <Row>(
  rows: readonly Row[],
  insert: (some: readonly Row[]) => Promise<unknown>,
): Promise<void> => {
  for (let from = 0; from < rows.length; from += rowsAtOnce) await insert(rows.slice(from, from + rowsAtOnce))
}

const figuresOf = ({ pAtLeastOne, expected, low50, high50, low90, high90 }: RiskFigures) => ({
  expected,
  low50,
  high50,
  low90,
  high90,
  p_at_least_one: pAtLeastOne,
})

/** Writes the results of a run; nobody is shown them before the run is published. */
export const insertAreaResult = async (query: Query, runId: string, result: AreaResult): Promise<void> => {
  const { jurisdiction } = result
  const key = { jurisdiction, run_id: runId }
  await inParts(result.daily, (some) =>
    query
      .insertInto('origin_risks')
      .values(some.map((row) => ({ ...key, day: row.day, origin_code: row.originCode, ...figuresOf(row) })))
      .execute(),
  )
  await inParts(result.totals, (some) =>
    query
      .insertInto('origin_risk_totals')
      .values(some.map((row) => ({ ...key, origin_code: row.originCode, ...figuresOf(row) })))
      .execute(),
  )
  await inParts(result.mixes, (some) =>
    query
      .insertInto('origin_mixes')
      .values(
        some.map((row) => ({
          ...key,
          region_code: row.regionCode,
          last_leg: row.lastLeg,
          estimated: row.estimated,
          low90: row.low90,
          high90: row.high90,
        })),
      )
      .execute(),
  )
}

const resultTables = ['origin_risks', 'origin_risk_totals', 'origin_mixes'] as const

/** Takes away what an earlier attempt of a run left. */
export const clearRun = async (
  query: Query,
  jurisdictions: readonly number[],
  runId: string,
): Promise<void> => {
  for (const table of resultTables)
    await query
      .deleteFrom(table)
      .where('jurisdiction', 'in', jurisdictions)
      .where('run_id', '=', runId)
      .execute()
}

/** Drops results of runs that are neither shown nor under way. */
export const pruneResults = async (
  query: Query,
  jurisdictions: readonly number[],
  model: string,
): Promise<void> => {
  for (const table of resultTables)
    await query
      .deleteFrom(table)
      .where('jurisdiction', 'in', jurisdictions)
      .where('run_id', 'not in', (eb) =>
        eb
          .selectFrom('model_outputs')
          .select('run_id')
          .where('model', '=', model)
          .union(
            eb
              .selectFrom('model_runs')
              .select('id as run_id')
              .where('model', '=', model)
              .where('state', '=', 'running'),
          ),
      )
      .execute()
}

/** Days that an area is shown a result for, newest first. */
export const readResultDays = async (query: Query, jurisdiction: number, model: string): Promise<string[]> =>
  (
    await query
      .selectFrom('model_outputs')
      .select('part')
      .where('jurisdiction', '=', jurisdiction)
      .where('model', '=', model)
      .orderBy('part', 'desc')
      .execute()
  ).map(({ part }) => part)

const figureColumns = [
  'origin_code as originCode',
  'expected',
  'low50',
  'high50',
  'low90',
  'high90',
  'p_at_least_one as pAtLeastOne',
] as const

export const readTotalRisks = (query: Query, jurisdiction: number, runId: string): Promise<TotalRisk[]> =>
  query
    .selectFrom('origin_risk_totals')
    .select(figureColumns)
    .where('jurisdiction', '=', jurisdiction)
    .where('run_id', '=', runId)
    .execute()

export const readDailyRisks = (
  query: Query,
  jurisdiction: number,
  { runId, origin }: { readonly runId: string; readonly origin: number },
): Promise<DailyRisk[]> =>
  query
    .selectFrom('origin_risks')
    .select(['day', ...figureColumns])
    .where('jurisdiction', '=', jurisdiction)
    .where('run_id', '=', runId)
    .where('origin_code', '=', origin)
    .orderBy('day')
    .execute()

export const readMixes = (query: Query, jurisdiction: number, runId: string): Promise<RegionMix[]> =>
  query
    .selectFrom('origin_mixes')
    .select(['region_code as regionCode', 'last_leg as lastLeg', 'estimated', 'low90', 'high90'])
    .where('jurisdiction', '=', jurisdiction)
    .where('run_id', '=', runId)
    .orderBy(sql`greatest(last_leg, estimated)`, 'desc')
    .execute()

/** What is shown of a city, day by day: version and inputs of the run behind it. */
export const readPublished = (query: Query, jurisdiction: number, model: string) =>
  query
    .selectFrom('model_outputs')
    .select(['part', 'model_version as version', 'parameters'])
    .where('jurisdiction', '=', jurisdiction)
    .where('model', '=', model)
    .execute()
