import { randomUUID } from 'node:crypto'
import { type ProofUse, proofText } from '@guankou/contract/access/device-proof.ts'
import { type Parcel, type ParcelContent, parcelKind, parcelPlace } from '@guankou/contract/sync/parcel.ts'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'

const base64Url = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('base64url')

/** A phone with a key of its own, made and used by WebCrypto as a browser does. */
export const createTestPhone = async (label = 'Test phone', id: string = randomUUID()) => {
  const device = { id, label }
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  const publicKey = base64Url(await crypto.subtle.exportKey('raw', pair.publicKey))
  const prove = async (use: ProofUse, sentAt: string, content: readonly unknown[]): Promise<string> =>
    base64Url(
      await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        pair.privateKey,
        Buffer.from(proofText(use, device.id, sentAt, content)),
      ),
    )
  return {
    device,
    publicKey,
    prove,
    bindBody: async (accountId: string, sentAt: string) => ({
      deviceId: device.id,
      publicKey,
      sentAt,
      proof: await prove('bind', sentAt, [accountId, publicKey]),
    }),
    /** Seals as the app does. */
    seal: async (
      sealingKey: string,
      content: ParcelContent,
      commandId: string,
      deviceId = device.id,
    ): Promise<Parcel> => {
      const suite = new CipherSuite({
        kem: new DhkemP256HkdfSha256(),
        kdf: new HkdfSha256(),
        aead: new Aes256Gcm(),
      })
      const raw = new Uint8Array(Buffer.from(sealingKey, 'base64url'))
      const { enc, ct } = await suite.seal(
        { recipientPublicKey: await suite.kem.deserializePublicKey(raw) },
        new TextEncoder().encode(JSON.stringify(content)),
        new TextEncoder().encode(parcelPlace(deviceId, commandId)),
      )
      return { kind: parcelKind, id: commandId, enc: base64Url(enc), ct: base64Url(ct) }
    },
  }
}

export type TestPhone = Awaited<ReturnType<typeof createTestPhone>>
