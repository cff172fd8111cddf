import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Template, templateAutomaton } from './automaton.ts'
import { searchTexts } from './ctc-beam.ts'
import { alphabetOf, type Emissions, emissionsOf, joinEmissions } from './emissions.ts'

const symbols = 'ABC'

/** Rows of probabilities over blank, A, B, C. */
const emissions = (least: number, most: number) =>
  fc
    .array(fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 100 }))), {
      minLength: least,
      maxLength: most,
    })
    .map((rows): Emissions => {
      const logs = rows.flatMap((row) => {
        const sum = row.reduce((total, each) => total + each, 0)
        return row.map((each) => Math.log(each / sum))
      })
      return { steps: rows.length, symbols, logs: Float32Array.from(logs) }
    })

/** The definition: every way through the steps, collapsed, its probability added to its text. */
const bruteForce = ({ steps, logs }: Emissions): ReadonlyMap<string, number> => {
  const texts = new Map<string, number>()
  const walk = (step: number, text: string, last: number, log: number): void => {
    if (step === steps) {
      texts.set(text, (texts.get(text) ?? 0) + Math.exp(log))
      return
    }
    for (let column = 0; column < 4; column += 1) {
      const isNew = column !== 0 && column !== last
      walk(step + 1, isNew ? text + symbols[column - 1] : text, column, log + (logs[step * 4 + column] ?? 0))
    }
  }
  walk(0, '', 0, 0)
  return texts
}

const anyOf = (length: number, weight = 0): Template => ({
  places: Array.from({ length }, () => symbols),
  weight,
})

describe('the search', () => {
  it('finds the same texts with the same probabilities as the definition', () => {
    const automaton = templateAutomaton([1, 2, 3, 4, 5].map((length) => anyOf(length)))
    fc.assert(
      fc.property(emissions(1, 5), (given) => {
        const all = [...bruteForce(given)].filter(([text]) => text !== '')
        const expected = all.toSorted(([, one], [, other]) => other - one)
        const found = searchTexts(given, automaton, { width: 10_000, most: 10_000 })
        expect(found).toHaveLength(expected.length)
        for (const { text, probability } of found)
          expect(probability).toBeCloseTo(bruteForce(given).get(text) ?? 0, 5)
        expect(found[0]?.probability).toBeCloseTo(expected[0]?.[1] ?? 0, 5)
      }),
      { numRuns: 100 },
    )
  })

  it('never leaves the automaton', () => {
    const automaton = templateAutomaton([{ places: ['A', 'BC', 'A'], weight: 0 }])
    fc.assert(
      fc.property(emissions(3, 8), (given) => {
        for (const { text } of searchTexts(given, automaton)) expect(text).toMatch(/^A[BC]A$/)
      }),
    )
  })

  it('prefers the usual form where the picture does not tell', () => {
    const even: Emissions = { steps: 1, symbols, logs: Float32Array.from([0.1, 0.3, 0.3, 0.3].map(Math.log)) }
    const automaton = templateAutomaton([
      { places: ['A'], weight: -2 },
      { places: ['B'], weight: 0 },
      { places: ['C'], weight: -1 },
    ])
    expect(searchTexts(even, automaton).map(({ text }) => text)).toEqual(['B', 'C', 'A'])
  })

  it('reads two pieces as one text, and the same character on both sides of the cut twice', () => {
    const sure = (at: number): Emissions => ({
      steps: 1,
      symbols,
      logs: Float32Array.from([0, 1, 2, 3].map((column) => Math.log(column === at ? 0.97 : 0.01))),
    })
    const automaton = templateAutomaton([1, 2].map((length) => anyOf(length)))
    expect(searchTexts(joinEmissions(sure(1), sure(1)), automaton)[0]?.text).toBe('AA')
    expect(searchTexts(joinEmissions(sure(1), sure(3)), automaton)[0]?.text).toBe('AC')
  })
})

describe('an alphabet', () => {
  it('adds up what counts for the same character and takes separators for blanks', () => {
    const keys = ['A', 'a', '0', 'O', '·']
    const alphabet = alphabetOf(keys, 'A0', { '0': 'O' }, '·')
    const seen = { steps: 1, classes: 6, probabilities: Float32Array.from([0.1, 0.2, 0.1, 0.25, 0.25, 0.1]) }
    const { logs } = emissionsOf(seen, alphabet)
    expect([...logs].map((log) => Number(Math.exp(log).toFixed(4)))).toEqual([0.2, 0.3, 0.5])
  })
})
