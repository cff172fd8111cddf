import type { Listed } from '@guankou/contract/matching/listed.ts'
import type { CorrectedFindings } from '@guankou/contract/screening/finding-corrections.ts'
import type { Exposure, TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import { type Kysely, sql } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type FindingCorrection = PersonKey & {
  readonly id: string
  readonly day: string
  readonly before: CorrectedFindings
  readonly after: CorrectedFindings
  readonly ground: string
  readonly wordsSealed: Buffer | null
  readonly madeAt: Date
  readonly accountId: string
  readonly role: string
  readonly deviceId: string | null
}

export const insertFindingCorrection = async (query: Query, correction: FindingCorrection): Promise<void> => {
  await query
    .insertInto('screening_finding_corrections')
    .values({
      jurisdiction: correction.jurisdiction,
      id: correction.id,
      occurred_at: correction.occurredAt,
      screening_id: correction.screeningId,
      seat: correction.seat,
      day: correction.day,
      before: JSON.stringify(correction.before),
      after: JSON.stringify(correction.after),
      ground: correction.ground,
      words_sealed: correction.wordsSealed,
      made_at: correction.madeAt,
      account_id: correction.accountId,
      role: correction.role,
      device_id: correction.deviceId,
    })
    .execute()
}

/** Corrections of what was found of people, oldest first. */
export const readFindingCorrections = async (
  query: Query,
  people: readonly PersonKey[],
): Promise<readonly FindingCorrection[]> => {
  if (people.length === 0) return []
  const { rows } = await sql<FindingCorrection>`
    with people as (
      select * from unnest(${people.map(({ jurisdiction }) => jurisdiction)}::integer[],
        ${people.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[],
        ${people.map(({ screeningId }) => screeningId)}::uuid[], ${people.map(({ seat }) => seat)}::smallint[])
        as p (jurisdiction, occurred_at, screening_id, seat)
    )
    select c.jurisdiction, c.id, c.occurred_at as "occurredAt", c.screening_id as "screeningId", c.seat, c.day, c.before,
      c.after, c.ground, c.words_sealed as "wordsSealed", c.made_at as "madeAt", c.account_id as "accountId", c.role,
      c.device_id as "deviceId"
    from screening_finding_corrections c join people p using (jurisdiction, occurred_at, screening_id, seat)
    order by c.made_at, c.id`.execute(query)
  return rows
}

/** What was recorded of one person, with what the corrections of it need to know of the screening. */
export type RecordedFindings = PersonKey & {
  readonly day: string
  readonly responseId: string
  readonly rulesVersion: number
  readonly originCode: number
  readonly originEvidence: string
  readonly contactWithCase: boolean
  readonly symptoms: readonly string[]
  readonly readings: readonly TemperatureReading[]
  readonly exposures: readonly Exposure[]
  readonly listed: readonly Listed[]
}

/** One person by the id of the screening, which carries its time, and the seat, wherever in the area. */
export const findRecordedFindings = (
  query: Query,
  { screeningId, occurredAt, seat }: Omit<PersonKey, 'jurisdiction'>,
): Promise<RecordedFindings | undefined> =>
  query
    .selectFrom('screening_travellers as t')
    .innerJoin('screenings as s', (join) =>
      join
        .onRef('s.jurisdiction', '=', 't.jurisdiction')
        .onRef('s.occurred_at', '=', 't.occurred_at')
        .onRef('s.id', '=', 't.screening_id'),
    )
    .select([
      't.jurisdiction',
      't.occurred_at as occurredAt',
      't.screening_id as screeningId',
      't.seat',
      's.day',
      's.response_id as responseId',
      's.rules_version as rulesVersion',
      't.origin_code as originCode',
      't.origin_evidence as originEvidence',
      't.contact_with_case as contactWithCase',
      't.symptoms',
      sql<readonly TemperatureReading[]>`t.readings`.as('readings'),
      sql<readonly Exposure[]>`t.exposures`.as('exposures'),
      sql<readonly Listed[]>`coalesce(t.listed, '[]')`.as('listed'),
    ])
    .where('t.occurred_at', '=', occurredAt)
    .where('s.occurred_at', '=', occurredAt)
    .where('t.screening_id', '=', screeningId)
    .where('t.seat', '=', seat)
    .executeTakeFirst()
