import { type AuditEntry, emptyHead, nextLink } from '@guankou/db/audit/chain.ts'
import type { Database } from '@guankou/db/database.ts'

type LinkRow = {
  readonly jurisdiction: number
  readonly seq: number
  readonly at: Date
  readonly entries: number
  readonly root: Buffer
  readonly previous: Buffer
  readonly hash: Buffer
}
type EntryRow = {
  readonly jurisdiction: number
  readonly seq: number
  readonly position: number
} & AuditEntry

const readLinks = async ({ pool }: Database): Promise<LinkRow[]> =>
  (await pool.query<LinkRow>('select * from audit_links order by jurisdiction, seq')).rows

const readEntries = async ({ pool }: Database): Promise<EntryRow[]> =>
  (
    await pool.query<EntryRow>(
      `select jurisdiction, seq, position, account_id as "accountId", device_id as "deviceId", action, subject, outcome, detail
        from audit_entries order by jurisdiction, seq, position`,
    )
  ).rows

const sameLink = (
  row: LinkRow,
  entries: readonly EntryRow[],
  head: { seq: number; hash: Buffer },
): boolean => {
  if (entries.length === 0 || entries.some(({ position }, index) => position !== index)) return false
  const link = nextLink(row.jurisdiction, head, entries, row.at.getTime())
  return (
    link.seq === row.seq &&
    link.entries === row.entries &&
    link.root.equals(row.root) &&
    link.previous.equals(row.previous) &&
    link.hash.equals(row.hash)
  )
}

/**
 * Recomputes every chain of the audit from its rows and its heads.
 * @returns jurisdiction and number of each link that does not hold, and each head that does not end its chain
 */
export const findBrokenLinks = async (db: Database): Promise<string[]> => {
  const [links, entries] = [await readLinks(db), await readEntries(db)]
  const { rows: heads } = await db.pool.query<{ jurisdiction: number; seq: number; hash: Buffer }>(
    'select jurisdiction, seq, hash from audit_heads',
  )
  const keyOf = ({ jurisdiction, seq }: { jurisdiction: number; seq: number }) => `${jurisdiction} ${seq}`
  const byLink = Map.groupBy(entries, keyOf)
  const ends = new Map<number, { seq: number; hash: Buffer }>()
  const broken: string[] = []
  for (const link of links) {
    if (!sameLink(link, byLink.get(keyOf(link)) ?? [], ends.get(link.jurisdiction) ?? emptyHead))
      broken.push(keyOf(link))
    ends.set(link.jurisdiction, link)
    byLink.delete(keyOf(link))
  }
  broken.push(...byLink.keys())
  const headOf = new Map(heads.map((head) => [head.jurisdiction, head]))
  for (const jurisdiction of new Set([...ends.keys(), ...headOf.keys()])) {
    const [end, head] = [ends.get(jurisdiction) ?? emptyHead, headOf.get(jurisdiction) ?? emptyHead]
    if (end.seq !== head.seq || !end.hash.equals(head.hash)) broken.push(`${jurisdiction} head`)
  }
  return broken
}
