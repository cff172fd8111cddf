import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine, harmlessCell } from './cells.ts'
import { findInvisibleMarks, invisibleMark, withoutInvisible } from './invisible-mark.ts'
import { canonicalRow, cellsOf, refOf, refsIn } from './trace-text.ts'

const marks = fc.record({
  mark: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  download: fc.integer({ min: 1, max: 255 }),
})
const digests = fc.uint8Array({ minLength: 10, maxLength: 32 })
const cell = fc.string({ unit: 'binary', maxLength: 12 })

describe('the invisible mark', () => {
  it('is found in any text that holds it, and shows nothing', () => {
    fc.assert(
      fc.property(fc.array(marks, { minLength: 1, maxLength: 3 }), fc.string(), (hidden, text) => {
        const marked = hidden.map((mark) => `${text}张三${invisibleMark(mark)}`).join('，')
        for (const mark of hidden) expect(findInvisibleMarks(marked)).toContainEqual(mark)
        expect(withoutInvisible(invisibleMark(hidden[0] ?? { mark: 0, download: 1 }))).toBe('')
      }),
    )
  })

  it('is not seen where there is none: in text, emoji or a mark that was cut', () => {
    expect(findInvisibleMarks('👨‍👩‍👧‍👦 می‌خواهم')).toEqual([])
    fc.assert(
      fc.property(marks, fc.integer({ min: 0, max: 23 }), (mark, kept) => {
        expect(findInvisibleMarks(invisibleMark(mark).slice(0, kept))).toEqual([])
      }),
    )
  })
})

describe('a reference', () => {
  it('is found again in other case, without hyphens and among other words', () => {
    fc.assert(
      fc.property(digests, (digest) => {
        const ref = refOf(digest)
        expect(ref).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
        for (const written of [ref, ref.toLowerCase(), ref.replaceAll('-', ''), ref.replaceAll('-', ' ')])
          expect(refsIn(`看这个 "${written}", 13812345678`)).toEqual([ref])
      }),
    )
  })

  it('differs where digests differ in their first 80 bits', () => {
    fc.assert(
      fc.property(digests, digests, (a, b) => {
        const same = a.slice(0, 10).every((byte, index) => byte === b[index])
        expect(refOf(a) === refOf(b)).toBe(same)
      }),
    )
  })

  it.each(['44040219900101123X', '13812345678 13812345678', 'hello'])('is not seen in %s', (text) => {
    expect(refsIn(text)).toEqual([])
  })
})

describe('cells', () => {
  it('never start what a spreadsheet would run', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          cell,
          fc
            .tuple(fc.constantFrom('=', '+', '-', '@', '\t', ' =', '＝', '\r\n='), cell)
            .map((t) => t.join('')),
        ),
        (text) => {
          expect(harmlessCell(text)).not.toMatch(/^[\s\u3000]*[=+\-@＝＋－＠]/)
          expect(harmlessCell(text)).not.toMatch(/\p{Cc}/u)
        },
      ),
      { numRuns: 2_000 },
    )
    expect(harmlessCell('张三')).toBe('张三')
    expect(harmlessCell('=HYPERLINK("http://x","y")')).toBe(`'=HYPERLINK("http://x","y")`)
  })

  it('make a row that is the same row however it is pasted', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc
            .oneof(cell, fc.constantFrom('张三', '13812345678', '=2+2'))
            .map((text) => harmlessCell(text.toWellFormed())),
          { minLength: 1, maxLength: 6 },
        ),
        marks,
        digests,
        (cells, mark, digest) => {
          const clean = cells.map((text) => withoutInvisible(text).replace(/["',\u2028\u2029\u0085]/g, ''))
          const canonical = canonicalRow(clean)
          const marked = [refOf(digest), ...clean.map((text) => text + invisibleMark(mark))]
          expect(canonicalRow(cellsOf(csvLine(marked)))).toBe(canonical)
          expect(canonicalRow(cellsOf(marked.toReversed().join('\t')))).toBe(canonical)
        },
      ),
    )
  })
})
