import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDelta, makeDelta } from './text-delta.ts'

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 600 }),
)

/** Cuts, repeats and inserts at random places: what happens to a pack from one version to the next. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.nat(80),
  insert: fc.oneof(fc.string({ maxLength: 40 }), fc.constant('关口𠮷🚗')),
})

const edited = (text: string, { at, drop, insert }: { at: number; drop: number; insert: string }): string => {
  const from = Math.floor(at * text.length)
  return text.slice(0, from) + insert + text.slice(from + drop)
}

const digests = (count: number, seed: number): string => {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state.toString(16).padStart(8, '0').slice(0, 7)
  })
    .sort()
    .join('')
}

describe('a delta of texts', () => {
  it('makes the second text of the first, whatever they are', () => {
    fc.assert(
      fc.property(texts, texts, (old, next) => {
        expect(applyDelta(old, makeDelta(old, next))).toBe(next)
      }),
    )
  })

  it('leads through any sequence of changes to the text that came of them', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 800 }),
        fc.array(edit, { maxLength: 12 }),
        (first, edits) => {
          let [text, held] = [first, first]
          for (const each of edits) {
            const next = edited(text, each)
            held = applyDelta(held, JSON.parse(JSON.stringify(makeDelta(text, next)))) ?? 'refused'
            text = next
          }
          expect(held).toBe(text)
        },
      ),
    )
  })

  it('says little where little changed: ten entries of twenty thousand', () => {
    const old = `{"lists":"${digests(20_000, 7)}","end":true}`
    let next = old
    for (let n = 1; n <= 10; n += 1) next = edited(next, { at: n / 11, drop: 7 * (n % 2), insert: 'abcdef0' })
    expect(JSON.stringify(makeDelta(old, next)).length).toBeLessThan(1_500)
  })

  it('refuses what reaches outside the text it is applied to', () => {
    expect(applyDelta('abc', [[1, 3]])).toBeUndefined()
    expect(applyDelta('abc', [[-1, 1]])).toBeUndefined()
    expect(applyDelta('abc', [[0.5, 1]])).toBeUndefined()
    expect(applyDelta('abc', [[0]])).toBeUndefined()
  })

  it('refuses to grow without end', () => {
    const long = 'x'.repeat(1_000_000)
    expect(
      applyDelta(
        long,
        Array.from({ length: 17 }, () => [0, 1_000_000]),
      ),
    ).toBeUndefined()
  })
})
