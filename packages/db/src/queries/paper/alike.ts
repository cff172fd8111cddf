import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type AlikeWindow = { readonly jurisdiction: number; readonly from: Date; readonly until: Date }

/** A screening that holds one of the digests looked for. */
export type AlikeScreening = {
  readonly id: string
  readonly at: Date
  readonly postId: number
  readonly lane: number
  readonly paperFormId: string | null
  /** Of the plate, or of the document of somebody aboard. */
  readonly digest: Buffer
}

const columns = [
  's.id',
  's.occurred_at as at',
  's.post_id as postId',
  's.lane',
  's.paper_form_id as paperFormId',
] as const

const most = 5_000

/** Screenings of a window by plate. */
export const findByPlates = (
  query: Query,
  { jurisdiction, from, until }: AlikeWindow,
  digests: readonly Buffer[],
): Promise<AlikeScreening[]> =>
  digests.length === 0
    ? Promise.resolve([])
    : query
        .selectFrom('screenings as s')
        .select([...columns, sql<Buffer>`s.plate_digest`.as('digest')])
        .where('s.jurisdiction', '=', jurisdiction)
        .where('s.occurred_at', '>=', from)
        .where('s.occurred_at', '<', until)
        .where('s.plate_digest', 'in', [...digests])
        .orderBy('s.occurred_at')
        .limit(most)
        .execute()

/** Screenings of a window by the documents of those aboard. */
export const findByDocuments = (
  query: Query,
  { jurisdiction, from, until }: AlikeWindow,
  digests: readonly Buffer[],
): Promise<AlikeScreening[]> =>
  digests.length === 0
    ? Promise.resolve([])
    : query
        .selectFrom('screening_travellers as t')
        .innerJoin('screenings as s', (join) =>
          join
            .onRef('s.jurisdiction', '=', 't.jurisdiction')
            .onRef('s.occurred_at', '=', 't.occurred_at')
            .onRef('s.id', '=', 't.screening_id'),
        )
        .select([...columns, sql<Buffer>`t.document_digest`.as('digest')])
        .where('t.jurisdiction', '=', jurisdiction)
        .where('t.occurred_at', '>=', from)
        .where('t.occurred_at', '<', until)
        .where('s.occurred_at', '>=', from)
        .where('s.occurred_at', '<', until)
        .where('t.document_digest', 'in', [...digests])
        .orderBy('s.occurred_at')
        .limit(most)
        .execute()

/** What the screenings that forms became can be known again by. */
export const digestsOfScreenings = async (
  query: Query,
  { jurisdiction, from, until }: AlikeWindow,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly plate: Buffer | null; readonly documents: Buffer[] }[]> => {
  if (ids.length === 0) return []
  const screenings = await query
    .selectFrom('screenings')
    .select(['id', 'plate_digest as plate'])
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '>=', from)
    .where('occurred_at', '<', until)
    .where('id', 'in', [...ids])
    .execute()
  const people = await query
    .selectFrom('screening_travellers')
    .select(['screening_id as id', 'document_digest as digest'])
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '>=', from)
    .where('occurred_at', '<', until)
    .where('screening_id', 'in', [...ids])
    .where('document_digest', 'is not', null)
    .execute()
  return screenings.map(({ id, plate }) => ({
    id,
    plate,
    documents: people.flatMap((person) =>
      person.id === id && person.digest !== null ? [person.digest] : [],
    ),
  }))
}
