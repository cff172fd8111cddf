import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type ProofUse, proofText } from '@guankou/contract/access/device-proof.ts'

const coordinateBytes = 32

/** The key of an uncompressed point on P-256, or nothing where the bytes are no such point. */
export const readDeviceKey = (raw: Buffer): KeyObject | undefined => {
  if (raw.length !== 1 + 2 * coordinateBytes || raw[0] !== 4) return undefined
  const x = raw.subarray(1, 1 + coordinateBytes).toString('base64url')
  const y = raw.subarray(1 + coordinateBytes).toString('base64url')
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  } catch {
    return undefined
  }
}

export type Proof = {
  readonly use: ProofUse
  readonly deviceId: string
  readonly sentAt: string
  readonly content: readonly unknown[]
  readonly proof: string
}

/** Whether a device signed this with its key: ECDSA over P-256 with SHA-256 (FIPS 186-5). */
export const isProved = (key: KeyObject, { use, deviceId, sentAt, content, proof }: Proof): boolean =>
  verify(
    'sha256',
    Buffer.from(proofText(use, deviceId, sentAt, content)),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(proof, 'base64url'),
  )
