import type { AuditFinding } from '@guankou/contract/audit/finding.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type VerificationRow = Omit<Tables['audit_verifications'], 'findings'> & {
  readonly findings: readonly AuditFinding[]
}

export type VerificationState = Pick<
  VerificationRow,
  'links_total' | 'links' | 'entries' | 'heads' | 'findings_total' | 'findings' | 'failed' | 'finished_at'
>

/** Notes that a verification has begun. */
export const insertVerification = async (
  query: Query,
  row: { readonly areaCode: number; readonly id: string; readonly accountId: string; readonly at: Date },
): Promise<void> => {
  await query
    .insertInto('audit_verifications')
    .values({
      area_code: row.areaCode,
      id: row.id,
      account_id: row.accountId,
      started_at: row.at,
      seen_at: row.at,
      finished_at: null,
      failed: false,
      links_total: 0,
      links: 0,
      entries: 0,
      heads: 0,
      findings_total: 0,
      findings: JSON.stringify([]),
    })
    .execute()
}

/** Notes how far it is, or what it came to. */
export const updateVerification = async (
  query: Query,
  { areaCode, id, at }: { readonly areaCode: number; readonly id: string; readonly at: Date },
  state: Partial<VerificationState>,
): Promise<void> => {
  const { findings, ...rest } = state
  await query
    .updateTable('audit_verifications')
    .set({
      ...rest,
      ...(findings === undefined ? {} : { findings: JSON.stringify(findings) }),
      seen_at: at,
    })
    .where('area_code', '=', areaCode)
    .where('id', '=', id)
    .execute()
}

/** The newest runs for an area, newest first. */
export const readVerifications = (
  query: Query,
  areaCode: number,
  limit: number,
): Promise<VerificationRow[]> =>
  query
    .selectFrom('audit_verifications')
    .selectAll()
    .where('area_code', '=', areaCode)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute()

export type ChainState = {
  readonly jurisdiction: number
  readonly seq: number
  readonly hash: Buffer
  readonly at: Date
  readonly signed_day: string | null
}

/** The end of each chain that may be seen, with the newest day signed. */
export const readChainStates = (query: Query): Promise<ChainState[]> =>
  query
    .selectFrom('audit_heads as h')
    .innerJoin('audit_links as l', (join) =>
      join.onRef('l.jurisdiction', '=', 'h.jurisdiction').onRef('l.seq', '=', 'h.seq'),
    )
    .select((eb) => [
      'h.jurisdiction',
      'h.seq',
      'h.hash',
      'l.at',
      eb
        .selectFrom('audit_day_heads as d')
        .select((inner) => inner.fn.max('d.day').as('day'))
        .whereRef('d.jurisdiction', '=', 'h.jurisdiction')
        .as('signed_day'),
    ])
    .orderBy('h.jurisdiction')
    .execute()
