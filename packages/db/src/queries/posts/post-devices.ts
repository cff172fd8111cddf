import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type DevicePlace = { readonly deviceId: string; readonly postId: number }

/** At which post each phone recorded last, of those that recorded anything since an instant. */
export const readDevicePlaces = async (
  query: Query,
  jurisdictions: readonly number[],
  since: Date,
): Promise<DevicePlace[]> => {
  const { rows } = await sql<DevicePlace>`
    select distinct on (device_id) device_id as "deviceId", post_id as "postId"
    from (
      select device_id, post_id, max(occurred_at) as at from screenings
        where jurisdiction = any(${jurisdictions}) and occurred_at > ${since} and device_id is not null
        group by device_id, post_id
      union all
      select device_id, post_id, max(occurred_at) from post_facts
        where jurisdiction = any(${jurisdictions}) and occurred_at > ${since} and device_id is not null
        group by device_id, post_id
    ) recorded
    order by device_id, at desc, post_id`.execute(query)
  return rows
}

/** What the phones named said of themselves at their last contact. */
export const readDeviceOutboxes = async (query: Query, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : query
        .selectFrom('devices')
        .select(['id', 'label', 'last_seen_at as lastSeenAt', 'queued', 'rejected', 'unreadable'])
        .where('id', 'in', ids)
        .where('revoked_at', 'is', null)
        .orderBy('label')
        .orderBy('id')
        .execute()

/** What was refused for good from the phones named since an instant, by reason. */
export const readRefusedByReason = async (query: Query, ids: readonly string[], since: Date) =>
  ids.length === 0
    ? []
    : query
        .selectFrom('refused_commands')
        .select(['device_id as deviceId', 'code', sql<number>`count(*)::integer`.as('count')])
        .where('device_id', 'in', ids)
        .where('at', '>', since)
        .groupBy(['device_id', 'code'])
        .orderBy('device_id')
        .orderBy('code')
        .execute()
