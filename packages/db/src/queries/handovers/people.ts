import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** What was found of somebody when they were screened. */
export type Finding = {
  readonly screeningId: string
  readonly seat: number
  readonly seatLabel: string | null
  readonly conveyanceKind: string
  readonly fever: string
  readonly exposure: string
  readonly symptoms: readonly string[]
  readonly readings: readonly { readonly temperatureCelsius?: number }[]
}

/** Findings of everyone aboard the screenings given, as far as these have arrived. */
export const readFindings = async (
  query: Query,
  screenings: readonly { readonly jurisdiction: number; readonly occurredAt: Date; readonly id: string }[],
): Promise<readonly Finding[]> => {
  if (screenings.length === 0) return []
  const rows = await query
    .selectFrom('screening_travellers as t')
    .innerJoin('screenings as s', (join) =>
      join
        .onRef('s.jurisdiction', '=', 't.jurisdiction')
        .onRef('s.occurred_at', '=', 't.occurred_at')
        .onRef('s.id', '=', 't.screening_id'),
    )
    .select([
      't.screening_id as screeningId',
      't.seat',
      't.seat_label as seatLabel',
      's.conveyance_kind as conveyanceKind',
      't.fever',
      't.exposure',
      't.symptoms',
      't.readings',
    ])
    .where('t.jurisdiction', 'in', [...new Set(screenings.map(({ jurisdiction }) => jurisdiction))])
    .where(
      't.occurred_at',
      'in',
      screenings.map(({ occurredAt }) => occurredAt),
    )
    .where(
      't.screening_id',
      'in',
      screenings.map(({ id }) => id),
    )
    .execute()
  return rows as unknown as readonly Finding[]
}
