import Type from 'typebox'

/** Base64url of an uncompressed point on P-256: 65 bytes (SEC 1 §2.3.3), as WebCrypto exports it `raw`. */
export const DevicePublicKey = Type.String({
  pattern: '^[A-Za-z0-9_-]{87}$',
  minLength: 87,
  maxLength: 87,
  description: 'P-256 public key, uncompressed point, base64url',
})

/** Base64url of an ECDSA signature over P-256 with SHA-256: r and s, 64 bytes (IEEE P1363), as WebCrypto makes it. */
export const DeviceProof = Type.String({
  pattern: '^[A-Za-z0-9_-]{86}$',
  minLength: 86,
  maxLength: 86,
  description: 'ECDSA P-256 with SHA-256 over the proof text, base64url',
})

/** What a device proves that it holds its key for; a signature made for one use is none for another. */
export type ProofUse = 'enrol' | 'bind' | 'contact' | 'push' | 'handover'

/**
 * What a device signs. Phone and server build it by this one function.
 * @param content  what the request carries, as plain JSON data in a fixed order
 * @example proofText('contact', 'd', '2020-01-23T00:00:00.000Z', [null]) // 'guankou-contact-1\nd\n2020-01-23T00:00:00.000Z\n[null]'
 */
export const proofText = (
  use: ProofUse,
  deviceId: string,
  sentAt: string,
  content: readonly unknown[],
): string => `guankou-${use}-1\n${deviceId}\n${sentAt}\n${JSON.stringify(content)}`
