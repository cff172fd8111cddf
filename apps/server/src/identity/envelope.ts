import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from 'node:crypto'
import { sm4GcmOpen, sm4GcmSeal } from '#src/identity/sm4-gcm.ts'

/** Algorithms that seal new envelopes; all of them open old ones, whichever is chosen. */
export const sealAlgorithms = ['aes-256-gcm', 'sm4-gcm'] as const
export type SealAlgorithm = (typeof sealAlgorithms)[number]

/** First byte of every envelope: which algorithm sealed it. */
const algorithmBytes = { 'aes-256-gcm': 1, 'sm4-gcm': 2 } as const satisfies Record<SealAlgorithm, number>

const nonceBytes = 12
const tagBytes = 16
const leastBytes = 1 + nonceBytes + tagBytes
const options = { authTagLength: tagBytes }
const prefixes = {
  'aes-256-gcm': Buffer.from([algorithmBytes['aes-256-gcm']]),
  'sm4-gcm': Buffer.from([algorithmBytes['sm4-gcm']]),
}

const noncePool = Buffer.alloc(nonceBytes * 1024)
let nonceOffset = noncePool.length

const nextNonce = (): Buffer => {
  if (nonceOffset >= noncePool.length) {
    randomFillSync(noncePool)
    nonceOffset = 0
  }
  const nonce = Buffer.from(noncePool.subarray(nonceOffset, nonceOffset + nonceBytes))
  nonceOffset += nonceBytes
  return nonce
}

const sm4Keys = new WeakMap<KeyObject, KeyObject>()

/** SM4 takes 16 bytes: a key of its own, derived, so that no key ever serves two algorithms. */
const sm4KeyOf = (key: KeyObject): KeyObject => {
  const known = sm4Keys.get(key)
  if (known !== undefined) return known
  const derived = createSecretKey(
    Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'guankou/sm4-gcm', 16)),
  )
  sm4Keys.set(key, derived)
  return derived
}

/**
 * Seals a text: algorithm byte, nonce, ciphertext, tag. AES-256-GCM (NIST SP 800-38D) or SM4-GCM (RFC 8998 §2.1), with
 * a random nonce of 96 bits.
 * @param key  32 bytes   @param place  where the envelope belongs (record and field); opening it anywhere else fails
 */
export const seal = (
  key: KeyObject,
  place: string,
  plain: Buffer,
  algorithm: SealAlgorithm = 'aes-256-gcm',
): Buffer => {
  const nonce = nextNonce()
  if (algorithm === 'sm4-gcm') {
    const { ciphertext, tag } = sm4GcmSeal(sm4KeyOf(key), nonce, Buffer.from(place), plain)
    return Buffer.concat([prefixes[algorithm], nonce, ciphertext, tag])
  }
  const cipher = createCipheriv('aes-256-gcm', key, nonce, options)
  cipher.setAAD(Buffer.from(place))
  return Buffer.concat([
    prefixes[algorithm],
    nonce,
    cipher.update(plain),
    cipher.final(),
    cipher.getAuthTag(),
  ])
}

/** Which algorithm sealed an envelope. @throws Error where it names none that is known */
export const algorithmOf = (envelope: Buffer): SealAlgorithm => {
  const found = sealAlgorithms.find((algorithm) => algorithmBytes[algorithm] === envelope[0])
  if (found === undefined || envelope.length < leastBytes)
    throw new Error('the envelope names an algorithm that is not known')
  return found
}

/** Opens an envelope. @throws Error where the key, the place or a single bit is another */
export const unseal = (key: KeyObject, place: string, envelope: Buffer): Buffer => {
  const algorithm = algorithmOf(envelope)
  const nonce = envelope.subarray(1, 1 + nonceBytes)
  const ciphertext = envelope.subarray(1 + nonceBytes, -tagBytes)
  const tag = envelope.subarray(-tagBytes)
  if (algorithm === 'sm4-gcm')
    return sm4GcmOpen(sm4KeyOf(key), nonce, Buffer.from(place), { ciphertext, tag })
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, options)
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(ciphertext), decipher.final()])
}
