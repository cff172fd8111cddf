import type { DeviceLoss, LossCause } from '@guankou/contract/access/device-contact.ts'
import type { RevocationReason } from '@guankou/contract/access/device-removal.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** What the server has to know of a device before it listens to it. */
export type DeviceState = {
  readonly id: string
  readonly areaCode: number
  readonly publicKey: Buffer | null
  readonly revokedAt: Date | null
  readonly wipeRequestedAt: Date | null
  readonly wipedAt: Date | null
}

export const findDeviceState = async (query: Query, id: string): Promise<DeviceState | undefined> => {
  const row = await query
    .selectFrom('devices')
    .select(['area_code', 'public_key', 'revoked_at', 'wipe_requested_at', 'wiped_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    id,
    areaCode: row.area_code,
    publicKey: row.public_key,
    revokedAt: row.revoked_at,
    wipeRequestedAt: row.wipe_requested_at,
    wipedAt: row.wiped_at,
  }
}

/** Takes a device out of use; a wipe that was asked for before stays asked for. */
export const revokeDevice = async (
  query: Query,
  revocation: {
    readonly deviceId: string
    readonly by: string
    readonly reason: RevocationReason
    readonly wipe: boolean
    readonly now: Date
  },
): Promise<void> => {
  await query
    .updateTable('devices')
    .set((eb) => ({
      revoked_at: eb.fn.coalesce('revoked_at', eb.val(revocation.now)),
      revoked_by: revocation.by,
      revocation_reason: revocation.reason,
      ...(revocation.wipe
        ? { wipe_requested_at: eb.fn.coalesce('wipe_requested_at', eb.val(revocation.now)) }
        : {}),
    }))
    .where('id', '=', revocation.deviceId)
    .execute()
}

/** Puts a device back into use, unless it has wiped itself. */
export const restoreDevice = async (query: Query, deviceId: string): Promise<boolean> => {
  const changed = await query
    .updateTable('devices')
    .set({ revoked_at: null, revoked_by: null, revocation_reason: null, wipe_requested_at: null })
    .where('id', '=', deviceId)
    .where('wiped_at', 'is', null)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** Keeps that a device was heard of, and that it carried out the wipe it was asked for, where it says so. */
export const recordContact = async (
  query: Query,
  contact: { readonly deviceId: string; readonly now: Date; readonly wiped: Date | null },
): Promise<void> => {
  await query
    .updateTable('devices')
    .set({ last_seen_at: contact.now })
    .where('id', '=', contact.deviceId)
    .execute()
  if (contact.wiped === null) return
  await query
    .updateTable('devices')
    .set({ wiped_at: contact.now, queued: 0, rejected: 0, unreadable: 0 })
    .where('id', '=', contact.deviceId)
    .where('wipe_requested_at', '=', contact.wiped)
    .where('wiped_at', 'is', null)
    .execute()
}

/** Keeps what a phone lost; told twice, it is kept once. */
export const insertLosses = async (
  query: Query,
  deviceId: string,
  losses: readonly DeviceLoss[],
): Promise<void> => {
  if (losses.length === 0) return
  await query
    .insertInto('device_losses')
    .values(
      losses.map((loss) => ({
        device_id: deviceId,
        account_id: loss.accountId,
        at: new Date(loss.at),
        cause: loss.cause,
        commands: loss.commands,
        command_ids: loss.commandIds,
      })),
    )
    .onConflict((conflict) => conflict.columns(['device_id', 'at', 'account_id']).doNothing())
    .execute()
}

/** What was lost on devices, newest first. */
export const readLosses = async (
  query: Query,
  deviceIds: readonly string[],
): Promise<ReadonlyMap<string, DeviceLoss[]>> => {
  const rows = await query
    .selectFrom('device_losses')
    .selectAll()
    .where('device_id', 'in', deviceIds)
    .orderBy('at', 'desc')
    .execute()
  const byDevice = Map.groupBy(rows, (row) => row.device_id)
  return new Map(
    [...byDevice].map(([id, own]) => [
      id,
      own.map((row) => ({
        accountId: row.account_id,
        at: row.at.toISOString(),
        cause: row.cause as LossCause,
        commands: row.commands,
        commandIds: row.command_ids,
      })),
    ]),
  )
}

/** Whose name a sealed record may bear: the account as it stands now. */
export type Maker = {
  readonly accountId: string
  readonly role: string
  readonly areaCode: number
  readonly name: { readonly zh: string; readonly en: string }
  readonly disabledAt: Date | null
}

export const findMaker = async (query: Query, accountId: string): Promise<Maker | undefined> => {
  const row = await query
    .selectFrom('accounts')
    .select(['role', 'area_code', 'name_zh', 'name_en', 'disabled_at'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    accountId,
    role: row.role,
    areaCode: row.area_code,
    name: { zh: row.name_zh, en: row.name_en },
    disabledAt: row.disabled_at,
  }
}
