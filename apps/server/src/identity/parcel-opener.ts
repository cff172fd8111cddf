import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Parcel, parcelPlace } from '@guankou/contract/sync/parcel.ts'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { deriveBytes, deriveKey } from '#src/identity/master-key.ts'

/** Whose name records may bear that were made on a device up to a time. */
export type Attribution = {
  readonly accountId: string
  readonly deviceId: string
  readonly untilMs: number
}

export type ParcelOpener = {
  /** Public key that seals parcels: raw P-256 point, base64url. */
  readonly sealingKey: string
  /** A text that only this server can make and whoever holds it may put into parcels. */
  readonly attribute: (attribution: Attribution) => string
  /** What an attribution says, or nothing where this server did not make it. */
  readonly readAttribution: (text: string) => Attribution | undefined
  /** The text in a parcel of a device, or nothing where key, device, command or a single bit is another. */
  readonly open: (parcel: Parcel, deviceId: string) => Promise<string | undefined>
}

const bytes = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer

/**
 * Opens what phones sealed for this server (HPKE base mode, RFC 9180), under a key pair derived from the root key
 * (`DeriveKeyPair`, §7.1.3), which stays when the master key is rotated: a phone may come back after weeks.
 */
export const createParcelOpener = async (rootKey: Buffer): Promise<ParcelOpener> => {
  const hpke = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  })
  const pair = await hpke.kem.deriveKeyPair(bytes(deriveBytes(rootKey, 'parcel-seal')))
  const raw = await hpke.kem.serializePublicKey(pair.publicKey)
  const tagKey = deriveKey(rootKey, 'attribution')
  const tagOf = (text: string): Buffer => createHmac('sha256', tagKey).update(text).digest()
  return {
    sealingKey: Buffer.from(raw).toString('base64url'),
    attribute: (attribution) => {
      const text = Buffer.from(JSON.stringify(attribution)).toString('base64url')
      return `${text}.${tagOf(text).toString('base64url')}`
    },
    readAttribution: (given) => {
      const [text = '', tag = ''] = given.split('.')
      const told = Buffer.from(tag, 'base64url')
      const own = tagOf(text)
      const isOurs = own.length === told.length && timingSafeEqual(own, told)
      return isOurs ? (JSON.parse(Buffer.from(text, 'base64url').toString()) as Attribution) : undefined
    },
    open: async ({ id, enc, ct }, deviceId) => {
      const recipient = { recipientKey: pair.privateKey, enc: bytes(Buffer.from(enc, 'base64url')) }
      const place = bytes(Buffer.from(parcelPlace(deviceId, id)))
      try {
        const plain = await hpke.open(recipient, bytes(Buffer.from(ct, 'base64url')), place)
        return Buffer.from(plain).toString()
      } catch {
        return undefined
      }
    },
  }
}
