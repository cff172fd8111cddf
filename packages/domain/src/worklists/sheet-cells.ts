/** Columns of a row that are read at all. */
export const mostCells = 256

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescaped = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(#x?)?([0-9a-zA-Z]{1,8});/g, (whole, hash: string | undefined, body: string) => {
        if (hash === undefined) return named[body] ?? whole
        const code = Number.parseInt(body, hash === '#x' ? 16 : 10)
        return Number.isInteger(code) && code <= 0x10ffff ? String.fromCodePoint(code) : ''
      })
    : text

/** The value of an attribute in the text of a tag. */
export const attributeOf = (tag: string, name: string): string | undefined => {
  const from = tag.indexOf(` ${name}="`)
  if (from < 0) return undefined
  const start = from + name.length + 3
  const end = tag.indexOf('"', start)
  return end < 0 ? undefined : unescaped(tag.slice(start, end))
}

/** Texts of every element of a name inside a piece of XML, one after the other. */
const textsIn = (xml: string, name: string): string => {
  let text = ''
  let at = 0
  for (;;) {
    const open = xml.indexOf(`<${name}`, at)
    if (open < 0) return text
    const close = xml.indexOf('>', open)
    if (close < 0) return text
    const next = xml[open + name.length + 1]
    if (next !== '>' && next !== ' ' && next !== '/') {
      at = open + 1
      continue
    }
    if (xml[close - 1] === '/') {
      at = close + 1
      continue
    }
    const end = xml.indexOf(`</${name}>`, close)
    if (end < 0) return text
    text += unescaped(xml.slice(close + 1, end))
    at = end + name.length + 3
  }
}

/** How to read characters, which stands beside them in some workbooks, is not part of them. */
const withoutReadings = (xml: string, prefix: string): string => {
  const open = `<${prefix}rPh`
  if (!xml.includes(open)) return xml
  return xml
    .split(open)
    .map((piece, index) =>
      index === 0 ? piece : piece.slice(piece.indexOf(`</${prefix}rPh>`) + prefix.length + 6),
    )
    .join('')
}

/** Letters that XML does not allow stand as _x000D_ in workbooks (ECMA-376 part 1, 22.4.2.4). */
const withLetters = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

/** A text of a string table or of an inline string. */
export const stringOf = (xml: string, prefix: string): string =>
  withLetters(textsIn(withoutReadings(xml, prefix), `${prefix}t`))

const columnOf = (reference: string | undefined): number | undefined => {
  if (reference === undefined) return undefined
  let column = 0
  for (const letter of reference) {
    const value = letter.charCodeAt(0) - 64
    if (value < 1 || value > 26) break
    column = column * 26 + value
  }
  return column === 0 ? undefined : column - 1
}

/**
 * A number of more than 15 digits that is what a double shows has lost the rest; it is written so that this is seen.
 * One with other digits was written as text of a number by a program, and lost nothing.
 */
const numberText = (value: string): string => {
  if (!/^\d{16,20}$/.test(value)) return value
  const kept = Number(value)
  const isLost = [String(kept), String(BigInt(kept))].includes(value)
  return isLost ? kept.toExponential().toUpperCase() : value
}

const cellText = (tag: string, inner: string, prefix: string, strings: readonly string[]): string => {
  const type = attributeOf(tag, 't')
  if (type === 'inlineStr') return stringOf(inner, prefix)
  const value = textsIn(inner, `${prefix}v`)
  if (type === 's') return strings[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type === 'str') return withLetters(value)
  // A formula that nobody worked out is shown as one, so that it is not taken for an empty cell.
  if (value === '') return inner.includes(`<${prefix}f`) ? `=${textsIn(inner, `${prefix}f`)}` : ''
  return type === undefined || type === 'n' ? numberText(value) : value
}

/**
 * The cells of one row, from `<row …>` to before `</row>`. A formula is its last value.
 * Source: ECMA-376 part 1, 18.3.1.4 and 18.3.1.73.
 */
export const cellsOf = (row: string, prefix: string, strings: readonly string[]): string[] => {
  const cells: string[] = []
  const open = `<${prefix}c`
  const closing = `</${prefix}c>`
  let at = 0
  for (;;) {
    const from = row.indexOf(open, at)
    if (from < 0) return cells
    const after = row[from + open.length]
    const tagEnd = row.indexOf('>', from)
    if (tagEnd < 0) return cells
    at = tagEnd + 1
    if (after !== ' ' && after !== '>' && after !== '/') continue
    const tag = row.slice(from, tagEnd)
    const column = columnOf(attributeOf(tag, 'r')) ?? cells.length
    if (tag.endsWith('/')) continue
    const end = row.indexOf(closing, at)
    if (end < 0) return cells
    if (column < mostCells) {
      while (cells.length < column) cells.push('')
      cells[column] = cellText(tag, row.slice(at, end), prefix, strings)
    }
    at = end + closing.length
  }
}
