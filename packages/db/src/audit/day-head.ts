import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { type AuditDayHead, dayHeadText } from '@guankou/contract/audit/day-head.ts'

/** DER frame of a raw Ed25519 seed (RFC 8410 §7). */
const pkcs8Frame = Buffer.from('302e020100300506032b657004220420', 'hex')

/** What the first head of a chain names as the one before it. */
export const noDayHead = '0'.repeat(64)

/** SHA-256 of what a head says, in hex: the next head binds it, and so does an entry of the chain. */
export const dayHeadDigest = (head: Omit<AuditDayHead, 'publicKey' | 'signature'>): string =>
  hash('sha256', dayHeadText(head), 'hex')

export type DayHeadSigner = {
  readonly publicKey: string
  readonly sign: (head: Omit<AuditDayHead, 'publicKey' | 'signature'>) => AuditDayHead
}

/** Signs heads with Ed25519 (RFC 8032). @param seed  32 bytes that no other use has */
export const createDayHeadSigner = (seed: Buffer): DayHeadSigner => {
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Frame, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  const publicKey = Buffer.from(x ?? '', 'base64url').toString('hex')
  return {
    publicKey,
    sign: (head) => ({
      ...head,
      publicKey,
      signature: sign(null, Buffer.from(dayHeadText(head)), privateKey).toString('hex'),
    }),
  }
}

const keyOf = (publicKey: string): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') },
    format: 'jwk',
  })

/** Whether the signature of a head is that of the key it names over what it says. */
export const isSignedByItsKey = (head: AuditDayHead): boolean => {
  try {
    const signature = Buffer.from(head.signature, 'hex')
    return verify(null, Buffer.from(dayHeadText(head)), keyOf(head.publicKey), signature)
  } catch {
    // A key or a signature of another length.
    return false
  }
}
