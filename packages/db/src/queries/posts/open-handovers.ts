import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

export type OpenHandovers = { readonly postId: number; readonly open: number }

/** Hand-overs of each post that no clinic has taken and nobody has closed or cancelled; a post without one is not in it. */
export const readOpenHandovers = async (
  query: Kysely<Tables>,
  jurisdictions: readonly number[],
): Promise<readonly OpenHandovers[]> => {
  const { rows } = await sql<OpenHandovers>`
    select h.post_id as "postId", count(*)::integer as open from handovers h
    where h.jurisdiction = any(${jurisdictions}::integer[]) and not exists (
      select from handover_facts f where f.jurisdiction = h.jurisdiction and f.occurred_at = h.occurred_at
        and f.handover_id = h.id and (f.kind in ('closed', 'cancelled') or f.side = 'clinic-takes'))
    group by h.post_id`.execute(query)
  return rows
}
