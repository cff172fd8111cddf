import type { UnreadableReason } from '@guankou/sync/outbox/entry.ts'
import type { FieldDatabase } from './database.ts'

export type Sealed = { readonly iv: Uint8Array<ArrayBuffer>; readonly data: ArrayBuffer }

export type Opened =
  | { readonly is: 'read'; readonly value: unknown }
  | { readonly is: 'unreadable'; readonly reason: UnreadableReason }

/** Seals each record alone with AES-256-GCM; `label` binds it to its place, so that rows cannot be exchanged. */
export type Vault = {
  readonly seal: (label: string, value: unknown) => Promise<Sealed>
  readonly open: (label: string, sealed: Sealed) => Promise<Opened>
}

const keyName = 'records-1'

const makeKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

/** The key never leaves the browser's key store: it is made non-extractable and kept as an object. */
const loadKey = async (database: FieldDatabase): Promise<CryptoKey> => {
  const known = await database.keys.get(keyName)
  if (known !== undefined) return known.key
  const made = await makeKey()
  return database.dexie.transaction('rw', database.keys, async () => {
    const first = await database.keys.get(keyName)
    if (first !== undefined) return first.key
    await database.keys.add({ name: keyName, key: made })
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

/** Opens the vault of this phone, making its key on first use. */
export const openVault = async (database: FieldDatabase): Promise<Vault> => {
  const key = await loadKey(database)
  const cipher = (label: string, iv: Uint8Array<ArrayBuffer>) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(label),
  })
  return {
    async seal(label, value) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const bytes = new TextEncoder().encode(JSON.stringify(value))
      return { iv, data: await crypto.subtle.encrypt(cipher(label, iv), key, bytes) }
    },
    async open(label, sealed) {
      try {
        return parse(await crypto.subtle.decrypt(cipher(label, sealed.iv), key, sealed.data))
      } catch {
        return { is: 'unreadable', reason: 'cannot-decrypt' }
      }
    },
  }
}
