import type { DeviceView } from '@guankou/contract/access/devices.ts'
import type { OutboxCounts } from '@guankou/contract/sync/push.ts'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Enrols a device, or finds it again. @returns whether it may be used */
export const enrolDevice = async (
  query: Query,
  device: { readonly id: string; readonly label: string; readonly areaCode: number; readonly now: Date },
): Promise<'enrolled' | 'revoked'> => {
  const row = await query
    .insertInto('devices')
    .values({
      id: device.id,
      label: device.label,
      area_code: device.areaCode,
      enrolled_at: device.now,
      revoked_at: null,
      last_seen_at: null,
      clock_skew_seconds: null,
      queued: null,
      rejected: null,
      unreadable: null,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({ label: eb.ref('excluded.label') })),
    )
    .returning('revoked_at')
    .executeTakeFirstOrThrow()
  return row.revoked_at === null ? 'enrolled' : 'revoked'
}

/** Keeps what a device said of itself with its latest push. */
export const recordDeviceContact = async (
  query: Query,
  contact: {
    readonly deviceId: string
    readonly now: Date
    readonly clockSkewSeconds: number
    readonly outbox: OutboxCounts
  },
): Promise<void> => {
  await query
    .updateTable('devices')
    .set({ last_seen_at: contact.now, clock_skew_seconds: contact.clockSkewSeconds, ...contact.outbox })
    .where('id', '=', contact.deviceId)
    .execute()
}

export type NewRefusedCommand = {
  readonly deviceId: string
  readonly accountId: string
  readonly at: Date
  readonly commandId: string | null
  readonly code: string
  readonly path: string | null
}

export const insertRefusedCommands = async (
  query: Query,
  refused: readonly NewRefusedCommand[],
): Promise<void> => {
  if (refused.length === 0) return
  await query
    .insertInto('refused_commands')
    .values(
      refused.map((command) => ({
        device_id: command.deviceId,
        account_id: command.accountId,
        at: command.at,
        command_id: command.commandId,
        code: command.code,
        path: command.path,
      })),
    )
    .execute()
}

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
}

const outboxOf = ({ queued, rejected, unreadable }: DeviceColumns): OutboxCounts | null =>
  queued === null || rejected === null || unreadable === null ? null : { queued, rejected, unreadable }

const toView = (row: DeviceColumns): Omit<DeviceView, 'refused' | 'refusedTotal'> => ({
  id: row.id,
  label: row.label,
  areaCode: row.area_code,
  enrolledAt: row.enrolled_at.toISOString(),
  revokedAt: row.revoked_at?.toISOString() ?? null,
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
  const refusals = await readRefusals(
    query,
    visible.map((row) => row.id),
  )
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
    }
  })
}
