import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import type { StoredList } from '@guankou/db/queries/worklists/imports.ts'
import { findRowsByDigest, type KnownRow } from '@guankou/db/queries/worklists/rows.ts'
import type { RowContent } from '@guankou/domain/worklists/read-row.ts'
import { callCounts } from '@guankou/domain/worklists/same-stay.ts'
import type { DigestsOf } from '#src/identity/identity-sealer.ts'
import { localDay, type WorklistContext } from '#src/use-cases/worklists/list-scope.ts'

/** A row before it is written, and every digest by which it may be known already; the newest of its own day first. */
export type Candidate = {
  readonly row: number
  readonly content: RowContent
  readonly phones: readonly Buffer[]
  readonly documents: readonly Buffer[]
  readonly plates: readonly Buffer[]
  readonly arrivedOn: string | undefined
}

export type SameAs = { readonly listId: string; readonly row: number }

const mostFound = 20_000

export const candidateOf = (row: number, content: RowContent, digestsOf: DigestsOf): Candidate => ({
  row,
  content,
  phones: content.phone === undefined ? [] : digestsOf('phone', content.phone),
  documents:
    content.document === undefined ? [] : digestsOf(content.documentKind ?? 'other', content.document),
  plates: content.plate === undefined ? [] : digestsOf('plate', content.plate),
  arrivedOn: content['arrived-on'],
})

const hex = (digests: readonly Buffer[]): string[] => digests.map((digest) => digest.toString('base64'))

/** Whether two rows can be one person: two different documents are two people, whoever’s phone it is. */
const canBeSame = ({ documents }: Candidate, known: KnownRow): boolean =>
  documents.length === 0 ||
  known.document === null ||
  documents.some((digest) => known.document !== null && digest.equals(known.document))

const ownDigest = (digests: readonly Buffer[]): Buffer | null => digests[0] ?? null

/**
 * Finds for each row the first one that names the same person or vehicle: among those that are known, or above it among
 * the rows themselves.
 */
export const linkAmong = <Each extends Candidate>(
  known: readonly KnownRow[],
  candidates: readonly Each[],
  listIdOf: (candidate: Each) => string,
  counts: (known: KnownRow, candidate: Each) => boolean = () => true,
): ReadonlyMap<number, SameAs> => {
  const byDigest = new Map<string, KnownRow[]>()
  const add = (row: KnownRow): void => {
    for (const digest of [row.phone, row.document, row.plate]) {
      if (digest === null) continue
      const key = digest.toString('base64')
      const held = byDigest.get(key)
      if (held === undefined) byDigest.set(key, [row])
      else if (held.length < 50) held.push(row)
    }
  }
  for (const row of known) add(row)
  const links = new Map<number, SameAs>()
  for (const candidate of candidates) {
    const keys = hex([...candidate.documents, ...candidate.plates, ...candidate.phones])
    const same = keys
      .flatMap((key) => byDigest.get(key) ?? [])
      .find((row) => canBeSame(candidate, row) && counts(row, candidate))
    if (same !== undefined) links.set(candidate.row, { listId: same.listId, row: same.row })
    else
      add({
        listId: listIdOf(candidate),
        row: candidate.row,
        phone: ownDigest(candidate.phones),
        document: ownDigest(candidate.documents),
        plate: ownDigest(candidate.plates),
        closedAt: null,
      })
  }
  return links
}

/** Links the rows of a batch with rows of any list of the jurisdiction whose call counts for them, and with each other. */
export const linkRows = async (
  transaction: AreaTransaction,
  context: Pick<WorklistContext, 'reference' | 'now'>,
  { jurisdiction, id: listId }: Pick<StoredList, 'jurisdiction' | 'id'>,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<number, SameAs>> => {
  const known = await findRowsByDigest(
    transaction,
    [jurisdiction],
    {
      phones: candidates.flatMap(({ phones }) => phones),
      documents: candidates.flatMap(({ documents }) => documents),
      plates: candidates.flatMap(({ plates }) => plates),
    },
    mostFound,
  )
  const broughtAtMs = context.now()
  const counts = ({ closedAt }: KnownRow, { arrivedOn }: Candidate): boolean => {
    if (closedAt === null) return true
    const atMs = closedAt.getTime()
    return callCounts({ atMs, day: localDay(context, jurisdiction, atMs) }, { arrivedOn, broughtAtMs })
  }
  return linkAmong(known, candidates, () => listId, counts)
}
