import type { Kysely } from 'kysely'
import { accessesAsShown } from '#src/queries/identity-access/read-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A row of a list of calls that carries a document, with the list it stands in. */
export type CallOfDocument = {
  readonly jurisdiction: number
  readonly occurredAt: Date
  readonly listId: string
  readonly row: number
  readonly kind: string
  readonly day: string
  readonly undoneAt: Date | null
}

/** Rows of lists that carry one of the digests of a document, newest first. */
export const findCallsOfDocument = async (
  query: Query,
  digests: readonly Buffer[],
  most: number,
): Promise<readonly CallOfDocument[]> =>
  digests.length === 0
    ? []
    : query
        .selectFrom('worklist_rows as r')
        .innerJoin('worklists as l', (join) =>
          join
            .onRef('l.jurisdiction', '=', 'r.jurisdiction')
            .onRef('l.occurred_at', '=', 'r.occurred_at')
            .onRef('l.id', '=', 'r.list_id'),
        )
        .select([
          'r.jurisdiction',
          'r.occurred_at as occurredAt',
          'r.list_id as listId',
          'r.row_number as row',
          'l.kind',
          'l.day',
          'l.undone_at as undoneAt',
        ])
        .where('r.document_digest', 'in', [...digests])
        .orderBy('r.occurred_at', 'desc')
        .orderBy('r.row_number')
        .limit(most)
        .execute()

/** Who took the row away in a list, newest first; reasons still sealed. */
export const readCallAccesses = (
  query: Query,
  { jurisdiction, occurredAt, listId, row }: CallOfDocument,
  most: number,
) =>
  accessesAsShown(query)
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('screening_id', '=', listId)
    .where('seat', '=', row)
    .where('about', '=', 'call')
    .orderBy('at', 'desc')
    .limit(most)
    .execute()
