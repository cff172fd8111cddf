import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type RunKey = { readonly jurisdiction: number; readonly model: string; readonly id: string }

/** What a run is about and from what it is made. */
export type RunSubject = {
  readonly part: string
  readonly modelVersion: string
  readonly occasion: 'schedule' | 'arrival'
  readonly dataFrom: string
  readonly dataUntil: string
  readonly dataAt: Date
  readonly parameters: object
}

const columnsOf = ({
  part,
  modelVersion,
  occasion,
  dataFrom,
  dataUntil,
  dataAt,
  parameters,
}: RunSubject) => ({
  part,
  model_version: modelVersion,
  occasion,
  data_from: dataFrom,
  data_until: dataUntil,
  data_at: dataAt,
  parameters: JSON.stringify(parameters),
})

const runColumns = [
  'id',
  'part',
  'model_version as modelVersion',
  'state',
  'progress',
  'attempts',
  'started_at as startedAt',
  'noted_at as notedAt',
  'parameters',
  'error',
] as const

/** The run of a model that was begun last. */
export const readLatestRun = (query: Query, jurisdiction: number, model: string) =>
  query
    .selectFrom('model_runs')
    .select(runColumns)
    .where('jurisdiction', '=', jurisdiction)
    .where('model', '=', model)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()

export const insertRun = async (query: Query, key: RunKey, subject: RunSubject, at: Date): Promise<void> => {
  await query
    .insertInto('model_runs')
    .values({
      ...key,
      ...columnsOf(subject),
      state: 'running',
      progress: 0,
      started_at: at,
      noted_at: at,
      computed_at: null,
      attempts: 1,
      error: null,
    })
    .execute()
}

const oneRun = (query: Query, { jurisdiction, model, id }: RunKey) =>
  query
    .updateTable('model_runs')
    .where('jurisdiction', '=', jurisdiction)
    .where('model', '=', model)
    .where('id', '=', id)

/** Takes up a run that was cut off, with what there is to know now. */
export const resumeRun = async (query: Query, key: RunKey, subject: RunSubject, at: Date): Promise<void> => {
  await oneRun(query, key)
    .set({ ...columnsOf(subject), noted_at: at, attempts: sql<number>`attempts + 1` })
    .execute()
}

/** @param progress  share of the work that is done, 0 to 1 */
export const noteProgress = async (query: Query, key: RunKey, progress: number, at: Date): Promise<void> => {
  await oneRun(query, key).set({ progress, noted_at: at }).execute()
}

/** @param error  a word and a code, never data */
export const failRun = async (query: Query, key: RunKey, error: string, at: Date): Promise<void> => {
  await oneRun(query, key).set({ state: 'failed', error, noted_at: at }).execute()
}

/**
 * Finishes a run and shows it to areas, in the transaction that wrote its results.
 * @param areas  division codes that have results of it, the city among them
 */
export const publishRun = async (
  query: Query,
  key: RunKey,
  {
    subject,
    areas,
    at,
  }: { readonly subject: RunSubject; readonly areas: readonly number[]; readonly at: Date },
): Promise<void> => {
  await oneRun(query, key)
    .set({ state: 'finished', progress: 1, computed_at: at, noted_at: at, error: null })
    .execute()
  const { occasion: _, ...shown } = columnsOf(subject)
  await query
    .insertInto('model_outputs')
    .values(
      areas.map((jurisdiction) => ({
        jurisdiction,
        model: key.model,
        run_id: key.id,
        ...shown,
        computed_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['jurisdiction', 'model', 'part']).doUpdateSet((row) => ({
        run_id: row.ref('excluded.run_id'),
        model_version: row.ref('excluded.model_version'),
        data_from: row.ref('excluded.data_from'),
        data_until: row.ref('excluded.data_until'),
        data_at: row.ref('excluded.data_at'),
        computed_at: row.ref('excluded.computed_at'),
        parameters: row.ref('excluded.parameters'),
      })),
    )
    .execute()
}

/** What the areas are shown of a part, one row each; a run id that two rows share was published at once. */
export const readOutputs = (
  query: Query,
  jurisdictions: readonly number[],
  { model, part }: { readonly model: string; readonly part: string },
) =>
  query
    .selectFrom('model_outputs')
    .select([
      'jurisdiction',
      'run_id as runId',
      'model_version as version',
      'data_from as dataFrom',
      'data_until as dataUntil',
      'data_at as dataAt',
      'computed_at as computedAt',
      'parameters',
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('model', '=', model)
    .where('part', '=', part)
    .execute()

/** Drops runs that ended before, but for those that are shown. */
export const pruneRuns = async (query: Query, model: string, before: Date): Promise<void> => {
  await query
    .deleteFrom('model_runs')
    .where('model', '=', model)
    .where('state', '<>', 'running')
    .where('noted_at', '<', before)
    .where('id', 'not in', query.selectFrom('model_outputs').select('run_id').where('model', '=', model))
    .execute()
}
