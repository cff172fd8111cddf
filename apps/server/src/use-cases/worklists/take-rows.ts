import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { insertRows, type NewReject, type NewRow } from '@guankou/db/queries/worklists/rows.ts'
import type { CellProblem, RowContext, RowReading } from '@guankou/domain/worklists/read-row.ts'
import type { DigestsOf } from '#src/identity/identity-sealer.ts'
import type { RegisterWork } from '#src/use-cases/households/take-register.ts'
import { type Candidate, candidateOf, linkRows, type SameAs } from '#src/use-cases/worklists/link-rows.ts'
import {
  type FoundImport,
  keyOf,
  rejectPlace,
  rowPlace,
  type WorklistContext,
} from '#src/use-cases/worklists/list-scope.ts'

export type ReadRow = {
  readonly row: number
  readonly cells: readonly string[]
  readonly reading: RowReading
}

export type Work = {
  readonly context: WorklistContext
  readonly found: FoundImport
  readonly rowContext: RowContext
  /** Column of a mended file that says which row is put right; −1 in a first file. */
  readonly rowAt: number
  /** Column of a mended file that says why a row came back; −1 where there is none. */
  readonly reasonAt: number
  readonly digestsOf: DigestsOf
  /** Of a household register; undefined where rows are to be called. */
  readonly register: RegisterWork | undefined
}

/** What became of the rows of a batch. */
export type BatchCounts = {
  readonly taken: number
  readonly rejected: number
  readonly linked: number
  readonly households: number
  /** Rows that there is nothing left to put right of. */
  readonly settledRows: readonly number[]
}

const sealRow = async (
  { context, found }: Work,
  { row, reading }: ReadRow,
  digests: Pick<NewRow, 'phone' | 'document' | 'plate'>,
  sameAs: SameAs | null,
): Promise<NewRow[]> => {
  if (reading.is !== 'row') return []
  const { list, file } = found
  const text = JSON.stringify(reading.content)
  const sealed = await context.identity.sealer.sealText(list, rowPlace(list.id, row), text)
  return [{ ...keyOf(list), row, importId: file.id, sealed, ...digests, sameAs }]
}

/** A rejected row with its cells sealed, for the file to mend. */
export const sealReject = async (
  { context, found }: Pick<Work, 'context' | 'found'>,
  { row, cells }: Pick<ReadRow, 'row' | 'cells'>,
  problems: readonly CellProblem[],
): Promise<NewReject> => {
  const { list, file } = found
  const text = JSON.stringify({ cells, offers: problems.map(({ offers }) => offers) })
  const sealed = await context.identity.sealer.sealText(list, rejectPlace(list.id, row), text)
  const reasons = problems.map(({ field, why }) => `${field}:${why}`).join(',')
  return { ...keyOf(list), row, importId: file.id, reasons, sealed }
}

const sealBatch = async (
  work: Work,
  asked: readonly ReadRow[],
  candidates: readonly Candidate[],
  links: ReadonlyMap<number, SameAs>,
): Promise<{ readonly rows: readonly NewRow[]; readonly rejects: readonly NewReject[] }> => {
  const byRow = new Map(candidates.map((each) => [each.row, each]))
  const rows: NewRow[] = []
  const rejects: NewReject[] = []
  for (const each of asked) {
    const own = byRow.get(each.row)
    const digests = {
      phone: own?.phones[0] ?? null,
      document: own?.documents[0] ?? null,
      plate: own?.plates[0] ?? null,
    }
    rows.push(...(await sealRow(work, each, digests, links.get(each.row) ?? null)))
    if (each.reading.is === 'rejected') rejects.push(await sealReject(work, each, each.reading.problems))
  }
  return { rows, rejects }
}

/** Takes rows of a list that is called. */
export const takeListed = async (
  transaction: AreaTransaction,
  work: Work,
  asked: readonly ReadRow[],
): Promise<BatchCounts> => {
  const { list } = work.found
  const { context } = work
  const candidates = asked.flatMap(({ row, reading }) =>
    reading.is === 'row' ? [candidateOf(row, reading.content, work.digestsOf)] : [],
  )
  const links = await linkRows(transaction, context, list, candidates)
  const { rows, rejects } = await sealBatch(work, asked, candidates, links)
  await insertRows(transaction, rows, rejects)
  return {
    taken: rows.length,
    rejected: rejects.length,
    linked: links.size,
    households: 0,
    settledRows: rows.map(({ row }) => row),
  }
}
