import { type Kysely, sql } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A correction by who works on the record; seat 0 is the vehicle. */
export type RecordCorrection = PersonKey & {
  readonly id: string
  readonly day: string
  readonly field: string
  readonly corrects: string | null
  readonly beforeDigest: Buffer | null
  readonly valueSealed: Buffer
  readonly valueKind: string | null
  readonly valueDigest: Buffer | null
  readonly ground: string
  readonly wordsSealed: Buffer | null
  readonly madeAt: Date
  readonly recordedAt: Date
  readonly accountId: string
  readonly role: string
  readonly deviceId: string | null
}

export const insertRecordCorrection = async (query: Query, correction: RecordCorrection): Promise<void> => {
  await query
    .insertInto('screening_corrections')
    .values({
      jurisdiction: correction.jurisdiction,
      id: correction.id,
      occurred_at: correction.occurredAt,
      screening_id: correction.screeningId,
      seat: correction.seat,
      day: correction.day,
      field: correction.field,
      corrects: correction.corrects,
      before_digest: correction.beforeDigest,
      value_sealed: correction.valueSealed,
      value_kind: correction.valueKind,
      value_digest: correction.valueDigest,
      ground: correction.ground,
      words_sealed: correction.wordsSealed,
      made_at: correction.madeAt,
      recorded_at: correction.recordedAt,
      account_id: correction.accountId,
      role: correction.role,
      device_id: correction.deviceId,
    })
    .execute()
}

/** People, and vehicles as seat 0, of whom something was corrected to what is looked for; newest first. */
export const findCorrectedTo = async (
  query: Query,
  jurisdictions: readonly number[],
  { kind, digests }: { readonly kind: string; readonly digests: readonly Buffer[] },
  most: number,
): Promise<readonly PersonKey[]> =>
  digests.length === 0 || jurisdictions.length === 0
    ? []
    : query
        .selectFrom('screening_corrections')
        .select(['jurisdiction', 'occurred_at as occurredAt', 'screening_id as screeningId', 'seat'])
        .distinct()
        .where('jurisdiction', 'in', jurisdictions)
        .where('value_kind', '=', kind)
        .where('value_digest', 'in', [...digests])
        .orderBy('occurred_at', 'desc')
        .limit(most)
        .execute()

/** A corrected value with what it is found by. */
export type DigestedCorrection = {
  readonly id: string
  readonly kind: string
  readonly sealed: Buffer
  readonly digest: Buffer
}

/** Corrections of a day that are found by a digest. */
export const readDigestedCorrections = async (
  query: Query,
  { jurisdiction, day }: { readonly jurisdiction: number; readonly day: string },
): Promise<DigestedCorrection[]> => {
  const { rows } = await sql<DigestedCorrection>`
    select id, value_kind as kind, value_sealed as sealed, value_digest as digest from screening_corrections
    where jurisdiction = ${jurisdiction} and day = ${day}
      and value_kind is not null and value_sealed is not null and value_digest is not null`.execute(query)
  return rows
}

export const replaceCorrectionDigest = async (
  query: Query,
  jurisdiction: number,
  { id, digest }: Pick<DigestedCorrection, 'id' | 'digest'>,
): Promise<void> => {
  await query
    .updateTable('screening_corrections')
    .set({ value_digest: digest })
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .execute()
}
