import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto'

/** First byte of every envelope: which algorithm sealed it. */
const aes256Gcm = 1
const nonceBytes = 12
const tagBytes = 16
const options = { authTagLength: tagBytes }
const algorithmByte = Buffer.from([aes256Gcm])

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

/**
 * Seals a text: algorithm byte, nonce, ciphertext, tag (AES-256-GCM, NIST SP 800-38D, 96-bit random nonce).
 * @param place  where the envelope belongs (record and field); opening it anywhere else fails
 */
export const seal = (key: KeyObject, place: string, plain: Buffer): Buffer => {
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce, options)
  cipher.setAAD(Buffer.from(place))
  return Buffer.concat([algorithmByte, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Opens an envelope. @throws Error where the key, the place or a single bit is another */
export const unseal = (key: KeyObject, place: string, envelope: Buffer): Buffer => {
  if (envelope[0] !== aes256Gcm || envelope.length < 1 + nonceBytes + tagBytes)
    throw new Error('the envelope names an algorithm that is not known')
  const decipher = createDecipheriv('aes-256-gcm', key, envelope.subarray(1, 1 + nonceBytes), options)
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(envelope.subarray(-tagBytes))
  return Buffer.concat([decipher.update(envelope.subarray(1 + nonceBytes, -tagBytes)), decipher.final()])
}
