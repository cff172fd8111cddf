import type { SessionView } from '@guankou/contract/access/session.ts'
import type { ErrorCode } from '@guankou/contract/errors.ts'
import { isWaiting } from '@guankou/sync/outbox/entry.ts'
import type { OutboxStorage } from '@guankou/sync/outbox/storage.ts'
import type { DeviceKey } from '#src/storage/device-key.ts'
import type { HeldStore } from '#src/storage/held-store.ts'
import type { Transport } from '#src/sync/transport.ts'

type Attribution = { readonly token: string; readonly untilMs: number }

export type BindFailure = ErrorCode | 'UNREACHABLE'

/** Whose name records bear that travel under another session; lies in the vault of its owner. */
export type Attributor = {
  /** Proves the key of this phone to the server and takes what it gives. */
  readonly bind: (profile: SessionView) => Promise<BindFailure | undefined>
  /** The vault was opened: what it holds is taken, what was got before is put into it. */
  readonly vaultOpened: (accountId: string) => Promise<void>
  /** The vault was closed, or somebody else is at work. */
  readonly drop: () => void
  readonly inHand: () => boolean
  /** A command sealed for the server, or nothing while it cannot be sealed. */
  readonly seal: (commandId: string, command: unknown) => Promise<unknown>
  /** Seals what whoever has unlocked made before it could be sealed. */
  readonly sealWaiting: () => Promise<void>
}

type Parts = {
  readonly held: HeldStore
  readonly outbox: OutboxStorage
  readonly transport: Transport
  readonly deviceKey: DeviceKey
  readonly deviceId: string
  readonly openAccount: () => string | undefined
  readonly sealingKey: () => string | undefined
}

const askServer = async (
  { transport, deviceKey, deviceId }: Parts,
  { accountId }: SessionView,
): Promise<Attribution | BindFailure> => {
  const sentAt = new Date().toISOString()
  const { publicKey } = deviceKey
  const proof = await deviceKey.prove('bind', sentAt, [accountId, publicKey])
  const answer = await transport.bind({ deviceId, publicKey, sentAt, proof })
  if (answer.is === 'unreachable') return 'UNREACHABLE'
  if (answer.is === 'refused') return answer.error.code
  return { token: answer.value.attribution, untilMs: Date.parse(answer.value.until) }
}

/** Whether records made now may still be sealed under it. */
const isGood = (attribution: Attribution | undefined): attribution is Attribution =>
  attribution !== undefined && attribution.untilMs > Date.now()

export const createAttributor = (parts: Parts): Attributor => {
  const { held, outbox, openAccount } = parts
  let inHand: { readonly accountId: string; readonly attribution: Attribution } | undefined
  const keep = async (): Promise<void> => {
    if (inHand !== undefined && openAccount() === inHand.accountId)
      await held.writeOwn('attribution', inHand.accountId, inHand.attribution)
  }
  const seal = async (commandId: string, command: unknown): Promise<unknown> => {
    const sealingKey = parts.sealingKey()
    if (sealingKey === undefined || inHand?.accountId !== openAccount()) return undefined
    const attribution = inHand?.attribution
    if (!isGood(attribution)) return undefined
    const { deviceId } = parts
    // No part of the first load: nothing is sealed before somebody is signed in.
    const { sealParcel } = await import('#src/sync/seal-parcel.ts')
    return sealParcel({ sealingKey, deviceId, attribution: attribution.token }, commandId, command)
  }
  return {
    async bind(profile) {
      const got = await askServer(parts, profile)
      if (typeof got === 'string') return got
      inHand = { accountId: profile.accountId, attribution: got }
      await held.write('registered', true)
      await keep()
      return undefined
    },
    async vaultOpened(accountId) {
      if (inHand?.accountId === accountId) return keep()
      const stored = (await held.readOwn('attribution', accountId)) as Attribution | undefined
      inHand = stored === undefined ? undefined : { accountId, attribution: stored }
    },
    drop() {
      inHand = undefined
    },
    inHand: () => isGood(inHand?.attribution) && inHand?.accountId === openAccount(),
    seal,
    async sealWaiting() {
      const accountId = openAccount()
      const waiting = (await outbox.readOpen()).filter(
        (head) => head.makerId === accountId && isWaiting(head) && head.parcelled !== true,
      )
      for (const { id } of waiting) {
        const read = await outbox.readCommand(id)
        const parcel = read.is === 'read' ? await seal(id, read.command) : undefined
        if (parcel !== undefined) await outbox.addParcel(id, parcel)
      }
    },
  }
}
