import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { Pack } from '@guankou/contract/sync/pack.ts'
import { deriveBytes } from '#src/identity/master-key.ts'

/** DER frame of a raw Ed25519 seed (RFC 8410 §7), so that the key can be derived instead of stored. */
const pkcs8Frame = Buffer.from('302e020100300506032b657004220420', 'hex')

const validMs = 7 * 86_400_000

export type PackSigner = {
  readonly sign: (content: string, issuedAtMs: number) => Pack
  /** All of a pack but its content, for a version that is known. */
  readonly signVersion: (version: string, issuedAtMs: number) => Omit<Pack, 'content'>
}

/** The version of a content: its SHA-256, hexadecimal. */
export const packVersionOf = (content: string): string => createHash('sha256').update(content).digest('hex')

/** Signs packs with Ed25519 (RFC 8032) under a key derived from the master key. */
export const createPackSigner = (master: Buffer): PackSigner => {
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Frame, deriveBytes(master, 'pack-signature')]),
    format: 'der',
    type: 'pkcs8',
  })
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  const publicKey = Buffer.from(x ?? '', 'base64url').toString('base64')
  const signVersion: PackSigner['signVersion'] = (version, issuedAtMs) => {
    const issuedAt = new Date(issuedAtMs).toISOString()
    const expiresAt = new Date(issuedAtMs + validMs).toISOString()
    const signature = sign(null, Buffer.from(`${version}\n${issuedAt}\n${expiresAt}`), privateKey)
    return { version, issuedAt, expiresAt, signature: signature.toString('base64'), publicKey }
  }
  return {
    signVersion,
    sign: (content, issuedAtMs) => ({ ...signVersion(packVersionOf(content), issuedAtMs), content }),
  }
}
