import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCsv } from '#src/tables/csv.ts'

/** A plain reader of RFC 4180, to hold the writer against. */
const read = (text: string): string[][] => {
  const rows: string[][] = [[]]
  let at = 1
  while (at < text.length) {
    const row = rows.at(-1) ?? []
    if (text[at] === '"') {
      let value = ''
      for (at++; !(text[at] === '"' && text[at + 1] !== '"'); at++) {
        if (text[at] === '"') at++
        value += text[at]
      }
      at++
      row.push(value)
    } else {
      const end = /[,\r]/.exec(text.slice(at))?.index ?? 0
      row.push(text.slice(at, at + end))
      at += end
    }
    if (text[at] === ',') at++
    else {
      at += 2
      if (at < text.length) rows.push([])
    }
  }
  return rows
}

describe('export of a table', () => {
  it('gives a spreadsheet no formula to run', () => {
    const text = toCsv([['=HYPERLINK("http://x")', '+1+1', '-2+3', '@SUM(A1)', '\tx', '-6.1', '+1,204']])
    expect(read(text)[0]).toEqual([
      '\'=HYPERLINK("http://x")',
      "'+1+1",
      "'-2+3",
      "'@SUM(A1)",
      "'\tx",
      '-6.1',
      '+1,204',
    ])
  })

  it('keeps every text as it was, commas, quotes and line breaks too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 2 }), { minLength: 1 }),
        (rows) => {
          const written = read(toCsv(rows))
          const expected = rows.map((row, n) =>
            row.map((text, m) => (written[n]?.[m] === text ? text : `'${text}`)),
          )
          expect(written).toEqual(expected)
        },
      ),
    )
  })
})
