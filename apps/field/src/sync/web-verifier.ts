import type { PackVerifier, SignatureCheck } from '@guankou/sync/download/check-pack.ts'

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

const importKey = async (base64: string): Promise<CryptoKey | SignatureCheck> => {
  try {
    return await crypto.subtle.importKey('raw', bytesOf(base64), { name: 'Ed25519' }, false, ['verify'])
  } catch (cause) {
    return cause instanceof DOMException && cause.name === 'NotSupportedError' ? 'unsupported' : 'bad'
  }
}

/** Checks packs with the browser's own cryptography (Ed25519 needs Chromium 137, Firefox 129 or Safari 17). */
export const webVerifier: PackVerifier = {
  async sha256Hex(text) {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  },
  async verifyEd25519(publicKey, message, signature) {
    const key = await importKey(publicKey)
    if (typeof key === 'string') return key
    try {
      const bytes = new TextEncoder().encode(message)
      const good = await crypto.subtle.verify({ name: 'Ed25519' }, key, bytesOf(signature), bytes)
      return good ? 'good' : 'bad'
    } catch {
      return 'bad'
    }
  },
}
