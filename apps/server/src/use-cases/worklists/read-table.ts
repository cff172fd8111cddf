import { attributeOf, cellsOf, mostCells, stringOf } from '@guankou/domain/worklists/sheet-cells.ts'
import { detectEncoding, detectSeparator } from '#src/use-cases/worklists/detect-text.ts'
import { csvRecords, RecordTooLongError } from '#src/use-cases/worklists/read-csv.ts'
import {
  readDirectory,
  type UnpackBudget,
  UnreadableFileError,
  unpack,
  type ZipEntry,
} from '#src/use-cases/worklists/read-zip.ts'
import { piecesOf } from '#src/use-cases/worklists/sheet-xml.ts'

/** Thrown where a file is a workbook of before 2007, or a web page under the name of one. */
export class OldFileError extends Error {}
/** Thrown where a workbook opens with a password alone. */
export class LockedFileError extends Error {}

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
  /** The sheet that is read, and others that are shown and hold something; none in a text. */
  readonly sheet: string
  readonly otherSheets: readonly string[]
  readonly rows: AsyncIterable<TableRow>
}

/** Texts are held while rows are read: at two bytes a letter they must fit the heap of whoever reads. */
const mostStrings = 1_000_000
const mostStringLetters = 24_000_000
const sliceBytes = 65_536
const mostSheets = 30
const mostNameLetters = 100
/** Rows that a sheet can have. */
const mostRowNumber = 1_048_576

async function* csvRows(file: Buffer, encoding: string, separator: string): AsyncGenerator<TableRow> {
  const decoder = new TextDecoder(encoding)
  let share = 0
  async function* decoded(): AsyncGenerator<string> {
    for (let at = 0; at < file.length; at += sliceBytes) {
      share = Math.min(1, (at + sliceBytes) / file.length)
      yield decoder.decode(file.subarray(at, at + sliceBytes), { stream: true })
    }
    yield decoder.decode()
  }
  let row = 0
  try {
    for await (const cells of csvRecords(decoded(), separator)) {
      row += 1
      yield { row, cells: cells.slice(0, mostCells), share }
    }
  } catch (error) {
    if (error instanceof RecordTooLongError) throw new UnreadableFileError(error.message)
    throw error
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

/** Names are kept beside the file, so that they hold nothing that cannot be stored. */
const nameOf = (tag: string): string =>
  (attributeOf(tag, 'name') ?? '').replace(/[\p{Cc}\p{Cs}]/gu, '').slice(0, mostNameLetters)

type Sheet = { readonly name: string; readonly entry: ZipEntry }

/** Sheets that are shown, in order; where none is, all of them. */
const sheetsOf = (
  parts: ReadonlyMap<string, ZipEntry>,
  workbook: string,
  relations: string,
): readonly Sheet[] => {
  const targets = tagsIn(relations, 'Relationship')
  const all = tagsIn(workbook, 'sheet').flatMap((tag) => {
    const id = attributeOf(tag, 'r:id') ?? attributeOf(tag, 'id')
    const relation = targets.find((each) => attributeOf(each, 'Id') === id)
    const path = relation === undefined ? undefined : attributeOf(relation, 'Target')
    const entry =
      path === undefined ? undefined : parts.get(path.startsWith('/') ? path.slice(1) : `xl/${path}`)
    const isShown = (attributeOf(tag, 'state') ?? 'visible') === 'visible'
    return entry === undefined ? [] : [{ name: nameOf(tag), entry, isShown }]
  })
  const shown = all.filter(({ isShown }) => isShown)
  const first = parts.get('xl/worksheets/sheet1.xml')
  if (all.length === 0) return first === undefined ? [] : [{ name: '', entry: first }]
  return shown.length > 0 ? shown : all
}

/** Whether anything stands on a sheet; only its beginning is looked at. */
const holdsSomething = async (file: Buffer, { entry }: Sheet): Promise<boolean> => {
  for await (const { xml, prefix } of piecesOf(unpack(file, entry, { unpacked: 0 }), 'row'))
    if (xml.includes(`<${prefix}v`) || xml.includes(`<${prefix}is>`)) return true
  return false
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
  let last = 0
  for await (const { xml, prefix, share } of piecesOf(unpack(file, sheet, budget), 'row')) {
    const from = xml.lastIndexOf(`<${prefix}row`)
    const told = Number(attributeOf(xml.slice(from, xml.indexOf('>', from)), 'r') ?? last + 1)
    // Numbers that go back would pass for rows that were read already.
    last = Number.isSafeInteger(told) && told > last && told <= mostRowNumber ? told : last + 1
    yield { row: last, cells: cellsOf(xml.slice(from), prefix, texts), share }
  }
}

const openWorkbook = async (file: Buffer, wanted: string | undefined): Promise<Table> => {
  const parts = readDirectory(file)
  const budget = { unpacked: 0 }
  const workbook = await readWhole(file, parts.get('xl/workbook.xml'), budget)
  const sheets = sheetsOf(
    parts,
    workbook,
    await readWhole(file, parts.get('xl/_rels/workbook.xml.rels'), budget),
  )
  const sheet = sheets.find(({ name }) => name === wanted) ?? sheets[0]
  if (sheet === undefined) throw new UnreadableFileError('the workbook has no sheet')
  const otherSheets: string[] = []
  for (const each of sheets.slice(0, mostSheets))
    if (each !== sheet && (await holdsSomething(file, each))) otherSheets.push(each.name)
  return {
    format: 'xlsx',
    encoding: 'utf-8',
    separator: '',
    countsFrom1904: /date1904="(?:1|true)"/.test(workbook),
    sheet: sheet.name,
    otherSheets,
    rows: sheetRows(file, sheet.entry, parts.get('xl/sharedStrings.xml'), budget),
  }
}

/** Workbooks of before 2007 and locked ones are both compound files; a locked one names its part so. */
const isLocked = (file: Buffer): boolean => file.includes(Buffer.from('EncryptedPackage', 'utf16le'))

/**
 * Opens a list as a table, by what its first bytes are; its name and what the browser took it for count for nothing.
 * @param sheet  its name; the first one that is shown where it is not told
 * @throws UnreadableFileError, OldFileError, LockedFileError, SwollenFileError, here or while rows are read
 */
export const openTable = async (file: Buffer, sheet?: string): Promise<Table> => {
  if (file.length >= 4 && file.readUInt32LE(0) === 0x04034b50) return openWorkbook(file, sheet)
  if (file.length >= 4 && file.readUInt32BE(0) === 0xd0cf11e0)
    throw isLocked(file) ? new LockedFileError('a locked workbook') : new OldFileError('an old workbook')
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
    sheet: '',
    otherSheets: [],
    rows: csvRows(file, encoding, separator),
  }
}
