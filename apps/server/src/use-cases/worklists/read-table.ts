import { Readable } from 'node:stream'
import { mostColumns } from '@guankou/contract/worklists/vocabulary.ts'
import { attributeOf, cellsOf, stringOf } from '@guankou/domain/worklists/sheet-cells.ts'
import { CsvError, parse } from 'csv-parse'
import { detectEncoding, detectSeparator } from '#src/use-cases/worklists/detect-text.ts'
import {
  readDirectory,
  type UnpackBudget,
  UnreadableFileError,
  unpack,
  type ZipEntry,
} from '#src/use-cases/worklists/read-zip.ts'
import { piecesOf } from '#src/use-cases/worklists/sheet-xml.ts'

/** Thrown where a file is a workbook of before 2007, locked, or a web page under the name of one. */
export class OldFileError extends Error {}

export type TableRow = {
  /** Counted from 1, as a spreadsheet shows it. */
  readonly row: number
  readonly cells: readonly string[]
  /** Of the file that was read by then, 0 to 1. */
  readonly share: number
}

export type Table = {
  readonly format: 'xlsx' | 'csv'
  readonly encoding: string
  readonly separator: string
  readonly countsFrom1904: boolean
  readonly rows: AsyncIterable<TableRow>
}

/** Texts are held while rows are read: at two bytes a letter they must fit the heap of whoever reads. */
const mostStrings = 1_000_000
const mostStringLetters = 24_000_000
const sliceBytes = 65_536

async function* decoded(file: Buffer, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for (let at = 0; at < file.length; at += sliceBytes)
    yield decoder.decode(file.subarray(at, at + sliceBytes), { stream: true })
  yield decoder.decode()
}

async function* csvRows(file: Buffer, encoding: string, separator: string): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: 65_536,
    info: true,
  })
  const source = Readable.from(decoded(file, encoding))
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let row = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[]
      info: { bytes: number }
    }>) {
      row += 1
      yield { row, cells: record.slice(0, mostColumns + 2), share: Math.min(1, info.bytes / file.length) }
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFileError(error.message)
    throw error
  } finally {
    source.destroy()
    parser.destroy()
  }
}

const readWhole = async (
  file: Buffer,
  entry: ZipEntry | undefined,
  budget: UnpackBudget,
): Promise<string> => {
  if (entry === undefined) return ''
  const pieces: Buffer[] = []
  for await (const { bytes } of unpack(file, entry, budget)) pieces.push(Buffer.from(bytes))
  return Buffer.concat(pieces).toString('utf8')
}

/** Tags of a name, as their text. */
const tagsIn = (xml: string, name: string): string[] =>
  xml.split('<').filter((piece) => piece.replace(/^[A-Za-z0-9]{1,12}:/, '').startsWith(`${name} `))

/** Where the first sheet stands that is not hidden. */
const sheetPath = (workbook: string, relations: string): string | undefined => {
  const sheets = tagsIn(workbook, 'sheet')
  const shown = sheets.find((tag) => (attributeOf(tag, 'state') ?? 'visible') === 'visible') ?? sheets[0]
  const id = shown === undefined ? undefined : (attributeOf(shown, 'r:id') ?? attributeOf(shown, 'id'))
  const target = tagsIn(relations, 'Relationship').find((tag) => attributeOf(tag, 'Id') === id)
  const path = target === undefined ? undefined : attributeOf(target, 'Target')
  return path === undefined ? undefined : path.startsWith('/') ? path.slice(1) : `xl/${path}`
}

const readStrings = async (
  file: Buffer,
  entry: ZipEntry | undefined,
  budget: UnpackBudget,
): Promise<readonly string[]> => {
  const strings: string[] = []
  if (entry === undefined) return strings
  let letters = 0
  for await (const { xml, prefix } of piecesOf(unpack(file, entry, budget), 'si')) {
    const text = stringOf(xml, prefix)
    letters += text.length
    if (strings.length >= mostStrings || letters > mostStringLetters)
      throw new UnreadableFileError('more texts than a list has')
    strings.push(text)
  }
  return strings
}

async function* sheetRows(
  file: Buffer,
  sheet: ZipEntry,
  strings: ZipEntry | undefined,
  budget: UnpackBudget,
): AsyncGenerator<TableRow> {
  const texts = await readStrings(file, strings, budget)
  let row = 0
  for await (const { xml, prefix, share } of piecesOf(unpack(file, sheet, budget), 'row')) {
    const from = xml.lastIndexOf(`<${prefix}row`)
    const tag = xml.slice(from, xml.indexOf('>', from))
    row = Number(attributeOf(tag, 'r') ?? row + 1)
    yield { row, cells: cellsOf(xml.slice(from), prefix, texts), share }
  }
}

const openWorkbook = async (file: Buffer): Promise<Table> => {
  const parts = readDirectory(file)
  const budget = { unpacked: 0 }
  const workbook = await readWhole(file, parts.get('xl/workbook.xml'), budget)
  const path = sheetPath(workbook, await readWhole(file, parts.get('xl/_rels/workbook.xml.rels'), budget))
  const sheet = parts.get(path ?? 'xl/worksheets/sheet1.xml') ?? parts.get('xl/worksheets/sheet1.xml')
  if (sheet === undefined) throw new UnreadableFileError('the workbook has no sheet')
  const strings = parts.get('xl/sharedStrings.xml')
  return {
    format: 'xlsx',
    encoding: 'utf-8',
    separator: '',
    countsFrom1904: /date1904="(?:1|true)"/.test(workbook),
    rows: sheetRows(file, sheet, strings, budget),
  }
}

/**
 * Opens a list as a table, by what its first bytes are; its name and what the browser took it for count for nothing.
 * @throws UnreadableFileError, OldFileError, SwollenFileError, here or while rows are read
 */
export const openTable = async (file: Buffer): Promise<Table> => {
  if (file.length >= 4 && file.readUInt32LE(0) === 0x04034b50) return openWorkbook(file)
  if (file.length >= 4 && file.readUInt32BE(0) === 0xd0cf11e0) throw new OldFileError('an old workbook')
  const encoding = detectEncoding(file)
  if (encoding === undefined) throw new UnreadableFileError('no text')
  const head = new TextDecoder(encoding).decode(file.subarray(0, sliceBytes))
  if (/^\s*<(?:!doctype|html|table|\?xml)/i.test(head)) throw new OldFileError('a web page')
  const separator = detectSeparator(head)
  return {
    format: 'csv',
    encoding,
    separator,
    countsFrom1904: false,
    rows: csvRows(file, encoding, separator),
  }
}
