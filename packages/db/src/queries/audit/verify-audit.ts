import type { AuditDayHead } from '@guankou/contract/audit/day-head.ts'
import type { AuditFinding } from '@guankou/contract/audit/finding.ts'
import type pg from 'pg'
import { type AuditHead, emptyHead } from '#src/audit/chain.ts'
import {
  findAuthentic,
  type HeadWatch,
  verifyAnnounced,
  verifyHeadRow,
  verifyPublished,
  watchHeads,
} from '#src/audit/verify-day-heads.ts'
import { verifyLinks } from '#src/audit/verify-links.ts'
import { closeDayAction, dayHeadOfRow } from '#src/queries/audit/day-heads.ts'
import { readAuditedJurisdictions, readEntries, readLinks } from '#src/queries/audit/read-chain.ts'
import type { Tables } from '#src/rows/tables.ts'

/** Days of a jurisdiction's calendar, both included; left out: from the beginning, to the end. */
export type DayRange = { readonly from?: string; readonly to?: string }

export type AuditVerification = {
  /** Which chains; left out: all. */
  readonly isAsked?: (jurisdiction: number) => boolean
  readonly days?: DayRange
  /** Heads that were published earlier. */
  readonly published?: readonly AuditDayHead[]
  /** Public keys, in hex, that heads may be signed with. */
  readonly trustedKeys: ReadonlySet<string>
  /** First instant of a local day. */
  readonly startOfDay: (jurisdiction: number, day: string) => Date
  /** First instant after a local day. */
  readonly endOfDay: (jurisdiction: number, day: string) => Date
  readonly onFinding: (finding: AuditFinding) => void
  readonly onProgress?: (links: number, linksTotal: number) => void
}

export type AuditVerified = {
  readonly chains: number
  readonly links: number
  readonly entries: number
  readonly heads: number
  readonly findings: number
}

type Span = {
  readonly start: AuditHead & { readonly entries: number }
  readonly upTo: number
  readonly isWhole: boolean
}

const value = async <T>(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<T | undefined> => (await client.query<{ value: T }>(text, [...values])).rows[0]?.value

const startOf = async (
  client: pg.ClientBase,
  jurisdiction: number,
  { days, startOfDay }: AuditVerification,
): Promise<Span['start']> => {
  const nothing = { ...emptyHead, entries: 0 }
  if (days?.from === undefined) return nothing
  const { rows } = await client.query<{ seq: number; hash: Buffer }>(
    `select seq::double precision as seq, hash from audit_links
      where jurisdiction = $1 and seq < (select min(seq) from audit_links where jurisdiction = $1 and at >= $2)
      order by seq desc limit 1`,
    [jurisdiction, startOfDay(jurisdiction, days.from)],
  )
  const before = rows[0]
  if (before === undefined) return nothing
  const entries = await value<number>(
    client,
    'select sum(entries)::double precision as value from audit_links where jurisdiction = $1 and seq <= $2',
    [jurisdiction, before.seq],
  )
  return { ...before, entries: entries ?? 0 }
}

const spanOf = async (
  client: pg.ClientBase,
  jurisdiction: number,
  asked: AuditVerification,
): Promise<Span> => {
  const { days, endOfDay } = asked
  const start = await startOf(client, jurisdiction, asked)
  if (days?.to === undefined)
    return { start, upTo: Number.POSITIVE_INFINITY, isWhole: days?.from === undefined }
  const upTo = await value<number>(
    client,
    'select max(seq)::double precision as value from audit_links where jurisdiction = $1 and at < $2',
    [jurisdiction, endOfDay(jurisdiction, days.to)],
  )
  return { start, upTo: Math.max(upTo ?? 0, start.seq), isWhole: false }
}

/** An instant as the heads write it; text that no head can hold where the row was not written by us. */
const instantText = (ms: number): string =>
  Number.isInteger(ms) && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : `${ms} ms`

const readHeads = async (client: pg.ClientBase, jurisdiction: number): Promise<AuditDayHead[]> => {
  const { rows } = await client.query<Tables['audit_day_heads'] & { readonly closed_ms: number }>(
    `select jurisdiction, day, seq::double precision as seq, hash, entries::double precision as entries, previous,
        (extract(epoch from closed_at) * 1000)::double precision as closed_ms, public_key, signature
      from audit_day_heads where jurisdiction = $1 order by day`,
    [jurisdiction],
  )
  return rows.map((row) => ({
    ...dayHeadOfRow({ ...row, closed_at: new Date(0) }),
    closedAt: instantText(row.closed_ms),
  }))
}

const checkEnd = async (
  client: pg.ClientBase,
  jurisdiction: number,
  last: AuditHead,
  report: (finding: AuditFinding) => void,
): Promise<void> => {
  const { rows } = await client.query<{ seq: number; hash: Buffer }>(
    'select seq::double precision as seq, hash from audit_heads where jurisdiction = $1',
    [jurisdiction],
  )
  const end = rows[0] ?? emptyHead
  if (end.seq !== last.seq || !end.hash.equals(last.hash))
    report({ kind: 'end-differs', jurisdiction, seq: end.seq })
}

const isIn = (days: DayRange | undefined, day: string): boolean =>
  (days?.from === undefined || day >= days.from) && (days?.to === undefined || day <= days.to)

type Chain = { readonly links: number; readonly entries: number; readonly heads: number }

const verifyChain = async (
  client: pg.ClientBase,
  jurisdiction: number,
  asked: AuditVerification,
  onLink: () => void,
): Promise<Chain> => {
  const report = (finding: Omit<AuditFinding, 'jurisdiction'>): void =>
    asked.onFinding({ jurisdiction, ...finding })
  const { trustedKeys, days } = asked
  const { start, upTo, isWhole } = await spanOf(client, jurisdiction, asked)
  const kept = await readHeads(client, jurisdiction)
  const heads = kept.filter(({ day }) => isIn(days, day))
  const published = (asked.published ?? []).filter(
    (head) => head.jurisdiction === jurisdiction && isIn(days, head.day),
  )
  const authentic = findAuthentic(kept, trustedKeys)
  const believed = new Set([...authentic, ...findAuthentic(published, trustedKeys)])
  verifyHeadRow(heads, { authentic, isFromStart: isWhole }, report)
  verifyPublished(published, kept, believed, report)
  const watches: readonly HeadWatch[] = [
    watchHeads(heads, start, authentic, report),
    watchHeads(published, start, believed, (finding) => report({ ...finding, published: true })),
  ]
  const announced = new Map<string, string>()
  const range = { after: isWhole ? Number.NEGATIVE_INFINITY : start.seq, upTo }
  const rows = {
    links: readLinks(client, jurisdiction, range),
    entries: readEntries(client, jurisdiction, range),
  }
  const read = await verifyLinks(jurisdiction, start, rows, report, {
    onLink: (link, entries) => {
      for (const watch of watches) watch.onLink(link, entries)
      onLink()
    },
    onEntry: ({ fields: [, , action, day, , digest] }) => {
      if (action === closeDayAction) announced.set(day ?? '', digest ?? '')
    },
  })
  for (const watch of watches) watch.finish(read.end)
  if (isWhole) verifyAnnounced(heads, announced, read.end, report)
  if (upTo === Number.POSITIVE_INFINITY) await checkEnd(client, jurisdiction, read.end, asked.onFinding)
  return { links: read.links, entries: read.entries, heads: heads.length + published.length }
}

const countLinks = async (client: pg.ClientBase, jurisdictions: readonly number[]): Promise<number> =>
  (await value<number>(
    client,
    'select sum(seq)::double precision as value from audit_heads where jurisdiction = any ($1)',
    [jurisdictions],
  )) ?? 0

const verifyIn = async (client: pg.ClientBase, asked: AuditVerification): Promise<AuditVerified> => {
  const stored = await readAuditedJurisdictions(client)
  const named = (asked.published ?? []).map(({ jurisdiction }) => jurisdiction)
  const jurisdictions = [...new Set([...stored, ...named])]
    .filter((code) => asked.isAsked?.(code) ?? true)
    .toSorted((a, b) => a - b)
  const total = await countLinks(client, jurisdictions)
  const sum = { chains: jurisdictions.length, links: 0, entries: 0, heads: 0, findings: 0 }
  const counted: AuditVerification = {
    ...asked,
    onFinding: (finding) => {
      sum.findings += 1
      asked.onFinding(finding)
    },
  }
  let links = 0
  for (const jurisdiction of jurisdictions) {
    const chain = await verifyChain(client, jurisdiction, counted, () => {
      links += 1
      if (links % 500 === 0) asked.onProgress?.(links, Math.max(total, links))
    })
    sum.links += chain.links
    sum.entries += chain.entries
    sum.heads += chain.heads
  }
  asked.onProgress?.(sum.links, sum.links)
  return sum
}

/**
 * Recomputes the audit from its rows, in one snapshot while the server goes on writing, and tells everything that does not
 * fit: changed, removed, inserted and reordered rows of entries, links, ends and signed heads. What a forger rewrote
 * from end to end is told by the signed heads alone, and what was cut off together with the newest of them by those
 * that were published. Memory grows with the number of days, not with that of entries.
 * @param client  a connection of its own, not in a transaction, that sees every row
 */
export const verifyAudit = async (
  client: pg.ClientBase,
  asked: AuditVerification,
): Promise<AuditVerified> => {
  await client.query('begin isolation level repeatable read read only')
  try {
    return await verifyIn(client, asked)
  } finally {
    await client.query('rollback').catch(() => undefined)
  }
}
