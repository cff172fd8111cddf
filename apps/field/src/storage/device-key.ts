import { type ProofUse, proofText } from '@guankou/contract/access/device-proof.ts'
import type { FieldDatabase } from './database.ts'
import { keyOnce } from './vault.ts'

/** The phone's own key pair: the private half cannot be exported, the public half is what the server knows it by. */
export type DeviceKey = {
  /** Uncompressed P-256 point, base64url. */
  readonly publicKey: string
  /** Signs what a request carries (ECDSA over P-256 with SHA-256), base64url. */
  readonly prove: (use: ProofUse, sentAt: string, content: readonly unknown[]) => Promise<string>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

export const deviceKeyNames = ['device-private', 'device-public'] as const

export const base64Url = (bytes: ArrayBuffer | Uint8Array): string => {
  const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  )

/** Both halves or none; of two pages that make them at once the first wins. */
const makePair = async (database: FieldDatabase): Promise<void> => {
  const { dexie, keys } = database
  const [privateName, publicName] = deviceKeyNames
  if ((await keys.get(publicName)) !== undefined) return
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  await dexie.transaction('rw', keys, async () => {
    if ((await keys.get(publicName)) !== undefined) return
    await keys.put({ name: privateName, key: pair.privateKey })
    await keys.put({ name: publicName, key: pair.publicKey })
  })
}

/** Loads the key pair of this phone, making it on first use. */
export const openDeviceKey = async (database: FieldDatabase, deviceId: string): Promise<DeviceKey> => {
  await makePair(database)
  const missing = (): Promise<CryptoKey> => Promise.reject(new Error('half of the device key is missing'))
  const [privateName, publicName] = deviceKeyNames
  const privateKey = await keyOnce(database, privateName, missing)
  const publicKey = await keyOnce(database, publicName, missing)
  const sign = { name: 'ECDSA', hash: 'SHA-256' } as const
  return {
    publicKey: base64Url(await crypto.subtle.exportKey('raw', publicKey)),
    async prove(use, sentAt, content) {
      const text = proofText(use, deviceId, sentAt, content)
      return base64Url(await crypto.subtle.sign(sign, privateKey, new TextEncoder().encode(text)))
    },
  }
}
