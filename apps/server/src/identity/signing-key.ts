import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { deriveBytes } from '#src/identity/master-key.ts'

/** DER frame of a raw Ed25519 seed (RFC 8410 §7), so that the key can be derived instead of stored. */
const pkcs8Frame = Buffer.from('302e020100300506032b657004220420', 'hex')

export type SigningKey = {
  /** 32 bytes. */
  readonly publicKey: Buffer
  /** @returns 64 bytes */
  readonly sign: (text: string) => Buffer
}

/** An Ed25519 key (RFC 8032) for one use, derived from the root key. */
export const deriveSigningKey = (rootKey: Buffer, use: string): SigningKey => {
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Frame, deriveBytes(rootKey, use)]),
    format: 'der',
    type: 'pkcs8',
  })
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  return {
    publicKey: Buffer.from(x ?? '', 'base64url'),
    sign: (text) => sign(null, Buffer.from(text), privateKey),
  }
}

const publicKeyOf = (raw: Buffer): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' })

/** Whether a signature is that of the key over the text; false as well where key or signature are none. */
export const isSignedBy = (publicKey: Buffer, text: string, signature: Buffer): boolean => {
  try {
    return verify(null, Buffer.from(text), publicKeyOf(publicKey), signature)
  } catch {
    return false
  }
}
