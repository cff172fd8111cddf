import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import type { Database } from '@guankou/db/database.ts'
import {
  insertScreenings,
  insertTravellers,
  type StoredScreening,
  travellersOf,
} from '@guankou/db/queries/screening/insert-screenings.ts'
import { decideScreening, type Reference } from '@guankou/domain/screening/decide.ts'
import type { IdentitySealer } from '@guankou/server/identity/identity-sealer.ts'

const rowsPerInsert = 500

const store = async (
  commands: readonly RecordScreening[],
  reference: Reference,
  sealer: IdentitySealer,
  accountId: string,
): Promise<StoredScreening[]> => {
  const stored: StoredScreening[] = []
  for (const command of commands) {
    const decided = decideScreening(reference, command, Date.now())
    if (!decided.ok) throw new Error(`refused: ${decided.refusal.code}`)
    stored.push({
      fact: decided.fact,
      recordedAtMs: Date.now(),
      accountId,
      deviceId: null,
      ...(await sealer.sealScreening(decided.fact, JSON.stringify(command))),
    })
  }
  return stored
}

/**
 * Screenings per second that PostgreSQL takes when nothing but the fact rows is written: the same rows, sealed and
 * encoded beforehand, 500 to a transaction, durable, on one connection.
 */
export const measureCeiling = async (
  db: Database,
  commands: readonly RecordScreening[],
  parts: { readonly reference: Reference; readonly sealer: IdentitySealer; readonly accountId: string },
): Promise<number> => {
  const stored = await store(commands, parts.reference, parts.sealer, parts.accountId)
  const batches = Array.from({ length: Math.ceil(stored.length / rowsPerInsert) }, (_, index) => {
    const slice = stored.slice(index * rowsPerInsert, (index + 1) * rowsPerInsert)
    return {
      screenings: insertScreenings.values(slice),
      travellers: insertTravellers.values(travellersOf(slice)),
    }
  })
  const client = await db.pool.connect()
  try {
    const startedAt = performance.now()
    for (const batch of batches) {
      await client.query('begin')
      await client.query({ name: 'a', text: insertScreenings.text, values: batch.screenings })
      await client.query({ name: 'b', text: insertTravellers.text, values: batch.travellers })
      await client.query('commit')
    }
    return (stored.length * 1_000) / (performance.now() - startedAt)
  } finally {
    client.release()
  }
}
