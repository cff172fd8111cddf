import type { Listed } from '@guankou/contract/matching/listed.ts'
import type { Exposure, TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import { type Kysely, sql } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import { accessesAsShown } from '#src/queries/identity-access/read-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Everything that is stored of a person from one screening. */
export type StoredRecord = PersonKey & {
  readonly day: string
  readonly postId: number
  readonly lane: number
  readonly responseId: string
  readonly rulesVersion: number
  readonly conveyanceKind: string
  readonly originCode: number
  readonly originEvidence: string
  readonly contactWithCase: boolean
  readonly disposition: string
  readonly ruleIds: readonly string[]
  readonly symptoms: readonly string[]
  readonly readings: readonly TemperatureReading[]
  readonly exposures: readonly Exposure[]
  readonly listed: readonly Listed[]
  readonly documentKind: string
  readonly documentDigest: Buffer | null
  readonly name: Buffer | null
  readonly document: Buffer | null
  readonly phone: Buffer | null
  readonly plate: Buffer | null
  readonly service: Buffer | null
  readonly seatLabel: string | null
}

const records = (query: Query) =>
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
      's.post_id as postId',
      's.lane',
      's.response_id as responseId',
      's.rules_version as rulesVersion',
      's.conveyance_kind as conveyanceKind',
      't.origin_code as originCode',
      't.origin_evidence as originEvidence',
      't.contact_with_case as contactWithCase',
      't.disposition',
      't.rule_ids as ruleIds',
      't.symptoms',
      sql<readonly TemperatureReading[]>`t.readings`.as('readings'),
      sql<readonly Exposure[]>`t.exposures`.as('exposures'),
      sql<readonly Listed[]>`coalesce(t.listed, '[]')`.as('listed'),
      't.document_kind as documentKind',
      't.document_digest as documentDigest',
      't.name_sealed as name',
      't.document_sealed as document',
      't.phone_sealed as phone',
      's.plate_sealed as plate',
      's.service_sealed as service',
      't.seat_label as seatLabel',
    ])

/** What is stored of one person, by key. */
export const findRecord = (query: Query, person: PersonKey): Promise<StoredRecord | undefined> =>
  records(query)
    .where('t.jurisdiction', '=', person.jurisdiction)
    .where('t.occurred_at', '=', person.occurredAt)
    .where('t.screening_id', '=', person.screeningId)
    .where('t.seat', '=', person.seat)
    .executeTakeFirst()

/** What is stored under a document, newest first. @param digests  those it may stand under, of every day that opens */
export const findRecordsOfDocument = async (
  query: Query,
  { documentKind, digests }: { readonly documentKind: string; readonly digests: readonly Buffer[] },
  most: number,
): Promise<readonly StoredRecord[]> =>
  digests.length === 0
    ? []
    : records(query)
        .where('t.document_kind', '=', documentKind)
        .where('t.document_digest', 'in', [...digests])
        .orderBy('t.occurred_at', 'desc')
        .limit(most)
        .execute()

/** An access as the person is shown it, its reason sealed. */
export const readAccessesOf = (query: Query, person: PersonKey, most: number) =>
  accessesAsShown(query)
    .where('jurisdiction', '=', person.jurisdiction)
    .where('occurred_at', '=', person.occurredAt)
    .where('screening_id', '=', person.screeningId)
    .where('seat', '=', person.seat)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()

export type RetainedState = {
  readonly dataClass: string
  readonly finishedAt: Date
  readonly certificateId: string | null
  readonly publicKey: Buffer | null
}

/** What is destroyed of a day, with the certificate that says so. */
export const readRetainedStates = async (
  query: Query,
  { jurisdiction, day }: { readonly jurisdiction: number; readonly day: string },
): Promise<readonly RetainedState[]> => {
  const rows = await query
    .selectFrom('retention_days as d')
    .leftJoin('retention_certificates as c', 'c.id', 'd.certificate_id')
    .select([
      'd.data_class as dataClass',
      'd.finished_at as finishedAt',
      'd.certificate_id as certificateId',
      'c.public_key as publicKey',
    ])
    .where('d.jurisdiction', '=', jurisdiction)
    .where('d.day', '=', day)
    .where('d.finished_at', 'is not', null)
    .execute()
  return rows.flatMap(({ finishedAt, ...row }) => (finishedAt === null ? [] : [{ ...row, finishedAt }]))
}

/** When the data key of a day was made, which is when the first record of that day arrived. */
export const readKeptFrom = async (
  query: Query,
  { jurisdiction, day }: { readonly jurisdiction: number; readonly day: string },
): Promise<Date | undefined> =>
  (
    await query
      .selectFrom('identity_keys')
      .select('created_at')
      .where('jurisdiction', '=', jurisdiction)
      .where('day', '=', day)
      .executeTakeFirst()
  )?.created_at

/** Whether identities of a day still open. */
export const hasLiveKey = async (
  query: Query,
  { jurisdiction, day }: { readonly jurisdiction: number; readonly day: string },
): Promise<boolean> =>
  (await query
    .selectFrom('identity_keys')
    .select('day')
    .where('jurisdiction', '=', jurisdiction)
    .where('day', '=', day)
    .where('wrapped', 'is not', null)
    .executeTakeFirst()) !== undefined
