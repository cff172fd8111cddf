import type { Database } from '@guankou/db/database.ts'
import { normalisePhone } from '@guankou/domain/identity/normalise.ts'
import { fieldPlace, type IdentitySealer } from '#src/identity/identity-sealer.ts'

type SealedRow = {
  readonly jurisdiction: number
  readonly day: string
  readonly screening_id: string
  readonly seat: number
  readonly name_sealed: Buffer
  readonly phone_digest: Buffer
}

/** Every sealed name there is in a database, with the digest of the phone beside it. */
export const readSealedNames = async (db: Database): Promise<readonly SealedRow[]> =>
  (
    await db.pool.query<SealedRow>(
      `select t.jurisdiction, s.day, t.screening_id, t.seat, t.name_sealed, t.phone_digest
        from screening_travellers t join screenings s
          on s.jurisdiction = t.jurisdiction and s.occurred_at = t.occurred_at and s.id = t.screening_id
        where t.name_sealed is not null order by s.day, t.screening_id, t.seat`,
    )
  ).rows

/** Opens a sealed name; what it failed with, where it does not open. */
export const openName = (sealer: IdentitySealer, row: SealedRow): Promise<string | Error> =>
  sealer
    .open(row, fieldPlace(row.screening_id, row.seat, 'name'), row.name_sealed)
    .catch((error: Error) => error)

/** How many rows carry the digest of a phone. */
export const countByPhone = async (db: Database, sealer: IdentitySealer, phone: string): Promise<number> => {
  const digests = await sealer.lookUpDigests('phone', normalisePhone(phone))
  const { rowCount } = await db.pool.query(
    'select from screening_travellers where phone_digest = any($1::bytea[])',
    [digests],
  )
  return rowCount ?? 0
}
