import type { AuditDayHead } from '@guankou/contract/audit/day-head.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AuditHead } from '#src/audit/chain.ts'
import { type DayHeadSigner, dayHeadDigest, noDayHead } from '#src/audit/day-head.ts'
import { executeIn, lockBegunAuditHead, recordAudit } from '#src/queries/audit/append-audit.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Action of the entry by which a chain tells that a day of it was signed. */
export const closeDayAction = 'audit.close-day'

type Row = Tables['audit_day_heads']

export const dayHeadOfRow = (row: Row): AuditDayHead => ({
  jurisdiction: row.jurisdiction,
  day: row.day,
  seq: row.seq,
  hash: row.hash.toString('hex'),
  entries: row.entries,
  previous: row.previous.toString('hex'),
  closedAt: row.closed_at.toISOString(),
  publicKey: row.public_key.toString('hex'),
  signature: row.signature.toString('hex'),
})

export type DayHeadFilter = {
  readonly jurisdiction?: number
  readonly from?: string
  readonly to?: string
  /** Only heads behind this one in the order of day and jurisdiction. */
  readonly after?: { readonly day: string; readonly jurisdiction: number }
  readonly limit: number
}

/** Signed heads by day and jurisdiction, oldest first. */
export const readDayHeads = async (query: Query, filter: DayHeadFilter): Promise<AuditDayHead[]> => {
  const { jurisdiction, from, to, after, limit } = filter
  const rows = await query
    .selectFrom('audit_day_heads')
    .selectAll()
    .$if(jurisdiction !== undefined, (q) => q.where('jurisdiction', '=', jurisdiction ?? 0))
    .$if(from !== undefined, (q) => q.where('day', '>=', from ?? ''))
    .$if(to !== undefined, (q) => q.where('day', '<=', to ?? ''))
    .$if(after !== undefined, (q) =>
      q.where(
        sql<boolean>`(day, jurisdiction) > (${after?.day}::date, ${after?.jurisdiction ?? 0}::integer)`,
      ),
    )
    .orderBy('day')
    .orderBy('jurisdiction')
    .limit(limit)
    .execute()
  return rows.map(dayHeadOfRow)
}

/** The newest signed head of a chain. */
export const readLastDayHead = async (
  query: Query,
  jurisdiction: number,
): Promise<AuditDayHead | undefined> => {
  const row = await query
    .selectFrom('audit_day_heads')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : dayHeadOfRow(row)
}

/** The ends of all chains. */
export const readChainEnds = (
  query: Query,
): Promise<{ readonly jurisdiction: number; readonly seq: number; readonly hash: Buffer }[]> =>
  query
    .selectFrom('audit_heads')
    .select(['jurisdiction', 'seq', 'hash'])
    .where('seq', '>', 0)
    .orderBy('jurisdiction')
    .execute()

/** When the first link of a chain was made, or `undefined` where there is none. */
export const readChainStart = async (query: Query, jurisdiction: number): Promise<Date | undefined> => {
  const row = await query
    .selectFrom('audit_links')
    .select('at')
    .where('jurisdiction', '=', jurisdiction)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()
  return row?.at
}

/** Where a day of a chain ends: the last link made before `until`, and never before the end of the day before. */
const readDayEnd = async (
  tx: Transaction<Tables>,
  jurisdiction: number,
  since: AuditHead,
  until: Date,
): Promise<AuditHead & { readonly entries: number }> => {
  const last = await tx
    .selectFrom('audit_links')
    .select(['seq', 'hash'])
    .where('jurisdiction', '=', jurisdiction)
    .where('at', '<', until)
    .where('seq', '>', since.seq)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const end = last ?? since
  const { entries } = await tx
    .selectFrom('audit_links')
    .select(({ fn }) => fn.coalesce(fn.sum<string>('entries'), sql<string>`0`).as('entries'))
    .where('jurisdiction', '=', jurisdiction)
    .where('seq', '>', since.seq)
    .where('seq', '<=', end.seq)
    .executeTakeFirstOrThrow()
  return { ...end, entries: Number(entries) }
}

export type DayToClose = {
  readonly jurisdiction: number
  readonly day: string
  /** First instant of the next local day. */
  readonly until: Date
  readonly nowMs: number
}

/**
 * Signs the end of a day of one chain and tells the chain of it, in the transaction that is under way. Does nothing where
 * the day has its head already, so that any number of servers may try.
 * @returns the new head, or `undefined`
 */
export const closeAuditDay = async (
  tx: Transaction<Tables>,
  signer: DayHeadSigner,
  { jurisdiction, day, until, nowMs }: DayToClose,
): Promise<AuditDayHead | undefined> => {
  const execute = executeIn(tx)
  await execute(lockBegunAuditHead(jurisdiction))
  const before = await readLastDayHead(tx, jurisdiction)
  if (before !== undefined && before.day >= day) return undefined
  const since = { seq: before?.seq ?? 0, hash: Buffer.from(before?.hash ?? noDayHead, 'hex') }
  const end = await readDayEnd(tx, jurisdiction, since, until)
  const head = signer.sign({
    jurisdiction,
    day,
    seq: end.seq,
    hash: end.hash.toString('hex'),
    entries: (before?.entries ?? 0) + end.entries,
    previous: before === undefined ? noDayHead : dayHeadDigest(before),
    closedAt: new Date(nowMs).toISOString(),
  })
  await tx.insertInto('audit_day_heads').values(rowOf(head)).execute()
  const entry = { accountId: null, deviceId: null, action: closeDayAction, subject: day, outcome: 'done' }
  await recordAudit(execute, jurisdiction, [{ ...entry, detail: dayHeadDigest(head) }], nowMs)
  return head
}

const rowOf = (head: AuditDayHead): Row => ({
  jurisdiction: head.jurisdiction,
  day: head.day,
  seq: head.seq,
  hash: Buffer.from(head.hash, 'hex'),
  entries: head.entries,
  previous: Buffer.from(head.previous, 'hex'),
  closed_at: new Date(head.closedAt),
  public_key: Buffer.from(head.publicKey, 'hex'),
  signature: Buffer.from(head.signature, 'hex'),
})
