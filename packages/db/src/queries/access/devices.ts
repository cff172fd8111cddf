import type { DeviceView } from '@guankou/contract/access/devices.ts'
import type { OutboxCounts } from '@guankou/contract/sync/push.ts'
import { type Kysely, sql } from 'kysely'
import { readLosses } from '#src/queries/access/device-states.ts'
import { type EnrolledOnTheSpot, enrolOnTheSpot } from '#src/queries/access/enrolment.ts'
import { readPhonePolicy } from '#src/queries/access/phone-policy.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Finds the device that a sign-in names, or enrols it on the spot where the installation allows it. */
export const enrolDevice = async (
  query: Query,
  device: { readonly id: string; readonly label: string; readonly areaCode: number; readonly now: Date },
): Promise<EnrolledOnTheSpot> =>
  enrolOnTheSpot(query, device, (await readPhonePolicy(query)).enrolment === 'on-the-spot')

const refusalsShown = 20

type DeviceColumns = {
  readonly id: string
  readonly label: string
  readonly area_code: number
  readonly enrolled_at: Date
  readonly revoked_at: Date | null
  readonly last_seen_at: Date | null
  readonly clock_skew_seconds: number | null
  readonly queued: number | null
  readonly rejected: number | null
  readonly unreadable: number | null
  readonly public_key: Buffer | null
  readonly revocation_reason: string | null
  readonly wipe_requested_at: Date | null
  readonly wiped_at: Date | null
}

const outboxOf = ({ queued, rejected, unreadable }: DeviceColumns): OutboxCounts | null =>
  queued === null || rejected === null || unreadable === null ? null : { queued, rejected, unreadable }

const toView = (row: DeviceColumns): Omit<DeviceView, 'refused' | 'refusedTotal' | 'losses'> => ({
  id: row.id,
  label: row.label,
  areaCode: row.area_code,
  enrolledAt: row.enrolled_at.toISOString(),
  keyed: row.public_key !== null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
  revocationReason: row.revocation_reason as DeviceView['revocationReason'],
  wipeRequestedAt: row.wipe_requested_at?.toISOString() ?? null,
  wipedAt: row.wiped_at?.toISOString() ?? null,
  lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  clockSkewSeconds: row.clock_skew_seconds,
  outbox: outboxOf(row),
})

const readRefusals = (query: Query, ids: readonly string[]) =>
  query
    .selectFrom(
      query
        .selectFrom('refused_commands')
        .select(['device_id', 'at', 'command_id', 'code', 'path'])
        .select(sql<number>`count(*) over (partition by device_id)::integer`.as('total'))
        .select(
          sql<number>`row_number() over (partition by device_id order by at desc, id desc)::integer`.as(
            'recency',
          ),
        )
        .where('device_id', 'in', ids)
        .as('latest'),
    )
    .selectAll()
    .where('recency', '<=', refusalsShown)
    .orderBy('recency')
    .execute()

/** Devices of an area with their latest refusals. @param inArea  judged by the caller, who knows the tree */
export const readDevices = async (
  query: Query,
  inArea: (areaCode: number) => boolean,
): Promise<DeviceView[]> => {
  const rows = await query.selectFrom('devices').selectAll().orderBy('label').orderBy('id').execute()
  const visible = rows.filter((row) => inArea(row.area_code))
  if (visible.length === 0) return []
  const ids = visible.map((row) => row.id)
  const refusals = await readRefusals(query, ids)
  const losses = await readLosses(query, ids)
  const byDevice = Map.groupBy(refusals, (row) => row.device_id)
  return visible.map((row) => {
    const own = byDevice.get(row.id) ?? []
    return {
      ...toView(row),
      refusedTotal: own[0]?.total ?? 0,
      refused: own.map(({ at, command_id: commandId, code, path }) => ({
        at: at.toISOString(),
        commandId,
        code,
        path,
      })),
      losses: losses.get(row.id) ?? [],
    }
  })
}
