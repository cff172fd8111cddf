import type { PhonePolicy } from '@guankou/contract/access/phone-policy.ts'
import type { SessionView } from '@guankou/contract/access/session.ts'
import type { DestroyedBy, PinVaults, Unlocked } from '#src/storage/pin-vaults.ts'
import type { Keyring } from '#src/storage/vault.ts'
import { createStore, type Store } from './store.ts'

/** Whether whoever is signed in may work: their vault is open, or what opens it. */
export type Gate =
  | { readonly is: 'nobody' }
  /** Signed in, and what is asked of phones is not known yet. */
  | { readonly is: 'waiting' }
  | { readonly is: 'set-pin' }
  | { readonly is: 'locked'; readonly triesLeft: number; readonly notBeforeMs: number }
  | { readonly is: 'open'; readonly pinned: boolean }
  /** The vault was destroyed; `lost` records of it can be sent by nobody. */
  | { readonly is: 'destroyed'; readonly lost: number; readonly cause: DestroyedBy }

export type UnlockFailure = Exclude<Unlocked, { is: 'open' | 'spent' }>

export type GateKeeper = {
  readonly gate: Store<Gate>
  /** Looks again: somebody signed in or out, or the pack came. */
  readonly look: () => Promise<void>
  readonly setPin: (pin: string) => Promise<void>
  readonly unlock: (pin: string) => Promise<UnlockFailure | undefined>
  readonly changePin: (from: string | undefined, to: string) => Promise<UnlockFailure | undefined>
  /** Closes the vault, where a PIN opens it again. */
  readonly lock: () => Promise<void>
  /** The PIN is forgotten: the vault goes, and its owner signs in anew. */
  readonly forget: () => Promise<void>
  /** The person has read what was lost. */
  readonly acknowledge: () => void
}

export type GateParts = {
  readonly vaults: PinVaults
  readonly keyring: Keyring
  readonly profile: Store<SessionView | undefined>
  readonly policy: () => PhonePolicy | undefined
  /** Before the vault closes: what is half done is put away. */
  readonly onClosing: () => Promise<void>
  readonly onOpened: (accountId: string) => Promise<void>
  readonly onDestroyed: () => Promise<void>
}

const mostTriesWithoutPolicy = 10

/** The state of the gate as storage and policy have it, without opening anything that a PIN closes. */
const find = async ({ vaults, keyring, profile, policy }: GateParts): Promise<Gate> => {
  const account = profile.get()
  if (account === undefined) return { is: 'nobody' }
  const { accountId } = account
  const row = await vaults.find(accountId)
  const asked = policy()
  const mustHavePin = asked?.pin === 'required'
  if (row?.lock.is === 'pin') {
    if (keyring.openAccount() === accountId) return { is: 'open', pinned: true }
    const most = asked?.mostPinTries ?? mostTriesWithoutPolicy
    return { is: 'locked', triesLeft: Math.max(0, most - row.tries), notBeforeMs: row.notBeforeMs }
  }
  if (row === undefined && asked === undefined) return { is: 'waiting' }
  if (mustHavePin) {
    if (row !== undefined && keyring.openAccount() !== accountId) await vaults.openWithoutPin(row)
    return { is: 'set-pin' }
  }
  if (keyring.openAccount() === accountId) return { is: 'open', pinned: false }
  if (row === undefined) await vaults.create(account, undefined)
  else await vaults.openWithoutPin(row)
  return { is: 'open', pinned: false }
}

type Own = GateParts & { readonly gate: Store<Gate> }

const mostTries = ({ policy }: GateParts): number => policy()?.mostPinTries ?? mostTriesWithoutPolicy

const lookNow = async (own: Own): Promise<void> => {
  const { keyring, profile, gate } = own
  const before = gate.get()
  if (before.is === 'destroyed') return
  const openBefore = keyring.openAccount()
  if (openBefore !== undefined && openBefore !== profile.get()?.accountId) {
    await own.onClosing()
    keyring.drop()
  }
  const next = await find(own)
  const openNow = keyring.openAccount()
  if (next.is === 'open' && openNow !== undefined && (before.is !== 'open' || openNow !== openBefore))
    await own.onOpened(openNow)
  if (JSON.stringify(next) !== JSON.stringify(before)) gate.set(next)
}

const destroyVault = async (own: Own, cause: DestroyedBy): Promise<void> => {
  const accountId = own.profile.get()?.accountId
  if (accountId === undefined) return
  own.keyring.drop()
  const lost = await own.vaults.destroy(accountId, cause, Date.now())
  own.gate.set({ is: 'destroyed', lost, cause })
  await own.onDestroyed()
}

const setPin = async (own: Own, pin: string): Promise<void> => {
  const { vaults, profile } = own
  const account = profile.get()
  if (account === undefined) return
  const row = await vaults.find(account.accountId)
  if (row === undefined) await vaults.create(account, pin)
  else await vaults.changePin(account.accountId, undefined, pin, Date.now(), mostTries(own))
}

/** Stands between the session and the work: nothing is shown or recorded but behind an open gate. */
export const createGateKeeper = (parts: GateParts): GateKeeper => {
  const { vaults, keyring, profile } = parts
  const gate = createStore<Gate>({ is: 'nobody' })
  const own: Own = { ...parts, gate }
  let looking: Promise<void> = Promise.resolve()
  /** One look after the other: two at once could make two vaults. */
  const look = (): Promise<void> => {
    const now = (): Promise<void> => lookNow(own)
    looking = looking.then(now, now)
    return looking
  }
  const tryWith = async (
    run: (accountId: string) => Promise<Unlocked>,
  ): Promise<UnlockFailure | undefined> => {
    const accountId = profile.get()?.accountId
    if (accountId === undefined) return undefined
    const result = await run(accountId)
    if (result.is === 'spent') {
      await destroyVault(own, 'pin-tries')
      return undefined
    }
    await look()
    return result.is === 'open' ? undefined : result
  }
  return {
    gate,
    look,
    setPin: (pin) => setPin(own, pin).then(look),
    unlock: (pin) => tryWith((accountId) => vaults.unlock(accountId, pin, Date.now(), mostTries(parts))),
    changePin: (from, to) =>
      tryWith((accountId) => vaults.changePin(accountId, from, to, Date.now(), mostTries(parts))),
    async lock() {
      const now = gate.get()
      if (now.is !== 'open' || !now.pinned) return
      await parts.onClosing()
      keyring.drop()
      await look()
    },
    forget: () => destroyVault(own, 'pin-forgotten'),
    acknowledge() {
      if (gate.get().is === 'destroyed') gate.set({ is: 'nobody' })
    },
  }
}
