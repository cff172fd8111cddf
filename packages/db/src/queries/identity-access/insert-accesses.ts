import type { AccessWay } from '@guankou/contract/identity/purposes.ts'
import type { Kysely } from 'kysely'
import { bulkInsert } from '#src/bulk-insert.ts'
import { executeIn } from '#src/queries/audit/append-audit.ts'
import type { Tables } from '#src/rows/tables.ts'

/**
 * One person in one screening, by the key of the row that holds them. Where lists and accesses name others than the screened,
 * a row of a worklist stands as its list and the number of its row, and an episode of quarantine as its id and seat 0.
 */
export type PersonKey = {
  readonly jurisdiction: number
  readonly occurredAt: Date
  readonly screeningId: string
  readonly seat: number
}

/** What a person was seen in; an episode, a household, or a list with the number of the row stands in the place of the screening. */
export type SeenIn = 'screening' | 'quarantine' | 'household' | 'call'

/** Somebody saw fields of a person. */
export type IdentityAccess = PersonKey & {
  /** Left out: a screening. */
  readonly about?: SeenIn
  readonly id: string
  readonly at: Date
  /** Local day of the screening; with the jurisdiction it names the data key that seals the reason. */
  readonly day: string
  readonly accountId: string
  readonly role: string
  readonly purpose: string
  /** Null where none was asked for, or where the day's key is destroyed. */
  readonly reasonSealed: Buffer | null
  readonly fields: readonly string[]
  readonly via: AccessWay
  readonly exportId: string | null
}

const insert = bulkInsert<IdentityAccess>('identity_accesses', [
  { name: 'jurisdiction', type: 'integer', value: (a) => a.jurisdiction },
  { name: 'at', type: 'timestamptz', value: (a) => a.at.toISOString() },
  { name: 'id', type: 'uuid', value: (a) => a.id },
  { name: 'occurred_at', type: 'timestamptz', value: (a) => a.occurredAt.toISOString() },
  { name: 'day', type: 'date', value: (a) => a.day },
  { name: 'screening_id', type: 'uuid', value: (a) => a.screeningId },
  { name: 'seat', type: 'integer', value: (a) => a.seat },
  { name: 'account_id', type: 'uuid', value: (a) => a.accountId },
  { name: 'role', type: 'text', value: (a) => a.role },
  { name: 'purpose', type: 'text', value: (a) => a.purpose },
  { name: 'reason_sealed', type: 'bytea', value: (a) => a.reasonSealed },
  {
    name: 'fields',
    type: 'text',
    expression: "string_to_array(?, ',')",
    value: (a) => a.fields.join(','),
  },
  { name: 'via', type: 'text', value: (a) => a.via },
  { name: 'export_id', type: 'uuid', value: (a) => a.exportId },
  { name: 'about', type: 'text', value: (a) => a.about ?? 'screening' },
])

/** Writes accesses where the persons concerned can see them; in the transaction that audits what was done. */
export const insertIdentityAccesses = async (
  transaction: Kysely<Tables>,
  accesses: readonly IdentityAccess[],
): Promise<void> => {
  if (accesses.length === 0) return
  await executeIn(transaction)({
    name: insert.name,
    text: insert.text,
    values: insert.values(accesses),
  })
}
