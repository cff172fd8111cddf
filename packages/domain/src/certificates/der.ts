/** One element of DER (ITU-T X.690): its tag, what is in it, and itself as a whole. */
export type DerElement = { readonly tag: number; readonly content: Uint8Array; readonly whole: Uint8Array }

export class UnreadableDer extends Error {}

const longestLength = 3

const lengthAt = (bytes: Uint8Array, at: number): { readonly length: number; readonly next: number } => {
  const first = bytes[at] ?? 255
  if (first < 128) return { length: first, next: at + 1 }
  const size = first & 127
  if (size === 0 || size > longestLength) throw new UnreadableDer('a length that DER does not have')
  let length = 0
  for (let index = 1; index <= size; index += 1) length = length * 256 + (bytes[at + index] ?? 0)
  return { length, next: at + 1 + size }
}

/** Elements one behind the other. @throws UnreadableDer */
export const derElements = (bytes: Uint8Array): readonly DerElement[] => {
  const elements: DerElement[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0
    const { length, next } = lengthAt(bytes, at + 1)
    if (next + length > bytes.length) throw new UnreadableDer('ends too early')
    elements.push({
      tag,
      content: bytes.subarray(next, next + length),
      whole: bytes.subarray(at, next + length),
    })
    at = next + length
  }
  return elements
}

/** An object identifier in dots. @example oidOf(new Uint8Array([0x2a, 0x86, 0x48])) // '1.2.840' */
export const oidOf = (content: Uint8Array): string => {
  const [first = 0, ...rest] = content
  const numbers = [Math.min(2, Math.floor(first / 40)), first - 40 * Math.min(2, Math.floor(first / 40))]
  let value = 0
  for (const byte of rest) {
    value = value * 128 + (byte & 127)
    if (byte < 128) {
      numbers.push(value)
      value = 0
    }
  }
  return numbers.join('.')
}
