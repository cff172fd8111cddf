import type { KeyObject } from 'node:crypto'
import type { PhonePolicy } from '@guankou/contract/access/phone-policy.ts'
import type { ErrorCode } from '@guankou/contract/errors.ts'
import type { Database } from '@guankou/db/database.ts'
import { type DeviceState, findDeviceState } from '@guankou/db/queries/access/device-states.ts'
import { readPhonePolicy } from '@guankou/db/queries/access/phone-policy.ts'
import { readDeviceKey } from '#src/use-cases/devices/device-proof.ts'

/** What another process changed is noticed within this time. */
const freshMs = 5_000
const mostDevices = 20_000

export type KnownDevice = DeviceState & { readonly key: KeyObject | undefined }

export type DeviceCache = {
  readonly find: (deviceId: string) => Promise<KnownDevice | undefined>
  readonly policy: () => Promise<PhonePolicy>
  /** Looks again at the next question, for instance after a revocation here. */
  readonly forget: (deviceId: string) => void
}

/** Why nothing of a device is accepted, if so. */
export const refusalOfDevice = (device: DeviceState | undefined): ErrorCode | undefined => {
  if (device === undefined || device.revokedAt === null) return undefined
  return device.wipeRequestedAt === null ? 'DEVICE_REVOKED' : 'DEVICE_WIPE_REQUESTED'
}

type Held<T> = { readonly until: number; readonly value: Promise<T> }

/** Keeps what is known of devices for a few seconds, so that a push costs a signature check and no query. */
export const createDeviceCache = (db: Database, now: () => number): DeviceCache => {
  const held = new Map<string, Held<KnownDevice | undefined>>()
  let policy: Held<PhonePolicy> | undefined
  const load = async (deviceId: string): Promise<KnownDevice | undefined> => {
    const state = await findDeviceState(db.query, deviceId)
    if (state === undefined) return undefined
    return { ...state, key: state.publicKey === null ? undefined : readDeviceKey(state.publicKey) }
  }
  return {
    find: (deviceId) => {
      const known = held.get(deviceId)
      if (known !== undefined && known.until > now()) return known.value
      if (held.size >= mostDevices) held.clear()
      const value = load(deviceId)
      held.set(deviceId, { until: now() + freshMs, value })
      value.catch(() => held.delete(deviceId))
      return value
    },
    policy: () => {
      if (policy !== undefined && policy.until > now()) return policy.value
      const value = readPhonePolicy(db.query)
      policy = { until: now() + freshMs, value }
      value.catch(() => {
        policy = undefined
      })
      return value
    },
    forget: (deviceId) => {
      held.delete(deviceId)
    },
  }
}
