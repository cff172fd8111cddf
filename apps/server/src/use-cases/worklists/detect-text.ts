const sliceBytes = 65_536
const separators = [',', '\t', ';', '|', '，'] as const

const isDecodable = (file: Buffer, encoding: string): boolean => {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for (let at = 0; at < file.length; at += sliceBytes)
      decoder.decode(file.subarray(at, at + sliceBytes), { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

/** Characters that no text of the encoding has, as a share of those beyond ASCII. */
const damagedShare = (file: Buffer, encoding: string): number => {
  const decoder = new TextDecoder(encoding)
  let damaged = 0
  let all = 0
  const count = (text: string): void => {
    for (const letter of text) {
      if (letter > '\x7f') all += 1
      if (letter === '\ufffd') damaged += 1
    }
  }
  for (let at = 0; at < file.length; at += sliceBytes)
    count(decoder.decode(file.subarray(at, at + sliceBytes), { stream: true }))
  count(decoder.decode())
  return all === 0 ? 0 : damaged / all
}

/** A byte that was lost on the way damages one cell, not the file. */
const mostDamaged = 0.02

/** UTF-16 without a mark: every second byte of separators, digits and line ends is zero. */
const zeroSide = (file: Buffer): 'utf-16le' | 'utf-16be' | undefined => {
  const head = file.subarray(0, 4_096)
  const zeros = [0, 0]
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > head.length / 20 && odd > even * 4) return 'utf-16le'
  return even > head.length / 20 && even > odd * 4 ? 'utf-16be' : undefined
}

/**
 * The encoding of a text: by its mark, else UTF-8 where every byte of it is that, else GB18030, which also reads GBK and
 * GB 2312, else whichever of the two it is but for a few damaged characters; undefined where it is none of them.
 */
export const detectEncoding = (file: Buffer): string | undefined => {
  if (file.length >= 2 && file[0] === 0xff && file[1] === 0xfe) return 'utf-16le'
  if (file.length >= 2 && file[0] === 0xfe && file[1] === 0xff) return 'utf-16be'
  const wide = zeroSide(file)
  if (wide !== undefined) return wide
  if (file.subarray(0, 4_096).includes(0)) return undefined
  if (isDecodable(file, 'utf-8')) return 'utf-8'
  // Text in UTF-8 with one byte lost may pass for another one in GB 18030.
  if (damagedShare(file, 'utf-8') <= mostDamaged) return 'utf-8'
  if (isDecodable(file, 'gb18030')) return 'gb18030'
  return damagedShare(file, 'gb18030') <= mostDamaged ? 'gb18030' : undefined
}

const timesOf = (counts: readonly number[], count: number): number =>
  counts.filter((each) => each === count).length

/**
 * The separator that cuts most of the first lines into the same number of cells, and of two that do the one that cuts them
 * into more. What stands in quotation marks is not looked at.
 */
export const detectSeparator = (head: string): string => {
  const lines = head
    .replace(/"[^"]{0,500}"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, 40)
    .filter((line) => line.trim() !== '')
  const scored = separators.map((separator) => {
    const counts = lines.map((line) => line.split(separator).length - 1).filter((count) => count > 0)
    const lineScore = Math.max(0, ...counts.map((count) => timesOf(counts, count)))
    const cells = Math.max(0, ...counts.filter((count) => timesOf(counts, count) === lineScore))
    return { separator, lineScore, cells }
  })
  const [best] = scored.toSorted((a, b) => b.lineScore - a.lineScore || b.cells - a.cells)
  return best === undefined || best.lineScore === 0 ? ',' : best.separator
}
