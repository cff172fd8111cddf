import { createPublicKey, verify } from 'node:crypto'
import { type ProofUse, proofText } from '@guankou/contract/access/device-proof.ts'
import type { PhonePolicy } from '@guankou/contract/access/phone-policy.ts'
import { type Parcel, type ParcelContent, parcelPlace } from '@guankou/contract/sync/parcel.ts'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'

/** What the demo city asks of phones; the accounts of a real one are stricter. */
export const relaxedPolicy: PhonePolicy = {
  enrolment: 'on-the-spot',
  pin: 'skippable',
  mostPinTries: 10,
  lockAfterMinutes: 10,
}

/** Whether a device signed this, judged with Node’s own cryptography. */
export const isSigned = (
  publicKey: string,
  use: ProofUse,
  {
    deviceId,
    sentAt,
    proof,
  }: { readonly deviceId: string; readonly sentAt: string; readonly proof?: string },
  content: readonly unknown[],
): boolean => {
  const raw = Buffer.from(publicKey, 'base64url')
  const [x, y] = [raw.subarray(1, 33), raw.subarray(33)].map((part) => part.toString('base64url'))
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, format: 'jwk' })
  const text = Buffer.from(proofText(use, deviceId, sentAt, content))
  return verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(proof ?? '', 'base64url'))
}

/** The server's half of sealing: a key for phones, and what opens their parcels. */
export const createParcelBox = async () => {
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  })
  const pair = await suite.kem.generateKeyPair()
  const raw = await suite.kem.serializePublicKey(pair.publicKey)
  return {
    sealingKey: Buffer.from(raw).toString('base64url'),
    async open(parcel: Parcel, deviceId: string): Promise<ParcelContent> {
      const plain = await suite.open(
        {
          recipientKey: pair.privateKey,
          enc: new Uint8Array(Buffer.from(parcel.enc, 'base64url')).buffer,
        },
        new Uint8Array(Buffer.from(parcel.ct, 'base64url')).buffer,
        new TextEncoder().encode(parcelPlace(deviceId, parcel.id)),
      )
      return JSON.parse(new TextDecoder().decode(plain)) as ParcelContent
    },
  }
}

export type ParcelBox = Awaited<ReturnType<typeof createParcelBox>>
