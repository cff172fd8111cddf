const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base 64 in either alphabet of RFC 4648, with or without padding. @returns undefined where it is none */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  const bare = text.replace(/[\s=]/g, '').replace(/-/g, '+').replace(/_/g, '/')
  if (bare.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((bare.length * 3) / 4))
  let held = 0
  let bits = 0
  let at = 0
  for (const letter of bare) {
    const value = alphabet.indexOf(letter)
    if (value < 0) return undefined
    held = ((held << 6) | value) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >> bits) & 255
  }
  return bytes
}

/** @example toBase64(new Uint8Array([1, 2])) // 'AQI=' */
export const toBase64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
    const group = (first << 16) | (second << 8) | third
    for (let letter = 0; letter < 4; letter += 1)
      text += at + letter > bytes.length ? '=' : alphabet[(group >> (18 - letter * 6)) & 63]
  }
  return text
}
