import { inflateSync } from 'node:zlib'

/** Every stream of a PDF, unpacked where it is packed. */
const streamsOf = (pdf: Buffer): string[] => {
  const text = pdf.toString('latin1')
  return [...text.matchAll(/stream\r?\n/g)].map(({ index, 0: mark }) => {
    const from = index + mark.length
    const packed = pdf.subarray(from, text.indexOf('endstream', from))
    try {
      return inflateSync(packed).toString('latin1')
    } catch {
      return packed.toString('latin1')
    }
  })
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')

/** Which glyph stands for which text: the ranges of a `ToUnicode` map (ISO 32000-1, 9.10.3). */
const glyphsOf = (map: string): ReadonlyMap<string, string> => {
  const glyphs = new Map<string, string>()
  for (const [, from = '0', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi))
    for (const [at, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/gi)].entries())
      glyphs.set(
        (Number.parseInt(from, 16) + at).toString(16).padStart(4, '0'),
        utf16(hex.replaceAll(' ', '')),
      )
  return glyphs
}

/** The text that a PDF with one embedded font shows, as a reader that searches it finds it. */
export const textOfPdf = (pdf: Buffer): string => {
  const streams = streamsOf(pdf)
  const glyphs = glyphsOf(streams.find((stream) => stream.includes('beginbfrange')) ?? '')
  const shown = streams.filter((stream) => stream.includes('BT'))
  return shown
    .flatMap((stream) => [...stream.matchAll(/\[([^\]]*)\] TJ/g)])
    .map(([, runs = '']) =>
      [...runs.matchAll(/<([0-9a-f]+)>/gi)]
        .flatMap(([, hex = '']) => hex.toLowerCase().match(/.{4}/g) ?? [])
        .map((glyph) => glyphs.get(glyph) ?? '\ufffd')
        .join(''),
    )
    .join('\n')
}
