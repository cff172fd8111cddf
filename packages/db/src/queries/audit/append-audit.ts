import { CompiledQuery, type Kysely } from 'kysely'
import { type AuditEntry, type AuditHead, emptyHead, nextLink } from '#src/audit/chain.ts'
import { bulkInsert } from '#src/bulk-insert.ts'
import { composeStatements, type Statement } from '#src/compose-statements.ts'
import type { Tables } from '#src/rows/tables.ts'

/** What differs between the entries of one link. */
const columns = bulkInsert<AuditEntry>('audit_entries', [
  { name: 'account_id', type: 'uuid', value: (e) => e.accountId },
  { name: 'device_id', type: 'uuid', value: (e) => e.deviceId },
  { name: 'action', type: 'text', value: (e) => e.action },
  { name: 'subject', type: 'text', value: (e) => e.subject },
  { name: 'outcome', type: 'text', value: (e) => e.outcome },
  { name: 'detail', type: 'text', value: (e) => e.detail },
])

const named = 'account_id, device_id, action, subject, outcome, detail'

/** Jurisdiction and link are sent once, and the place of an entry is that of its elements. */
const insertEntries = (jurisdiction: number, seq: number, entries: readonly AuditEntry[]): Statement => ({
  name: 'insert-audit-entries',
  text: `insert into audit_entries (jurisdiction, seq, position, ${named})
    select $7::integer, $8::bigint, (u.place - 1)::integer, ${named}
    from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
      with ordinality as u (${named}, place)`,
  values: [...columns.values(entries), jurisdiction, seq],
})

/** Locks the end of a chain until commit: at most one transaction at a time extends it. */
export const lockAuditHead = (jurisdiction: number): Statement => ({
  name: 'lock-audit-head',
  text: `insert into audit_heads as t (jurisdiction, seq, hash) values ($1, 0, $2)
    on conflict (jurisdiction) do update set seq = t.seq returning seq, hash`,
  values: [jurisdiction, emptyHead.hash],
})

/**
 * The same for a chain that has begun: no row where it has not. It leaves no dead row behind, which the hot path would
 * feel.
 */
export const lockBegunAuditHead = (jurisdiction: number): Statement => ({
  name: 'lock-begun-audit-head',
  text: 'select seq, hash from audit_heads where jurisdiction = $1 for update',
  values: [jurisdiction],
})

/** The statements that append one link with its entries after `head`. */
export const appendAudit = (
  jurisdiction: number,
  head: AuditHead,
  entries: readonly AuditEntry[],
  atMs: number,
): readonly Statement[] => {
  const link = nextLink(jurisdiction, head, entries, atMs)
  return [
    insertEntries(jurisdiction, link.seq, entries),
    {
      name: 'insert-audit-link',
      text: `insert into audit_links (jurisdiction, seq, at, entries, root, previous, hash)
        values ($1, $2, $3, $4, $5, $6, $7)`,
      values: [jurisdiction, link.seq, new Date(atMs), link.entries, link.root, link.previous, link.hash],
    },
    {
      name: 'move-audit-head',
      text: 'update audit_heads set seq = $2, hash = $3 where jurisdiction = $1',
      values: [jurisdiction, link.seq, link.hash],
    },
  ]
}

/** Runs one statement inside a transaction that is under way. */
export type Execute = (statement: Statement) => Promise<{ readonly rows: readonly object[] }>

/** Runs statements in a transaction of Kysely. */
export const executeIn =
  (transaction: Kysely<Tables>): Execute =>
  ({ text, values }) =>
    transaction.executeQuery<object>(CompiledQuery.raw(text, [...values]))

/** Appends one link to the audit of a jurisdiction inside a transaction that is under way. */
export const recordAudit = async (
  execute: Execute,
  jurisdiction: number,
  entries: readonly AuditEntry[],
  atMs: number,
): Promise<void> => {
  const { rows } = await execute(lockAuditHead(jurisdiction))
  const head = rows[0] as AuditHead | undefined
  if (head === undefined) throw new Error('the audit head could not be read')
  await execute(composeStatements('append-audit', appendAudit(jurisdiction, head, entries, atMs)))
}
