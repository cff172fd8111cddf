const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/**
 * Base 45 (RFC 9285): two bytes in three letters, a last single byte in two.
 * @returns undefined where a letter is none of the alphabet, one is left over, or a group is larger than its bytes
 * @example fromBase45('BB8') // new Uint8Array([65, 66])
 */
export const fromBase45 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  if (text.length % 3 === 1) return undefined
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 3) {
    const group = [...text.slice(at, at + 3)].map((letter) => alphabet.indexOf(letter))
    if (group.includes(-1)) return undefined
    const [low = 0, middle = 0, high = 0] = group
    const value = low + middle * 45 + high * 2025
    if (value > (group.length === 3 ? 0xffff : 0xff)) return undefined
    if (group.length === 3) bytes.push(value >> 8)
    bytes.push(value & 255)
  }
  return Uint8Array.from(bytes)
}

/** @example toBase45(new Uint8Array([65, 66])) // 'BB8' */
export const toBase45 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length
    let value = isPair ? (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) : (bytes[at] ?? 0)
    for (let letters = isPair ? 3 : 2; letters > 0; letters -= 1) {
      text += alphabet[value % 45]
      value = Math.floor(value / 45)
    }
  }
  return text
}
