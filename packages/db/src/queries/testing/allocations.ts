import { type Kysely, sql } from 'kysely'
import { bulkInsert, type Column } from '#src/bulk-insert.ts'
import { executeIn } from '#src/queries/audit/append-audit.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** How many people of a type a post tests, and why. */
export type StoredAllocation = {
  readonly jurisdiction: number
  readonly postId: number
  readonly originCode: number
  readonly declared: boolean
  readonly arrivals: number
  readonly tests: number
  readonly byLot: number
  readonly askedShare: number
  readonly prevalence: number
  readonly prevalenceLow: number
  readonly prevalenceHigh: number
  readonly worth: number | null
  readonly reason: string
}

export type StoredPostAllocation = {
  readonly jurisdiction: number
  readonly postId: number
  readonly budget: number
  readonly taken: number
  readonly tests: number
  readonly byLot: number
  readonly othersShare: number
}

export type StoredEvidence = {
  readonly jurisdiction: number
  readonly kind: 'fairness' | 'yield'
  readonly subject: string
  readonly content: object
}

type OfRun<Row> = Row & { readonly runId: string }

const number = <Row>(name: string, type: string, value: (row: Row) => number | null): Column<Row> => ({
  name,
  type,
  value,
})

const allocationColumns: readonly Column<OfRun<StoredAllocation>>[] = [
  number('jurisdiction', 'integer', (a) => a.jurisdiction),
  { name: 'run_id', type: 'uuid', value: (a) => a.runId },
  number('post_id', 'integer', (a) => a.postId),
  number('origin_code', 'integer', (a) => a.originCode),
  { name: 'declared', type: 'boolean', value: (a) => a.declared },
  number('arrivals', 'integer', (a) => a.arrivals),
  number('tests', 'integer', (a) => a.tests),
  number('by_lot', 'integer', (a) => a.byLot),
  number('asked_share', 'float8', (a) => a.askedShare),
  number('prevalence', 'float8', (a) => a.prevalence),
  number('prevalence_low', 'float8', (a) => a.prevalenceLow),
  number('prevalence_high', 'float8', (a) => a.prevalenceHigh),
  number('worth', 'float8', (a) => a.worth),
  { name: 'reason', type: 'text', value: (a) => a.reason },
]

const postColumns: readonly Column<OfRun<StoredPostAllocation>>[] = [
  number('jurisdiction', 'integer', (a) => a.jurisdiction),
  { name: 'run_id', type: 'uuid', value: (a) => a.runId },
  number('post_id', 'integer', (a) => a.postId),
  number('budget', 'integer', (a) => a.budget),
  number('taken', 'integer', (a) => a.taken),
  number('tests', 'integer', (a) => a.tests),
  number('by_lot', 'integer', (a) => a.byLot),
  number('others_share', 'float8', (a) => a.othersShare),
]

const evidenceColumns: readonly Column<OfRun<StoredEvidence>>[] = [
  number('jurisdiction', 'integer', (e) => e.jurisdiction),
  { name: 'run_id', type: 'uuid', value: (e) => e.runId },
  { name: 'kind', type: 'text', value: (e) => e.kind },
  { name: 'subject', type: 'text', value: (e) => e.subject },
  { name: 'content', type: 'jsonb', value: (e) => JSON.stringify(e.content) },
]

const inserts = {
  allocations: bulkInsert('test_allocations', allocationColumns),
  posts: bulkInsert('test_allocation_posts', postColumns),
  evidence: bulkInsert('testing_evidence', evidenceColumns),
}

/** Writes what a run found, keyed by it; nobody sees it before the run is published. */
export const insertAllocation = async (
  query: Query,
  runId: string,
  found: {
    readonly allocations: readonly StoredAllocation[]
    readonly posts: readonly StoredPostAllocation[]
    readonly evidence: readonly StoredEvidence[]
  },
): Promise<void> => {
  const execute = executeIn(query)
  const put = async <Row>(insert: ReturnType<typeof bulkInsert<OfRun<Row>>>, rows: readonly Row[]) => {
    const { name, text } = insert
    await execute({ name, text, values: insert.values(rows.map((row) => ({ ...row, runId }))) })
  }
  await put(inserts.allocations, found.allocations)
  await put(inserts.posts, found.posts)
  await put(inserts.evidence, found.evidence)
}

type Shown = { readonly jurisdictions: readonly number[]; readonly runId: string }

export const readAllocations = (query: Query, { jurisdictions, runId }: Shown): Promise<StoredAllocation[]> =>
  query
    .selectFrom('test_allocations')
    .select([
      'jurisdiction',
      'post_id as postId',
      'origin_code as originCode',
      'declared',
      'arrivals',
      'tests',
      'by_lot as byLot',
      'asked_share as askedShare',
      'prevalence',
      'prevalence_low as prevalenceLow',
      'prevalence_high as prevalenceHigh',
      'worth',
      'reason',
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('run_id', '=', runId)
    .orderBy('post_id')
    .orderBy('tests', 'desc')
    .orderBy('prevalence', 'desc')
    .orderBy('origin_code')
    .orderBy('declared')
    .execute()

export const readPostAllocations = (
  query: Query,
  { jurisdictions, runId }: Shown,
): Promise<StoredPostAllocation[]> =>
  query
    .selectFrom('test_allocation_posts')
    .select([
      'jurisdiction',
      'post_id as postId',
      'budget',
      'taken',
      'tests',
      'by_lot as byLot',
      'others_share as othersShare',
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('run_id', '=', runId)
    .orderBy('post_id')
    .execute()

export const readEvidence = (query: Query, { jurisdictions, runId }: Shown, kind: StoredEvidence['kind']) =>
  query
    .selectFrom('testing_evidence')
    .select(['subject', 'content'])
    .where('jurisdiction', 'in', jurisdictions)
    .where('run_id', '=', runId)
    .where('kind', '=', kind)
    .orderBy('subject')
    .execute()

/** Drops what runs wrote that no area is shown. */
export const pruneAllocations = async (query: Query, model: string): Promise<void> => {
  const shown = query.selectFrom('model_outputs').select('run_id').where('model', '=', model)
  for (const table of ['test_allocations', 'test_allocation_posts', 'testing_evidence'] as const)
    await query.deleteFrom(table).where(sql.ref('run_id'), 'not in', shown).execute()
}
