import type { ShownCertificate } from '@guankou/contract/certificates/shown.ts'
import type { TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import { type Kysely, sql } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import { standingDisposition, standingGround } from '#src/queries/screening/standing.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Which people a list holds. Empty lists of posts and dispositions mean all. */
export type ExportFilter = {
  readonly postIds: readonly number[]
  readonly dispositions: readonly string[]
}

/** One jurisdiction between two instants. */
export type SourceWindow = { readonly jurisdiction: number; readonly from: Date; readonly until: Date }

const people = (query: Query, window: SourceWindow, { postIds, dispositions }: ExportFilter) => {
  const all = query
    .selectFrom('screening_travellers as t')
    .innerJoin('screenings as s', (join) =>
      join
        .onRef('s.jurisdiction', '=', 't.jurisdiction')
        .onRef('s.occurred_at', '=', 't.occurred_at')
        .onRef('s.id', '=', 't.screening_id'),
    )
    .where('t.jurisdiction', '=', window.jurisdiction)
    .where('t.occurred_at', '>=', window.from)
    .where('t.occurred_at', '<', window.until)
    .where('s.occurred_at', '>=', window.from)
    .where('s.occurred_at', '<', window.until)
  const atPosts = postIds.length === 0 ? all : all.where('s.post_id', 'in', postIds)
  return dispositions.length === 0 ? atPosts : atPosts.where(standingDisposition, 'in', dispositions)
}

/** How many people a list would hold in a window. */
export const countExportSource = async (
  query: Query,
  window: SourceWindow,
  filter: ExportFilter,
): Promise<number> => {
  const row = await people(query, window, filter)
    .select(sql<number>`count(*)::integer`.as('people'))
    .executeTakeFirstOrThrow()
  return row.people
}

/** A person with everything that a list may hold, identities still sealed. */
export type ExportSource = PersonKey & {
  readonly day: string
  readonly postId: number
  readonly lane: number
  readonly plate: Buffer | null
  readonly service: Buffer | null
  readonly seatLabel: string | null
  readonly name: Buffer | null
  readonly documentKind: string
  readonly document: Buffer | null
  readonly phone: Buffer | null
  readonly originCode: number
  readonly exposure: string
  readonly fever: string
  readonly readings: readonly TemperatureReading[]
  readonly symptoms: readonly string[]
  readonly certificates: readonly ShownCertificate[] | null
  readonly responseId: string
  readonly rulesVersion: number
  /** As the rules gave it. */
  readonly recorded: string
  /** As it counts now. */
  readonly disposition: string
  /** Why a lead decided otherwise; null where nobody did. */
  readonly overrideGround: string | null
}

/** Where reading goes on: after this person. */
export type SourceCursor = { readonly at: Date; readonly screeningId: string; readonly seat: number }

/** The next people of a window, in the order of their keys. */
export const readExportSource = (
  query: Query,
  window: SourceWindow,
  filter: ExportFilter,
  { after, most }: { readonly after: SourceCursor | null; readonly most: number },
): Promise<ExportSource[]> => {
  const all = people(query, window, filter)
  const rest =
    after === null
      ? all
      : all
          .where('t.occurred_at', '>=', after.at)
          .where(
            sql<boolean>`(t.occurred_at, t.screening_id, t.seat) > (${after.at}::timestamptz, ${after.screeningId}::uuid, ${after.seat}::smallint)`,
          )
  return rest
    .select([
      't.jurisdiction',
      't.occurred_at as occurredAt',
      't.screening_id as screeningId',
      't.seat',
      's.day',
      's.post_id as postId',
      's.lane',
      's.plate_sealed as plate',
      's.service_sealed as service',
      't.seat_label as seatLabel',
      't.name_sealed as name',
      't.document_kind as documentKind',
      't.document_sealed as document',
      't.phone_sealed as phone',
      't.origin_code as originCode',
      't.exposure',
      't.fever',
      sql<readonly TemperatureReading[]>`t.readings`.as('readings'),
      't.symptoms',
      sql<readonly ShownCertificate[] | null>`t.certificates`.as('certificates'),
      's.response_id as responseId',
      's.rules_version as rulesVersion',
      't.disposition as recorded',
      standingDisposition.as('disposition'),
      standingGround.as('overrideGround'),
    ])
    .orderBy('t.occurred_at')
    .orderBy('t.screening_id')
    .orderBy('t.seat')
    .limit(most)
    .execute()
}
