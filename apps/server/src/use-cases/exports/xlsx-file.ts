import { Zip, ZipDeflate } from 'fflate'
import type { ListFile } from '#src/use-cases/exports/list-file.ts'

/**
 * A list as a workbook of one sheet (Office Open XML, ECMA-376 part 1), written row by row. Every cell is text: nothing
 * in it is ever a formula. The mark stands above the rows, is repeated with the headings on each printed page, and stands
 * in head and foot of the page.
 */
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaging = 'http://schemas.openxmlformats.org/package/2006'

/** Characters that XML 1.0 does not allow, unpaired surrogates among them. */
const isAllowed = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 32 && !(code >= 0xd800 && code <= 0xdfff) && code < 0xfffe) ||
  code > 0xffff

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const xmlText = (text: string): string =>
  [...text]
    .filter((letter) => isAllowed(letter.codePointAt(0) ?? 0))
    .join('')
    .replace(/[&<>"]/g, (letter) => escapes[letter] ?? '')

/** A text of head or foot: there an ampersand starts a code, and a digit after a size would be taken for more of it. */
const pageText = (text: string): string => xmlText(`&C&8 ${text.replaceAll('&', '&&')}`)

const styles = `${declaration}<styleSheet xmlns="${main}"><fonts count="3"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><color rgb="FFB00020"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="2" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`
const style = { cell: 1, heading: 2, mark: 3 } as const

const columnLetters = (index: number): string =>
  index < 26
    ? String.fromCharCode(65 + index)
    : columnLetters(Math.floor(index / 26) - 1) + String.fromCharCode(65 + (index % 26))

const cellXml = (text: string, row: number, column: number, kind: number): string =>
  `<c r="${columnLetters(column)}${row}" s="${kind}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`

const rowXml = (cells: readonly string[], row: number, kind: number): string =>
  `<row r="${row}">${cells.map((text, column) => cellXml(text, row, column, kind)).join('')}</row>`

const sheetStart = ({ mark, headings, widths }: ListFile): string => {
  const columns = widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  const frozen = mark.lines.length + 1
  const view = `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
  const lines = mark.lines.map((line, index) => rowXml([line], index + 1, style.mark)).join('')
  return `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>${view}<cols>${columns}</cols><sheetData>${lines}${rowXml(headings, frozen, style.heading)}`
}

const sheetEnd = ({ mark }: ListFile): string =>
  `</sheetData><pageMargins left="0.4" right="0.4" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddHeader>${pageText(mark.head)}</oddHeader><oddFooter>${pageText(mark.foot)}&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`

const partsBeside = ({ title, mark }: ListFile): Readonly<Record<string, string>> => {
  const sheet = xmlText(title.replace(/[[\]*?:/\\']/g, ' ').slice(0, 31))
  const repeated = `'${sheet}'!$1:$${mark.lines.length + 1}`
  const types = (part: string, type: string) =>
    `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${office}/${type}" Target="${target}"/>`
  return {
    '[Content_Types].xml': `${declaration}<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${types('/xl/workbook.xml', 'sheet.main')}${types('/xl/worksheets/sheet1.xml', 'worksheet')}${types('/xl/styles.xml', 'styles')}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    '_rels/.rels': `${declaration}<Relationships xmlns="${packaging}/relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}<Relationship Id="rId2" Type="${packaging}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'docProps/core.xml': `${declaration}<cp:coreProperties xmlns:cp="${packaging}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(mark.head)}</dc:title><dc:description>${xmlText(mark.foot)}</dc:description></cp:coreProperties>`,
    'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">${repeated}</definedName></definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="${packaging}/relationships">${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${relation(2, 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': styles,
  }
}

/** A zip that hands out what it has packed so far. */
const openZip = () => {
  let packed: Uint8Array[] = []
  const zip = new Zip((error, data) => {
    if (error !== null) throw error
    packed.push(data)
  })
  const add = (name: string): ZipDeflate => {
    const part = new ZipDeflate(name, { level: 6 })
    zip.add(part)
    return part
  }
  return {
    add,
    end: () => zip.end(),
    take: (): Buffer => {
      const taken = Buffer.concat(packed)
      packed = []
      return taken
    },
  }
}

/** Writes a list as a workbook. */
export async function* xlsxFile(list: ListFile): AsyncGenerator<Buffer> {
  const zip = openZip()
  for (const [name, xml] of Object.entries(partsBeside(list))) zip.add(name).push(Buffer.from(xml), true)
  const sheet = zip.add('xl/worksheets/sheet1.xml')
  sheet.push(Buffer.from(sheetStart(list)))
  let row = list.mark.lines.length + 1
  for await (const batch of list.batches) {
    const xml = batch
      .map((cells) => {
        row += 1
        return rowXml(cells, row, style.cell)
      })
      .join('')
    sheet.push(Buffer.from(xml))
    yield zip.take()
  }
  const below = list.mark.lines.map((line, index) => rowXml([line], row + 1 + index, style.mark)).join('')
  sheet.push(Buffer.from(below + sheetEnd(list)), true)
  zip.end()
  yield zip.take()
}
