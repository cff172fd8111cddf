/** Two-byte part of GB18030, from letter to its bytes: the platform decodes the encoding and does not encode it. */
const twoBytes = (): ReadonlyMap<string, readonly [number, number]> => {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, readonly [number, number]>()
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue
      const letter = decoder.decode(new Uint8Array([lead, trail]))
      if (!letter.includes('\ufffd') && !table.has(letter)) table.set(letter, [lead, trail])
    }
  return table
}

/**
 * A text as clerks’ spreadsheets write it. @throws RangeError for letters that need four bytes
 * @example
 * [...encodeGb18030('姓,1')] // → [0xd0, 0xd5, 0x2c, 0x31]
 */
export const encodeGb18030 = (text: string): Buffer => {
  const table = twoBytes()
  return Buffer.from(
    [...text].flatMap((letter) => {
      const code = letter.codePointAt(0) ?? 0
      if (code < 0x80) return [code]
      const bytes = table.get(letter)
      if (bytes === undefined) throw new RangeError(`${letter} needs four bytes`)
      return [...bytes]
    }),
  )
}
