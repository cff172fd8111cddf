import type { ShownCertificate } from '@guankou/contract/certificates/shown.ts'
import type { Listed } from '@guankou/contract/matching/listed.ts'
import type { Exposure, TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A screening with what was decided, and without who it was of. */
export type StoredDecision = {
  readonly jurisdiction: number
  readonly occurredAt: Date
  readonly id: string
  readonly recordedAt: Date
  readonly day: string
  readonly slot: number
  readonly postId: number
  readonly lane: number
  readonly responseId: string
  readonly rulesVersion: number
  readonly conveyanceKind: string
  readonly fromPaper: boolean
  readonly disposition: string
  readonly ruleIds: readonly string[]
  readonly travellerCount: number
  readonly febrileCount: number
}

export type StoredTravellerDecision = {
  readonly screeningId: string
  readonly seat: number
  readonly seatLabel: string | null
  readonly fever: string
  readonly exposure: string
  readonly contactWithCase: boolean
  readonly disposition: string
  readonly ruleIds: readonly string[]
  readonly symptoms: readonly string[]
  readonly readings: readonly TemperatureReading[]
  readonly exposures: readonly Exposure[]
  readonly listed: readonly Listed[]
  readonly originCode: number
  readonly originEvidence: string
  readonly certificates: readonly ShownCertificate[] | null
}

const decisions = (query: Query) =>
  query
    .selectFrom('screenings')
    .select([
      'jurisdiction',
      'occurred_at as occurredAt',
      'id',
      'recorded_at as recordedAt',
      'day',
      'slot',
      'post_id as postId',
      'lane',
      'response_id as responseId',
      'rules_version as rulesVersion',
      'conveyance_kind as conveyanceKind',
      sql<boolean>`paper_form_id is not null`.as('fromPaper'),
      'disposition',
      'rule_ids as ruleIds',
      'traveller_count as travellerCount',
      'febrile_count as febrileCount',
    ])

/** One screening by its id, which carries its time. */
export const findDecision = (
  query: Query,
  { id, occurredAt }: { readonly id: string; readonly occurredAt: Date },
): Promise<StoredDecision | undefined> =>
  decisions(query).where('occurred_at', '=', occurredAt).where('id', '=', id).executeTakeFirst()

export type DecisionWindow = {
  readonly jurisdiction: number
  readonly day: string
  /** Instants between which the local day lies. */
  readonly from: Date
  readonly until: Date
}

/**
 * The next screenings of a window, in the order of their keys. Those whose stored day is another are read as well, where
 * their time lies in the window: a day that was changed must not hide a record.
 */
export const readDecisions = (
  query: Query,
  { jurisdiction, from, until }: DecisionWindow,
  {
    after,
    most,
  }: { readonly after: { readonly at: Date; readonly id: string } | null; readonly most: number },
): Promise<StoredDecision[]> => {
  const all = decisions(query)
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '>=', after?.at ?? from)
    .where('occurred_at', '<', until)
  const rest =
    after === null
      ? all
      : all.where(sql<boolean>`(occurred_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)`)
  return rest.orderBy('occurred_at').orderBy('id').limit(most).execute()
}

/** Travellers of screenings of one jurisdiction, in the order of their seats. */
export const readTravellerDecisions = (
  query: Query,
  screenings: readonly Pick<StoredDecision, 'jurisdiction' | 'occurredAt' | 'id'>[],
): Promise<StoredTravellerDecision[]> => {
  const [first, last] = [screenings[0], screenings.at(-1)]
  if (first === undefined || last === undefined) return Promise.resolve([])
  return query
    .selectFrom('screening_travellers')
    .select([
      'screening_id as screeningId',
      'seat',
      'seat_label as seatLabel',
      'fever',
      'exposure',
      'contact_with_case as contactWithCase',
      'disposition',
      'rule_ids as ruleIds',
      'symptoms',
      sql<readonly TemperatureReading[]>`readings`.as('readings'),
      sql<readonly Exposure[]>`exposures`.as('exposures'),
      sql<readonly Listed[]>`coalesce(listed, '[]')`.as('listed'),
      'origin_code as originCode',
      'origin_evidence as originEvidence',
      sql<readonly ShownCertificate[] | null>`certificates`.as('certificates'),
    ])
    .where('jurisdiction', '=', first.jurisdiction)
    .where('occurred_at', '>=', first.occurredAt)
    .where('occurred_at', '<=', last.occurredAt)
    .where(
      'screening_id',
      'in',
      screenings.map(({ id }) => id),
    )
    .orderBy('screening_id')
    .orderBy('seat')
    .execute()
}

/** Whether retention has deleted what was found on a day. */
export const isDayDeleted = async (
  query: Query,
  { jurisdiction, day }: { readonly jurisdiction: number; readonly day: string },
): Promise<boolean> =>
  (await query
    .selectFrom('retention_days')
    .select('day')
    .where('jurisdiction', '=', jurisdiction)
    .where('day', '=', day)
    .where('data_class', '=', 'health')
    .executeTakeFirst()) !== undefined
