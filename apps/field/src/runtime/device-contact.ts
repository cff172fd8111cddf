import type { DeviceLoss } from '@guankou/contract/access/device-contact.ts'
import type { FieldDatabase } from '#src/storage/database.ts'
import type { DeviceKey } from '#src/storage/device-key.ts'
import type { HeldStore } from '#src/storage/held-store.ts'
import { dropTold, readLosses } from '#src/storage/losses.ts'
import { forgetIdentity, readWiped, type Wiped, wipe } from '#src/storage/wipe.ts'
import type { Transport } from '#src/sync/transport.ts'
import type { Store } from './store.ts'

const contactEveryMs = 10 * 60_000
const mostLossesTold = 10

export type DeviceContact = {
  /** Speaks to the server under the key of this phone, now and every ten minutes. */
  readonly start: () => void
  readonly now: () => Promise<void>
}

type Parts = {
  readonly database: FieldDatabase
  readonly held: HeldStore
  readonly transport: Transport
  readonly deviceKey: DeviceKey
  readonly deviceId: string
  readonly wiped: Store<Wiped | undefined>
  /** The phone is about to delete everything. */
  readonly onWipe: () => void
}

const sayContact = async (
  { transport, deviceKey, deviceId }: Parts,
  told: { readonly wiped: string | null; readonly losses: readonly DeviceLoss[] },
) => {
  const sentAt = new Date().toISOString()
  const losses = [...told.losses]
  const proof = await deviceKey.prove('contact', sentAt, [told.wiped, losses])
  return transport.contact({ deviceId, sentAt, wiped: told.wiped, losses, proof })
}

/** Tells what was lost, and does what the server asks. */
const report = async (parts: Parts): Promise<void> => {
  const { database, wiped } = parts
  const losses = (await readLosses(database)).slice(0, mostLossesTold)
  const answer = await sayContact(parts, { wiped: null, losses })
  if (answer.is !== 'ok') return
  if (losses.length > 0) await dropTold(database, losses.length)
  if (answer.value.state !== 'wipe' || answer.value.wipeRequestedAt === null) return
  parts.onWipe()
  wiped.set(await wipe(database, answer.value.wipeRequestedAt, Date.now()))
}

const acknowledge = async (parts: Parts, done: Wiped): Promise<void> => {
  const answer = await sayContact(parts, { wiped: done.requestedAt, losses: done.losses })
  // A server that does not know this phone any more will never answer otherwise.
  const isOver =
    answer.is === 'ok' || (answer.is === 'refused' && answer.error.code === 'DEVICE_NOT_ENROLLED')
  if (isOver) parts.wiped.set(await forgetIdentity(parts.database, done))
}

/** The phone’s own talk with the server, whoever is signed in or nobody. */
export const createDeviceContact = (parts: Parts): DeviceContact => {
  let talking: Promise<void> | undefined
  const talk = async (): Promise<void> => {
    // A phone that the server does not know under its key has nothing to say under it.
    if (parts.wiped.get() === undefined && (await parts.held.read('registered')) === true) await report(parts)
    const done = parts.wiped.get() ?? (await readWiped(parts.database))
    if (done !== undefined && !done.acknowledged) await acknowledge(parts, done)
  }
  const now = (): Promise<void> => {
    talking ??= talk()
      .catch(() => undefined)
      .finally(() => {
        talking = undefined
      })
    return talking
  }
  return {
    now,
    start() {
      void now()
      setInterval(() => void now(), contactEveryMs)
      window.addEventListener('online', () => void now())
    },
  }
}
