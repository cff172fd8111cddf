import type {
  restoreDevice as restoreEndpoint,
  revokeDevice as revokeEndpoint,
} from '@guankou/contract/access/device-removal.ts'
import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { findDeviceState, restoreDevice, revokeDevice } from '@guankou/db/queries/access/device-states.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'

const entryOf = (actor: Actor, action: string, deviceId: string, detail: string | null) => ({
  accountId: actor.accountId,
  deviceId: actor.deviceId,
  action,
  subject: deviceId,
  outcome: 'done',
  detail,
})

/** Takes a device of the actor's area out of use, and asks it to wipe itself where that is wanted. */
export const removeDevice = async (
  { db, now, devices }: ServerContext,
  actor: Actor,
  { deviceId, reason, wipe }: BodyOf<typeof revokeEndpoint>,
): Promise<Result<OutputOf<typeof revokeEndpoint>>> => {
  const nowMs = now()
  const result = await inArea(db, actor.areaCode, async (tx) => {
    const device = await findDeviceState(tx, deviceId)
    if (device === undefined || !mayActIn(actor, device.areaCode)) return refused('UNKNOWN_DEVICE')
    await revokeDevice(tx, { deviceId, by: actor.accountId, reason, wipe, now: new Date(nowMs) })
    const detail = wipe ? `${reason}, wipe` : reason
    await recordAudit(
      executeIn(tx),
      device.areaCode,
      [entryOf(actor, 'access.revoke-device', deviceId, detail)],
      nowMs,
    )
    return done({ revoked: true as const })
  })
  devices.forget(deviceId)
  return result
}

/** Puts a device of the actor's area back into use. */
export const returnDevice = async (
  { db, now, devices }: ServerContext,
  actor: Actor,
  { deviceId }: BodyOf<typeof restoreEndpoint>,
): Promise<Result<OutputOf<typeof restoreEndpoint>>> => {
  const nowMs = now()
  const result = await inArea(db, actor.areaCode, async (tx) => {
    const device = await findDeviceState(tx, deviceId)
    if (device === undefined || !mayActIn(actor, device.areaCode)) return refused('UNKNOWN_DEVICE')
    if (!(await restoreDevice(tx, deviceId))) return refused('DEVICE_WIPED')
    await recordAudit(
      executeIn(tx),
      device.areaCode,
      [entryOf(actor, 'access.restore-device', deviceId, null)],
      nowMs,
    )
    return done({ restored: true as const })
  })
  devices.forget(deviceId)
  return result
}
