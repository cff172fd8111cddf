import { createRequire } from 'node:module'
import { encode } from 'uqr'

/** A text in both languages, one below the other. */
export type TwoTexts = { readonly zh: string; readonly en: string }

/** A part of a paper, from top to bottom. */
export type PaperPart =
  | { readonly is: 'title'; readonly text: TwoTexts }
  | { readonly is: 'facts'; readonly rows: readonly (readonly [name: TwoTexts, value: string])[] }
  | { readonly is: 'text'; readonly text: TwoTexts }
  | { readonly is: 'code'; readonly content: string; readonly text: TwoTexts }
  | { readonly is: 'lines'; readonly names: readonly TwoTexts[] }

type Sheet = PDFKit.PDFDocument

/** A font with the characters of both languages, of which a paper carries the ones it shows. */
const fontFile = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
)
const fontName = 'paper'

// Points, 72 to the inch, on A4.
const margin = 56
const nameWidth = 170
const codeSize = 120
const quietModules = 4
const size = { title: 19, subtitle: 11, text: 10.5, small: 8.5 } as const
const grey = '#444444'

const widthOf = ({ page }: Sheet): number => page.width - 2 * margin

const drawTitle = (sheet: Sheet, { zh, en }: TwoTexts): void => {
  sheet.fontSize(size.title).text(zh, { align: 'center' })
  sheet.fontSize(size.subtitle).text(en, { align: 'center' }).moveDown(1)
}

const drawText = (sheet: Sheet, { zh, en }: TwoTexts): void => {
  sheet.fontSize(size.text).text(zh, margin, sheet.y, { width: widthOf(sheet), lineGap: 2 })
  sheet
    .fontSize(size.small)
    .fillColor(grey)
    .text(en, { width: widthOf(sheet) })
    .fillColor('black')
  sheet.moveDown(0.8)
}

const drawFact = (sheet: Sheet, name: TwoTexts, value: string): void => {
  const top = sheet.y
  sheet.fontSize(size.text).text(`${name.zh} `, margin, top, { width: nameWidth, continued: true })
  sheet.fillColor(grey).text(name.en).fillColor('black')
  const below = sheet.y
  const left = margin + nameWidth
  sheet.fontSize(size.text).text(value, left, top, { width: widthOf(sheet) - nameWidth })
  sheet.x = margin
  sheet.y = Math.max(below, sheet.y) + 3
}

/** Begins a page where what is to come, in one piece, has no room on this one. */
const makeRoom = (sheet: Sheet, height: number): void => {
  if (sheet.y + height > sheet.page.height - margin) sheet.addPage()
}

/** A QR code (ISO/IEC 18004) of squares, with what it is for to its right. */
const drawCode = (sheet: Sheet, content: string, { zh, en }: TwoTexts): void => {
  const { data, size: modules } = encode(content, { ecc: 'M', border: quietModules })
  makeRoom(sheet, codeSize)
  const top = sheet.y
  const side = codeSize / modules
  for (const [y, row] of data.entries())
    for (const [x, isDark] of row.entries())
      if (isDark) sheet.rect(margin + x * side, top + y * side, side, side)
  sheet.fill('black')
  const left = margin + codeSize + 12
  const width = widthOf(sheet) - codeSize - 12
  sheet.fontSize(size.text).text(zh, left, top + 12, { width, lineGap: 2 })
  sheet.fontSize(size.small).fillColor(grey).text(en, { width }).fillColor('black')
  sheet.x = margin
  sheet.y = Math.max(top + codeSize, sheet.y) + 8
}

/** Lines to be signed on, side by side. */
const drawLines = (sheet: Sheet, names: readonly TwoTexts[]): void => {
  makeRoom(sheet, 70)
  const top = sheet.y + 40
  const each = widthOf(sheet) / Math.max(1, names.length)
  for (const [at, { zh, en }] of names.entries()) {
    const left = margin + at * each
    sheet
      .moveTo(left, top)
      .lineTo(left + each - 24, top)
      .stroke()
    sheet.fontSize(size.small).text(`${zh} ${en}`, left, top + 4, { width: each - 24 })
  }
  sheet.x = margin
}

const draw = (sheet: Sheet, part: PaperPart): void => {
  if (part.is === 'title') drawTitle(sheet, part.text)
  else if (part.is === 'text') drawText(sheet, part.text)
  else if (part.is === 'code') drawCode(sheet, part.content, part.text)
  else if (part.is === 'lines') drawLines(sheet, part.names)
  else {
    for (const [name, value] of part.rows) drawFact(sheet, name, value)
    sheet.moveDown(0.8)
  }
}

/**
 * Sets a paper as a PDF of A4 pages, with the part of the font that it uses inside, so that it prints alike anywhere.
 * @param at  when it is made
 */
export const paperFile = async function* (
  parts: readonly PaperPart[],
  at: Date,
): AsyncGenerator<Buffer, void, undefined> {
  // A server that prints nothing does without the memory that the setter of PDFs and its tables of fonts take.
  const { default: PDFDocument } = await import('pdfkit')
  const info = { Creator: 'Guankou', Producer: 'Guankou', CreationDate: at }
  const sheet = new PDFDocument({ size: 'A4', margin, info })
  sheet.registerFont(fontName, fontFile).font(fontName)
  for (const part of parts) draw(sheet, part)
  sheet.end()
  yield* sheet as unknown as AsyncIterable<Buffer>
}
