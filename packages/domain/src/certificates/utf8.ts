/** UTF-8 by the language alone: pure packages have no encoder. @throws URIError for half a surrogate pair */
export const toUtf8 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    [...encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|([^%])/g)].map(([, hex, letter = '']) =>
      hex === undefined ? letter.charCodeAt(0) : Number.parseInt(hex, 16),
    ),
  )

/** @throws URIError where the bytes are no UTF-8 */
export const fromUtf8 = (utf8: Uint8Array): string =>
  decodeURIComponent([...utf8].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))
