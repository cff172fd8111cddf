import { type Kysely, sql } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A correction that was granted at a person’s request; its value is sealed under the data key of the screening. */
export type GrantedCorrection = PersonKey & {
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

export const insertCorrection = async (query: Query, correction: GrantedCorrection): Promise<void> => {
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

/**
 * A correction wherever it comes from: granted at a person’s request, or made by who works on the record. Of the vehicle,
 * and so of everyone aboard, where the seat is 0.
 */
export type StoredCorrection = PersonKey & {
  readonly id: string
  readonly day: string
  readonly field: string
  readonly source: 'request' | 'record'
  readonly ground: string | null
  readonly grantedAt: Date
  readonly grantedBy: string
  /** Null where retention has emptied it. */
  readonly valueSealed: Buffer | null
}

/** Corrections of people, each of a screening, oldest first; those of their vehicle among them. */
export const readCorrectionsOfAll = async (
  query: Query,
  people: readonly PersonKey[],
): Promise<readonly StoredCorrection[]> => {
  if (people.length === 0) return []
  const { rows } = await sql<StoredCorrection>`
    with people as (
      select * from unnest(${people.map(({ jurisdiction }) => jurisdiction)}::integer[],
        ${people.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[],
        ${people.map(({ screeningId }) => screeningId)}::uuid[], ${people.map(({ seat }) => seat)}::smallint[])
        as p (jurisdiction, occurred_at, screening_id, seat)
    )
    select c.jurisdiction, c.id, c.occurred_at as "occurredAt", c.screening_id as "screeningId", c.seat, c.day, c.field,
      'request' as source, null as ground, c.granted_at as "grantedAt", c.granted_by as "grantedBy",
      c.value_sealed as "valueSealed"
    from subject_corrections c join people p using (jurisdiction, occurred_at, screening_id, seat)
    union all
    select distinct c.jurisdiction, c.id, c.occurred_at, c.screening_id, c.seat, c.day, c.field, 'record', c.ground,
      c.made_at, c.account_id, c.value_sealed
    from screening_corrections c join people p using (jurisdiction, occurred_at, screening_id)
    where c.seat = p.seat or c.seat = 0
    order by "grantedAt", id`.execute(query)
  return rows
}

/** Corrections of one person from one screening, oldest first. */
export const readCorrectionsOf = (query: Query, person: PersonKey): Promise<readonly StoredCorrection[]> =>
  readCorrectionsOfAll(query, [person])

/** Whether a correction is of a person or of the vehicle they were in. */
export const isCorrectionOf = (
  correction: Pick<StoredCorrection, 'screeningId' | 'seat'>,
  person: Pick<PersonKey, 'screeningId' | 'seat'>,
): boolean =>
  correction.screeningId === person.screeningId && (correction.seat === person.seat || correction.seat === 0)
