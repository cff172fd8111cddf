import type { Kysely } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A correction that was granted; its value is sealed under the data key of the screening. */
export type StoredCorrection = PersonKey & {
  readonly id: string
  readonly day: string
  readonly field: string
  readonly corrects: string | null
  readonly requestId: string
  readonly grantedAt: Date
  readonly grantedBy: string
  readonly role: string
  readonly valueSealed: Buffer
}

export const insertCorrection = async (query: Query, correction: StoredCorrection): Promise<void> => {
  await query
    .insertInto('subject_corrections')
    .values({
      jurisdiction: correction.jurisdiction,
      id: correction.id,
      occurred_at: correction.occurredAt,
      screening_id: correction.screeningId,
      seat: correction.seat,
      day: correction.day,
      field: correction.field,
      corrects: correction.corrects,
      request_id: correction.requestId,
      granted_at: correction.grantedAt,
      granted_by: correction.grantedBy,
      role: correction.role,
      value_sealed: correction.valueSealed,
    })
    .execute()
}

/** Corrections of one person from one screening, oldest first. */
export const readCorrectionsOf = (query: Query, person: PersonKey): Promise<readonly StoredCorrection[]> =>
  query
    .selectFrom('subject_corrections')
    .select([
      'jurisdiction',
      'id',
      'occurred_at as occurredAt',
      'screening_id as screeningId',
      'seat',
      'day',
      'field',
      'corrects',
      'request_id as requestId',
      'granted_at as grantedAt',
      'granted_by as grantedBy',
      'role',
      'value_sealed as valueSealed',
    ])
    .where('jurisdiction', '=', person.jurisdiction)
    .where('occurred_at', '=', person.occurredAt)
    .where('screening_id', '=', person.screeningId)
    .where('seat', '=', person.seat)
    .orderBy('granted_at')
    .orderBy('id')
    .execute()

/** Corrections of several people at once, oldest first. */
export const readCorrectionsOfAll = async (
  query: Query,
  people: readonly PersonKey[],
): Promise<readonly StoredCorrection[]> => {
  const found: StoredCorrection[] = []
  for (const person of people) found.push(...(await readCorrectionsOf(query, person)))
  return found
}
