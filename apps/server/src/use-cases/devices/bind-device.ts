import type { bindDevice as endpoint } from '@guankou/contract/access/enrolment.ts'
import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { narrowToArea } from '@guankou/db/area-scope.ts'
import { registerKey } from '@guankou/db/queries/access/enrolment.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { isProved, readDeviceKey } from '#src/use-cases/devices/device-proof.ts'

type Body = BodyOf<typeof endpoint>

/** Whether the key may stand for the device: registered already, or the first one where phones enrol on the spot. */
const mayStand = async (
  { devices }: ServerContext,
  raw: Buffer,
  deviceId: string,
): Promise<Result<'known' | 'new'>> => {
  const device = await devices.find(deviceId)
  if (device === undefined) return refused('DEVICE_NOT_ENROLLED')
  if (device.publicKey !== null)
    return device.publicKey.equals(raw) ? done('known' as const) : refused('DEVICE_KEY_TAKEN', '/publicKey')
  return (await devices.policy()).enrolment === 'on-the-spot'
    ? done('new' as const)
    : refused('DEVICE_NOT_ENROLLED')
}

/**
 * Binds a session to the key of its phone. From then on the server hears this device with a proof only; the
 * attribution it gives lets records of this session travel sealed, under whatever session.
 */
export const bindDevice = async (
  context: ServerContext,
  actor: Actor,
  body: Body,
): Promise<Result<OutputOf<typeof endpoint>>> => {
  const { db, now, devices, parcels } = context
  const { deviceId, publicKey, sentAt, proof } = body
  if (actor.deviceId !== deviceId) return refused('INVALID_INPUT', '/deviceId')
  const raw = Buffer.from(publicKey, 'base64url')
  const key = readDeviceKey(raw)
  const content = [actor.accountId, publicKey]
  if (key === undefined || !isProved(key, { use: 'bind', deviceId, sentAt, proof, content }))
    return refused('DEVICE_PROOF_WRONG')
  const standing = await mayStand(context, raw, deviceId)
  if (!standing.ok) return standing
  const nowMs = now()
  const registered = await db.query.transaction().execute(async (tx) => {
    // A phone may be lent to the next district; its session, and not its area, says that it is this one.
    const isFirst = standing.value === 'known' || (await registerKey(tx, deviceId, raw))
    await narrowToArea(tx, actor.areaCode)
    const entry = {
      accountId: actor.accountId,
      deviceId,
      action: 'access.bind-device',
      subject: deviceId,
      outcome: isFirst ? 'done' : 'DEVICE_KEY_TAKEN',
      detail: standing.value === 'new' ? 'key registered on the spot' : null,
    }
    await recordAudit(executeIn(tx), actor.areaCode, [entry], nowMs)
    return isFirst
  })
  devices.forget(deviceId)
  if (!registered) return refused('DEVICE_KEY_TAKEN', '/publicKey')
  const untilMs = actor.sessionExpiresAtMs
  const attribution = parcels.attribute({ accountId: actor.accountId, deviceId, untilMs })
  return done({ attribution, until: new Date(untilMs).toISOString() })
}
