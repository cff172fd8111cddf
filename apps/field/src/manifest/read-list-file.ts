import { readCsvTable, type TableRow } from '@guankou/domain/manifest/csv-table.ts'
import { readXlsxTable } from '@guankou/domain/manifest/xlsx-table.ts'

/** A list of all passengers of a ship takes far less. */
export const mostListBytes = 8_000_000

export type ListRead =
  | { readonly is: 'rows'; readonly rows: readonly TableRow[]; readonly format: string }
  /** A workbook of before 2007, or a web page under the name of one. */
  | { readonly is: 'old' }
  | { readonly is: 'unreadable' }
  | { readonly is: 'too-large' }

const begins = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte)

const decodedAs = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Text by its mark, else UTF-8 where all of it is that, else GB18030, which also reads GBK and GB 2312. */
const textOf = (bytes: Uint8Array): { readonly text: string; readonly encoding: string } | undefined => {
  const marked = begins(bytes, 0xff, 0xfe) ? 'utf-16le' : begins(bytes, 0xfe, 0xff) ? 'utf-16be' : undefined
  for (const encoding of marked === undefined ? ['utf-8', 'gb18030'] : [marked]) {
    const text = decodedAs(bytes, encoding)
    if (text !== undefined && !text.includes('\0')) return { text, encoding }
  }
  return undefined
}

/** Reads a list from what its first bytes are; its name counts for nothing. Nothing of it leaves the phone. */
export const readListFile = (bytes: Uint8Array): ListRead => {
  if (bytes.length > mostListBytes) return { is: 'too-large' }
  if (begins(bytes, 0x50, 0x4b, 3, 4)) {
    const rows = readXlsxTable(bytes)
    return rows === undefined ? { is: 'unreadable' } : { is: 'rows', rows, format: 'XLSX' }
  }
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { is: 'old' }
  const read = textOf(bytes)
  if (read === undefined) return { is: 'unreadable' }
  if (/^\s*<(?:!doctype|html|table|\?xml)/i.test(read.text)) return { is: 'old' }
  return { is: 'rows', rows: readCsvTable(read.text), format: `CSV, ${read.encoding.toUpperCase()}` }
}
