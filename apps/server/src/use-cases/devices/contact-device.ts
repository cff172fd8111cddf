import type { DeviceState, contactDevice as endpoint } from '@guankou/contract/access/device-contact.ts'
import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { insertLosses, recordContact } from '@guankou/db/queries/access/device-states.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { instantMs } from '@guankou/domain/places/calendar.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { type KnownDevice, refusalOfDevice } from '#src/use-cases/devices/device-cache.ts'
import { isProved } from '#src/use-cases/devices/device-proof.ts'

type Body = BodyOf<typeof endpoint>

const stateOf = (device: KnownDevice): DeviceState => {
  const code = refusalOfDevice(device)
  if (code === undefined) return 'active'
  return code === 'DEVICE_WIPE_REQUESTED' && device.wipedAt === null ? 'wipe' : 'revoked'
}

const detailOf = ({ wiped, losses }: Body): string | null => {
  const lost = losses.reduce((sum, loss) => sum + loss.commands, 0)
  const said = [
    ...(wiped === null ? [] : ['wipe acknowledged']),
    ...(lost === 0 ? [] : [`${lost} records lost`]),
  ]
  return said.length === 0 ? null : said.join(', ')
}

const timesOf = ({ wiped, losses }: Body): boolean =>
  [...(wiped === null ? [] : [wiped]), ...losses.map((loss) => loss.at)].every(
    (instant) => instantMs(instant) !== undefined,
  )

/** Hears a phone under its own key, and tells it what it is to do. */
export const contactDevice = async (
  { db, now, devices }: ServerContext,
  body: Body,
): Promise<Result<OutputOf<typeof endpoint>>> => {
  const { deviceId, sentAt, wiped, losses, proof } = body
  const device = await devices.find(deviceId)
  if (device?.key === undefined) return refused('DEVICE_NOT_ENROLLED')
  if (!isProved(device.key, { use: 'contact', deviceId, sentAt, proof, content: [wiped, losses] }))
    return refused('DEVICE_PROOF_WRONG')
  if (!timesOf(body)) return refused('INVALID_INPUT')
  const nowMs = now()
  await inArea(db, device.areaCode, async (tx) => {
    const contact = { deviceId, now: new Date(nowMs), wiped: wiped === null ? null : new Date(wiped) }
    await recordContact(tx, contact)
    await insertLosses(tx, deviceId, losses)
    const entry = {
      accountId: null,
      deviceId,
      action: 'access.contact-device',
      subject: deviceId,
      outcome: 'done',
      detail: detailOf(body),
    }
    await recordAudit(executeIn(tx), device.areaCode, [entry], nowMs)
  })
  devices.forget(deviceId)
  const state = stateOf((await devices.find(deviceId)) ?? device)
  return done({ state, wipeRequestedAt: device.wipeRequestedAt?.toISOString() ?? null })
}
