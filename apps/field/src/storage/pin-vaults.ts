import type { LossCause } from '@guankou/contract/access/device-contact.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import { markVaultDestroyed } from '@guankou/sync/outbox/by-hand.ts'
import { type FieldDatabase, type VaultRow, writing } from './database.ts'
import { mostIdsTold, noteLossWithin } from './losses.ts'
import { reviseWithin } from './outbox-store.ts'
import { type Keyring, keyOnce, openBytes, type Sealed, sealBytes } from './vault.ts'

/** Rounds of PBKDF2-HMAC-SHA-256 over a PIN (NIST SP 800-132; at least 600,000 after OWASP's password storage guide). */
export const pinRounds = 600_000

const freeTries = 3
const firstPauseMs = 30_000
const longestPauseMs = 900_000

/** How long after so many wrong PINs in a row the next may be tried, milliseconds. @example pauseAfter(3) // 30000 */
export const pauseAfter = (tries: number): number =>
  tries < freeTries ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - freeTries))

/** When the next try may be made; 0 where at once. */
const dueAfter = (tries: number, nowMs: number): number => {
  const pauseMs = pauseAfter(tries)
  return pauseMs === 0 ? 0 : nowMs + pauseMs
}

/** What a vault can be destroyed by. */
export type DestroyedBy = Exclude<LossCause, 'wipe'>

export type Unlocked =
  | { readonly is: 'open' }
  | { readonly is: 'wrong'; readonly triesLeft: number; readonly notBeforeMs: number }
  | { readonly is: 'too-early'; readonly notBeforeMs: number }
  /** Too many wrong PINs: the vault has to be destroyed. */
  | { readonly is: 'spent' }

export type PinVaults = {
  readonly find: (accountId: string) => Promise<VaultRow | undefined>
  /**
   * Makes the vault of an account and opens it; without a PIN the phone's own key alone closes it. Where another page
   * made it first, that one stands, and is opened if no PIN closes it.
   */
  readonly create: (account: Owner, pin: string | undefined) => Promise<void>
  /** Opens a vault that no PIN closes. */
  readonly openWithoutPin: (row: VaultRow) => Promise<boolean>
  readonly unlock: (accountId: string, pin: string, nowMs: number, mostTries: number) => Promise<Unlocked>
  /** Gives the vault that is open a PIN, or another one. */
  readonly changePin: (
    accountId: string,
    from: string | undefined,
    to: string,
    nowMs: number,
    mostTries: number,
  ) => Promise<Unlocked>
  /**
   * Destroys the key of an account with its drafts and lists. What waited unsealed can be sent by nobody any more: it
   * stays in sight as unreadable, and the loss is noted for the server. Sealed records stay and travel.
   * @returns how many were lost
   */
  readonly destroy: (accountId: string, cause: DestroyedBy, nowMs: number) => Promise<number>
}

export type Owner = { readonly accountId: string; readonly name: Bilingual }

const labelOf = (accountId: string): string => `vault:${accountId}`

/** Mixes what the PIN gives with a key that script cannot take off the phone, so that a copied store is not enough. */
const mixKey = (database: FieldDatabase): Promise<CryptoKey> =>
  keyOnce(database, 'pin-mix', () =>
    crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']),
  )

const wrappingKeyOf = async (
  database: FieldDatabase,
  accountId: string,
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  rounds: number,
): Promise<CryptoKey> => {
  const text = new TextEncoder()
  const base = await crypto.subtle.importKey('raw', text.encode(pin), 'PBKDF2', false, ['deriveBits'])
  const slow = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    base,
    256,
  )
  const account = text.encode(accountId)
  const message = new Uint8Array(slow.byteLength + account.length)
  message.set(new Uint8Array(slow))
  message.set(account, slow.byteLength)
  const mixed = await crypto.subtle.sign('HMAC', await mixKey(database), message)
  return crypto.subtle.importKey('raw', mixed, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

const phoneWrapKey = (database: FieldDatabase): Promise<CryptoKey> =>
  keyOnce(database, 'vault-wrap', () =>
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
  )

type Raw = Uint8Array<ArrayBuffer>

const lockFor = async (
  database: FieldDatabase,
  accountId: string,
  pin: string | undefined,
  raw: Raw,
): Promise<VaultRow['lock']> => {
  if (pin === undefined)
    return {
      is: 'phone',
      wrapped: await sealBytes(await phoneWrapKey(database), labelOf(accountId), raw),
    }
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const key = await wrappingKeyOf(database, accountId, pin, salt, pinRounds)
  return { is: 'pin', salt, rounds: pinRounds, wrapped: await sealBytes(key, labelOf(accountId), raw) }
}

const unwrap = async (key: CryptoKey, accountId: string, wrapped: Sealed): Promise<Raw | undefined> => {
  try {
    return new Uint8Array(await openBytes(key, labelOf(accountId), wrapped))
  } catch {
    return undefined
  }
}

/** Stores a vault where there is none. @returns the one that stands */
const putOnce = ({ dexie, vaults }: FieldDatabase, made: VaultRow): Promise<VaultRow> =>
  dexie.transaction('rw', vaults, async () => {
    const first = await vaults.get(made.accountId)
    if (first !== undefined) return first
    await vaults.add(made)
    return made
  })

/** Counts a try before it is made, so that ending the app does not make it unseen. */
const countTry = (
  database: FieldDatabase,
  accountId: string,
  nowMs: number,
  mostTries: number,
): Promise<{ readonly row: VaultRow } | Unlocked> =>
  database.dexie.transaction('rw', database.vaults, async () => {
    const row = await database.vaults.get(accountId)
    if (row === undefined || row.tries >= mostTries) return { is: 'spent' as const }
    if (row.notBeforeMs > nowMs) return { is: 'too-early' as const, notBeforeMs: row.notBeforeMs }
    const tries = row.tries + 1
    const counted = { ...row, tries, notBeforeMs: dueAfter(tries, nowMs) }
    await database.vaults.put(counted)
    return { row: counted }
  })

/** Tries a PIN. @returns the key of the vault, or why not */
const tryPin = async (
  database: FieldDatabase,
  accountId: string,
  pin: string,
  nowMs: number,
  mostTries: number,
): Promise<{ readonly raw: Raw } | Exclude<Unlocked, { is: 'open' }>> => {
  const counted = await countTry(database, accountId, nowMs, mostTries)
  if (!('row' in counted)) return counted.is === 'open' ? { is: 'spent' } : counted
  const { lock, tries, notBeforeMs } = counted.row
  if (lock.is !== 'pin') return { is: 'spent' }
  const key = await wrappingKeyOf(database, accountId, pin, lock.salt, lock.rounds)
  const raw = await unwrap(key, accountId, lock.wrapped)
  if (raw === undefined)
    return tries >= mostTries ? { is: 'spent' } : { is: 'wrong', triesLeft: mostTries - tries, notBeforeMs }
  await database.vaults.update(accountId, { tries: 0, notBeforeMs: 0 })
  return { raw }
}

const destroy = (
  database: FieldDatabase,
  accountId: string,
  cause: DestroyedBy,
  nowMs: number,
): Promise<number> => {
  const { dexie, vaults, heads, commands, screenings, drafts, held } = database
  return dexie.transaction('rw', [vaults, heads, commands, screenings, drafts, held], async () => {
    await vaults.delete(accountId)
    await drafts.delete(accountId)
    await held.delete(`attribution:${accountId}`)
    await held.delete(`handovers:${accountId}`)
    const own = await screenings
      .where('[makerId+madeAtMs]')
      .between([accountId], [accountId, []])
      .primaryKeys()
    await screenings.bulkDelete(own)
    const lost = await reviseWithin(database, (open) => markVaultDestroyed(open, accountId))
    await noteLossWithin(database, {
      accountId,
      at: new Date(nowMs).toISOString(),
      cause,
      commands: lost.length,
      commandIds: lost.slice(0, mostIdsTold),
    })
    return lost.length
  })
}

/** The vaults of everybody who works on this phone, one each; at most one is open at a time, in the keyring. */
export const createPinVaults = (database: FieldDatabase, keyring: Keyring): PinVaults => {
  const hold = async (accountId: string, raw: Raw): Promise<void> =>
    keyring.hold(
      accountId,
      await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']),
    )
  const rawWithoutPin = async (row: VaultRow): Promise<Raw | undefined> =>
    row.lock.is === 'phone'
      ? unwrap(await phoneWrapKey(database), row.accountId, row.lock.wrapped)
      : undefined
  const openWithoutPin = async (row: VaultRow): Promise<boolean> => {
    const raw = await rawWithoutPin(row)
    if (raw !== undefined) await hold(row.accountId, raw)
    return raw !== undefined
  }
  return {
    find: (accountId) => database.vaults.get(accountId),
    async create({ accountId, name }, pin) {
      const raw = crypto.getRandomValues(new Uint8Array(32))
      const lock = await lockFor(database, accountId, pin, raw)
      const made: VaultRow = { accountId, name, lock, tries: 0, notBeforeMs: 0 }
      const standing = await writing(() => putOnce(database, made))
      if (standing === made) await hold(accountId, raw)
      else await openWithoutPin(standing)
    },
    openWithoutPin,
    async unlock(accountId, pin, nowMs, mostTries) {
      const tried = await tryPin(database, accountId, pin, nowMs, mostTries)
      if (!('raw' in tried)) return tried
      await hold(accountId, tried.raw)
      return { is: 'open' }
    },
    async changePin(accountId, from, to, nowMs, mostTries) {
      const row = await database.vaults.get(accountId)
      if (row === undefined) return { is: 'spent' }
      const tried =
        from === undefined
          ? { raw: await rawWithoutPin(row) }
          : await tryPin(database, accountId, from, nowMs, mostTries)
      if (!('raw' in tried)) return tried
      if (tried.raw === undefined) return { is: 'spent' }
      const lock = await lockFor(database, accountId, to, tried.raw)
      await writing(() => database.vaults.update(accountId, { lock, tries: 0, notBeforeMs: 0 }))
      return { is: 'open' }
    },
    destroy: (accountId, cause, nowMs) => destroy(database, accountId, cause, nowMs),
  }
}
