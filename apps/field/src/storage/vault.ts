import type { UnreadableReason } from '@guankou/sync/outbox/entry.ts'
import type { FieldDatabase } from './database.ts'

/** `by` names the account whose vault sealed it; without it the key of the phone did. */
export type Sealed = {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
  readonly by?: string
}

export type Opened =
  | { readonly is: 'read'; readonly value: unknown }
  /** The vault that sealed it is closed. */
  | { readonly is: 'locked' }
  | { readonly is: 'unreadable'; readonly reason: UnreadableReason }

/** Seals each record alone with AES-256-GCM; `label` binds it to its place, so that rows cannot be exchanged. */
export type Vault = {
  /** @throws VaultLocked where nobody has unlocked */
  readonly seal: (label: string, value: unknown) => Promise<Sealed>
  readonly open: (label: string, sealed: Sealed) => Promise<Opened>
}

/** Thrown where something is to be sealed for whoever works here, and nobody has unlocked. */
export class VaultLocked extends Error {
  override readonly name = 'VaultLocked'
}

export type Keyring = {
  /** Under the key of the phone: for what has to be read before anybody unlocks. */
  readonly phone: Vault
  /** Under the key of whoever has unlocked. */
  readonly own: Vault
  readonly openAccount: () => string | undefined
  /** Takes the key of an account into memory, and only there. */
  readonly hold: (accountId: string, key: CryptoKey) => void
  readonly drop: () => void
}

const phoneKeyName = 'records-1'

export const aesKey = { name: 'AES-GCM', length: 256 } as const

/** A key that is made once per phone; of two pages that make it at once the first wins. */
export const keyOnce = async (
  { dexie, keys }: FieldDatabase,
  name: string,
  make: () => Promise<CryptoKey>,
): Promise<CryptoKey> => {
  const known = await keys.get(name)
  if (known !== undefined) return known.key
  const made = await make()
  return dexie.transaction('rw', keys, async () => {
    const first = await keys.get(name)
    if (first !== undefined) return first.key
    await keys.add({ name, key: made })
    return made
  })
}

const parse = (bytes: ArrayBuffer): Opened => {
  try {
    return { is: 'read', value: JSON.parse(new TextDecoder().decode(bytes)) as unknown }
  } catch {
    return { is: 'unreadable', reason: 'not-json' }
  }
}

const cipher = (label: string, iv: Uint8Array<ArrayBuffer>) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(label),
})

/** Seals bytes under a key, bound to a label. */
export const sealBytes = async (
  key: CryptoKey,
  label: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Sealed> => {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt(cipher(label, iv), key, bytes) }
}

/** Opens bytes. @throws DOMException where key, label or a single bit is another */
export const openBytes = (key: CryptoKey, label: string, { iv, data }: Sealed): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt(cipher(label, iv), key, data)

const sealValue = (key: CryptoKey, label: string, value: unknown): Promise<Sealed> =>
  sealBytes(key, label, new TextEncoder().encode(JSON.stringify(value)))

const openValue = async (key: CryptoKey, label: string, sealed: Sealed): Promise<Opened> => {
  try {
    return parse(await openBytes(key, label, sealed))
  } catch {
    return { is: 'unreadable', reason: 'cannot-decrypt' }
  }
}

/** Opens the keyring of this phone, making the phone's own key on first use. It cannot be exported. */
export const openKeyring = async (database: FieldDatabase): Promise<Keyring> => {
  const phoneKey = await keyOnce(database, phoneKeyName, () =>
    crypto.subtle.generateKey(aesKey, false, ['encrypt', 'decrypt']),
  )
  let held: { readonly accountId: string; readonly key: CryptoKey } | undefined
  return {
    phone: {
      seal: (label, value) => sealValue(phoneKey, label, value),
      open: (label, sealed) => openValue(phoneKey, label, sealed),
    },
    own: {
      async seal(label, value) {
        if (held === undefined) throw new VaultLocked('nobody has unlocked')
        const { accountId, key } = held
        return { ...(await sealValue(key, label, value)), by: accountId }
      },
      async open(label, sealed) {
        if (sealed.by === undefined) return openValue(phoneKey, label, sealed)
        return sealed.by === held?.accountId ? openValue(held.key, label, sealed) : { is: 'locked' }
      },
    },
    openAccount: () => held?.accountId,
    hold: (accountId, key) => {
      held = { accountId, key }
    },
    drop: () => {
      held = undefined
    },
  }
}
