import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** How long people may wait for transport, and be on the way, minutes. */
export type StoredHandoverLimits = { readonly waitMinutes: number; readonly roadMinutes: number }

export const readHandoverLimits = (query: Query): Promise<StoredHandoverLimits> =>
  query
    .selectFrom('handover_limits')
    .select(['wait_minutes as waitMinutes', 'road_minutes as roadMinutes'])
    .executeTakeFirstOrThrow()

export const writeHandoverLimits = async (
  query: Query,
  limits: StoredHandoverLimits,
  changed: { readonly at: Date; readonly by: string },
): Promise<void> => {
  await query
    .updateTable('handover_limits')
    .set({
      wait_minutes: limits.waitMinutes,
      road_minutes: limits.roadMinutes,
      changed_at: changed.at,
      changed_by: changed.by,
    })
    .execute()
}
