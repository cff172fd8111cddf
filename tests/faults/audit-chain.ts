import { type AuditEntry, type AuditHead, emptyHead, nextLink } from '@guankou/db/audit/chain.ts'
import type { Database } from '@guankou/db/database.ts'

type Query = Database['query']

type LinkRow = {
  readonly jurisdiction: number
  readonly seq: number
  readonly at: Date
  readonly entries: number
  readonly root: Buffer
  readonly previous: Buffer
  readonly hash: Buffer
}

const hex = ({ seq, hash }: AuditHead): string => `${seq} ${hash.toString('hex')}`

const readEntries = async (query: Query): Promise<ReadonlyMap<string, AuditEntry[]>> => {
  const rows = await query
    .selectFrom('audit_entries')
    .selectAll()
    .orderBy('jurisdiction')
    .orderBy('seq')
    .orderBy('position')
    .execute()
  const bySeq = new Map<string, AuditEntry[]>()
  for (const row of rows) {
    const key = `${row.jurisdiction} ${row.seq}`
    const entries = bySeq.get(key) ?? []
    if (row.position !== entries.length) throw new Error(`entry ${entries.length} of link ${key} is missing`)
    entries.push({
      accountId: row.account_id,
      deviceId: row.device_id,
      action: row.action,
      subject: row.subject,
      outcome: row.outcome,
      detail: row.detail,
    })
    bySeq.set(key, entries)
  }
  return bySeq
}

const brokenAt = (link: LinkRow, head: AuditHead, entries: readonly AuditEntry[]): string[] => {
  if (entries.length === 0) return [`link ${link.seq} of ${link.jurisdiction} has no entries`]
  const expected = nextLink(link.jurisdiction, head, entries, link.at.getTime())
  return [
    ...(link.seq === expected.seq ? [] : [`comes after link ${head.seq}`]),
    ...(link.entries === expected.entries ? [] : [`tells ${link.entries} entries, has ${expected.entries}`]),
    ...(link.previous.equals(expected.previous) ? [] : ['does not bind the link before it']),
    ...(link.root.equals(expected.root) ? [] : ['has another root than its entries']),
    ...(link.hash.equals(expected.hash) ? [] : ['has another hash than its content']),
  ].map((what) => `link ${link.seq} of ${link.jurisdiction} ${what}`)
}

export type AuditFindings = {
  readonly links: number
  /** Everything that does not fit, in words; empty where the chains hold. */
  readonly broken: readonly string[]
  /** Ids of screenings by the outcomes noted for them. */
  readonly screenings: ReadonlyMap<string, readonly string[]>
}

const checkIn = async (query: Query): Promise<AuditFindings> => {
  const entriesOf = await readEntries(query)
  const links: LinkRow[] = await query
    .selectFrom('audit_links')
    .selectAll()
    .orderBy('jurisdiction')
    .orderBy('seq')
    .execute()
  const heads = new Map<number, AuditHead>()
  const broken: string[] = []
  for (const link of links) {
    const entries = entriesOf.get(`${link.jurisdiction} ${link.seq}`) ?? []
    broken.push(...brokenAt(link, heads.get(link.jurisdiction) ?? emptyHead, entries))
    heads.set(link.jurisdiction, { seq: link.seq, hash: link.hash })
  }
  if (entriesOf.size !== links.length)
    broken.push(`${entriesOf.size} links have entries, ${links.length} exist`)
  for (const row of await query.selectFrom('audit_heads').selectAll().execute())
    if (hex(row) !== hex(heads.get(row.jurisdiction) ?? emptyHead))
      broken.push(`the head of ${row.jurisdiction} is not its last link`)
  const screenings = new Map<string, string[]>()
  for (const { action, subject, outcome } of [...entriesOf.values()].flat())
    if (action === 'screening.record' && subject !== null)
      screenings.set(subject, [...(screenings.get(subject) ?? []), outcome])
  return { links: links.length, broken, screenings }
}

/**
 * Computes every chain anew from its entries and compares link by link, and the heads with the last links; in one
 * snapshot, because a running server goes on noting refusals.
 */
export const checkAudit = ({ query }: Database): Promise<AuditFindings> =>
  query.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(checkIn)
