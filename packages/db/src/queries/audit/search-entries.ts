import { sql, type Transaction } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

/** Place of an entry in the order of a search. */
export type EntryPlace = {
  readonly at: Date
  readonly jurisdiction: number
  readonly seq: number
  readonly position: number
}

export type EntrySearch = {
  readonly jurisdictions: readonly number[]
  readonly from: Date
  /** Not included. */
  readonly until: Date
  readonly action?: string
  readonly accountId?: string
  readonly outcome?: string
  readonly subject?: string
  /** Only entries behind this one. */
  readonly after?: EntryPlace
  readonly limit: number
}

export type FoundEntry = EntryPlace & {
  readonly accountId: string | null
  readonly login: string | null
  readonly titleZh: string | null
  readonly titleEn: string | null
  readonly deviceId: string | null
  readonly action: string
  readonly subject: string | null
  readonly outcome: string
  readonly detail: string | null
}

/** A search gives up after this time: a rare outcome among millions is found by asking for fewer days. */
const patienceMs = 8_000

const canceled = '57014'

/** Thrown where a search took too long. */
export class SearchTooWideError extends Error {
  constructor(cause: unknown) {
    super('the search of the audit took too long', { cause })
    this.name = 'SearchTooWideError'
  }
}

/**
 * Entries between two instants, newest first. Each chain is walked backwards along its index of time and yields at most a
 * page, so that a page costs the same whatever lies before it.
 * @param tx  of the area of whoever asks   @throws SearchTooWideError
 */
export const searchEntries = async (
  tx: Transaction<Tables>,
  search: EntrySearch,
): Promise<readonly FoundEntry[]> => {
  const { jurisdictions, from, until, action, accountId, outcome, subject, after, limit } = search
  const filters = [
    ...(action === undefined ? [] : [sql`and e.action = ${action}`]),
    ...(accountId === undefined ? [] : [sql`and e.account_id = ${accountId}::uuid`]),
    ...(outcome === undefined ? [] : [sql`and e.outcome = ${outcome}`]),
    ...(subject === undefined ? [] : [sql`and e.subject = ${subject}`]),
    ...(after === undefined
      ? []
      : [
          sql`and l.at <= ${after.at} and (l.at, l.jurisdiction, l.seq, e.position)
            < (${after.at}::timestamptz, ${after.jurisdiction}::integer, ${after.seq}::bigint, ${after.position}::integer)`,
        ]),
  ]
  try {
    await sql`set local statement_timeout = ${sql.lit(patienceMs)}`.execute(tx)
    const { rows } = await sql<FoundEntry>`
      select f.*, a.login, a.name_zh as "titleZh", a.name_en as "titleEn"
      from unnest(${jurisdictions}::integer[]) as j (code)
      cross join lateral (
        select l.at, l.jurisdiction, l.seq, e.position, e.account_id as "accountId", e.device_id as "deviceId", e.action,
          e.subject, e.outcome, e.detail
        from audit_links l join audit_entries e on e.jurisdiction = l.jurisdiction and e.seq = l.seq
        where l.jurisdiction = j.code and l.at >= ${from} and l.at < ${until} ${sql.join(filters, sql` `)}
        order by l.at desc, l.seq desc, e.position desc
        limit ${limit}
      ) f
      left join accounts a on a.id = f."accountId"
      order by f.at desc, f.jurisdiction desc, f.seq desc, f.position desc
      limit ${limit}`.execute(tx)
    return rows
  } catch (error) {
    if ((error as { code?: string }).code === canceled) throw new SearchTooWideError(error)
    throw error
  }
}
