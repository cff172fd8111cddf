import { strFromU8, unzipSync } from 'fflate'
import { attributeOf, cellsOf, stringOf } from '#src/worklists/sheet-cells.ts'
import type { TableRow } from './csv-table.ts'

/** A part of a workbook may unpack to no more than this. */
const mostPartBytes = 40_000_000

const wanted =
  /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]{1,80}\.xml)$/

/** Tags of a name, as their text. */
const tagsIn = (xml: string, name: string): readonly string[] =>
  xml.split('<').filter((piece) => piece.replace(/^[A-Za-z0-9]{1,12}:/, '').startsWith(`${name} `))

/** Where the first sheet stands that is not hidden. */
const sheetPath = (workbook: string, relations: string): string => {
  const sheets = tagsIn(workbook, 'sheet')
  const shown = sheets.find((tag) => (attributeOf(tag, 'state') ?? 'visible') === 'visible') ?? sheets[0]
  const id = shown === undefined ? undefined : (attributeOf(shown, 'r:id') ?? attributeOf(shown, 'id'))
  const target = tagsIn(relations, 'Relationship').find((tag) => attributeOf(tag, 'Id') === id)
  const path = target === undefined ? undefined : attributeOf(target, 'Target')
  if (path === undefined) return 'xl/worksheets/sheet1.xml'
  return path.startsWith('/') ? path.slice(1) : `xl/${path}`
}

/** The prefix that a program gave all names, or none. */
const prefixIn = (xml: string): string =>
  /<([A-Za-z0-9]{1,12}:)?(?:worksheet|sst)[ >]/.exec(xml.slice(0, 4_096))?.[1] ?? ''

const stringsIn = (xml: string): readonly string[] => {
  const prefix = prefixIn(xml)
  return xml
    .split(`</${prefix}si>`)
    .slice(0, -1)
    .map((piece) => stringOf(piece, prefix))
}

const rowsIn = (xml: string, strings: readonly string[]): readonly TableRow[] => {
  const prefix = prefixIn(xml)
  let line = 0
  return xml
    .split(`</${prefix}row>`)
    .slice(0, -1)
    .flatMap((piece) => {
      const from = piece.lastIndexOf(`<${prefix}row`)
      const tag = piece.slice(from, piece.indexOf('>', from))
      line = Number(attributeOf(tag, 'r') ?? line + 1)
      const cells = cellsOf(piece.slice(from), prefix, strings).map((cell) => (cell ?? '').trim())
      return cells.some((cell) => cell !== '') ? [{ line, cells }] : []
    })
}

const unzipped = (bytes: Uint8Array): ReturnType<typeof unzipSync> | undefined => {
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => wanted.test(name) && originalSize <= mostPartBytes,
    })
  } catch {
    return undefined
  }
}

/**
 * Rows of the first sheet of a workbook (Office Open XML, ECMA-376 part 1) that is not hidden; a formula is its last value.
 * @returns undefined where it is no such workbook, or one that declares entities
 */
export const readXlsxTable = (bytes: Uint8Array): readonly TableRow[] | undefined => {
  const parts = unzipped(bytes)
  if (parts === undefined) return undefined
  const part = (name: string): string => {
    const found = parts[name]
    return found === undefined ? '' : strFromU8(found)
  }
  const sheet = part(sheetPath(part('xl/workbook.xml'), part('xl/_rels/workbook.xml.rels')))
  const texts = part('xl/sharedStrings.xml')
  if (sheet === '' || [sheet, texts].some((xml) => /<!(?:DOCTYPE|ENTITY)/.test(xml))) return undefined
  return rowsIn(sheet, stringsIn(texts))
}
