import { createCipheriv, createDecipheriv, type KeyObject, timingSafeEqual } from 'node:crypto'
import { ghash } from '@noble/ciphers/_polyval.js'

const blockBytes = 16
const nonceBytes = 12

/** Thrown where a tag does not fit: another key, another place, or a changed bit. */
export class AuthenticationError extends Error {
  constructor() {
    super('the tag does not fit')
    this.name = 'AuthenticationError'
  }
}

const hashKeys = new WeakMap<KeyObject, Buffer>()

/** The block of zeros under the key, which keys GHASH. */
const hashKeyOf = (key: KeyObject): Buffer => {
  const known = hashKeys.get(key)
  if (known !== undefined) return known
  const hashKey = createCipheriv('sm4-ecb', key, null).setAutoPadding(false).update(Buffer.alloc(blockBytes))
  hashKeys.set(key, hashKey)
  return hashKey
}

const padded = (byteLength: number): number => Math.ceil(byteLength / blockBytes) * blockBytes

const tagOf = (key: KeyObject, mask: Buffer, place: Buffer, ciphertext: Buffer): Buffer => {
  const input = Buffer.alloc(padded(place.length) + padded(ciphertext.length) + blockBytes)
  place.copy(input)
  ciphertext.copy(input, padded(place.length))
  input.writeBigUInt64BE(BigInt(place.length) * 8n, input.length - 16)
  input.writeBigUInt64BE(BigInt(ciphertext.length) * 8n, input.length - 8)
  const hashed = ghash(input, hashKeyOf(key))
  return Buffer.from(hashed.map((byte, index) => byte ^ (mask[index] ?? 0)))
}

/** The first counter block: nonce, then 1 (NIST SP 800-38D §7.1). */
const firstCounter = (nonce: Buffer): Buffer => Buffer.concat([nonce, Buffer.from([0, 0, 0, 1])])

/**
 * SM4 (GB/T 32907-2016) in Galois/Counter Mode as RFC 8998 §2.1 uses it: 96-bit nonce, 128-bit tag. Node is built
 * without the mode, so that it is put together here from OpenSSL's SM4 counter mode and the GHASH of `@noble/ciphers`.
 * @param key  16 bytes   @param nonce  12 bytes, never twice under one key   @param place  authenticated, not encrypted
 */
export const sm4GcmSeal = (
  key: KeyObject,
  nonce: Buffer,
  place: Buffer,
  plain: Buffer,
): { readonly ciphertext: Buffer; readonly tag: Buffer } => {
  if (nonce.length !== nonceBytes) throw new RangeError('a nonce has 12 bytes')
  // The first block of the key stream masks the tag, the rest encrypts: one run of the counter gives both.
  const cipher = createCipheriv('sm4-ctr', key, firstCounter(nonce))
  const mask = cipher.update(Buffer.alloc(blockBytes))
  const ciphertext = cipher.update(plain)
  return { ciphertext, tag: tagOf(key, mask, place, ciphertext) }
}

/** Opens what `sm4GcmSeal` made. @throws AuthenticationError before anything is decrypted */
export const sm4GcmOpen = (
  key: KeyObject,
  nonce: Buffer,
  place: Buffer,
  sealed: { readonly ciphertext: Buffer; readonly tag: Buffer },
): Buffer => {
  const decipher = createDecipheriv('sm4-ctr', key, firstCounter(nonce))
  const mask = decipher.update(Buffer.alloc(blockBytes))
  const expected = tagOf(key, mask, place, sealed.ciphertext)
  if (sealed.tag.length !== blockBytes || !timingSafeEqual(expected, sealed.tag))
    throw new AuthenticationError()
  return decipher.update(sealed.ciphertext)
}
