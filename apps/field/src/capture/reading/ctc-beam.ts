import type { Automaton } from './automaton.ts'
import type { Emissions } from './emissions.ts'

/** A text that may stand there. */
export type Candidate = {
  readonly text: string
  /** Probability of exactly this text by the recogniser, from 0 to 1. */
  readonly probability: number
  /** Logarithm of the probability and how usual the form of the text is: what candidates are ranked by. */
  readonly score: number
}

type Prefix<State> = {
  readonly text: string
  readonly last: string
  readonly state: State
  /** Logarithms: all ways to this text that end in the blank, and that end in its last character. */
  blank: number
  symbol: number
}

/** log(exp(a) + exp(b)) without loss. */
const addLogs = (a: number, b: number): number => {
  if (a === Number.NEGATIVE_INFINITY) return b
  if (b === Number.NEGATIVE_INFINITY) return a
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b))
}

const totalOf = <State>(prefix: Prefix<State>): number => addLogs(prefix.blank, prefix.symbol)

/** Characters less probable than this at a step are not tried there. */
const leastTried = Math.log(1e-7)

const stepOnce = <State>(
  beam: readonly Prefix<State>[],
  automaton: Automaton<State>,
  logOf: (symbol: string) => number | undefined,
  blankLog: number,
): Map<string, Prefix<State>> => {
  const found = new Map<string, Prefix<State>>()
  const reach = (text: string, last: string, state: State): Prefix<State> => {
    const before = found.get(text)
    if (before !== undefined) return before
    const none = Number.NEGATIVE_INFINITY
    const fresh: Prefix<State> = { text, last, state, blank: none, symbol: none }
    found.set(text, fresh)
    return fresh
  }
  for (const prefix of beam) {
    const total = totalOf(prefix)
    const same = reach(prefix.text, prefix.last, prefix.state)
    same.blank = addLogs(same.blank, total + blankLog)
    if (prefix.last !== '')
      same.symbol = addLogs(same.symbol, prefix.symbol + (logOf(prefix.last) ?? Number.NEGATIVE_INFINITY))
    for (const [symbol, state] of automaton.next(prefix.state)) {
      const log = logOf(symbol)
      if (log === undefined || log < leastTried) continue
      const longer = reach(prefix.text + symbol, symbol, state)
      // A character twice in a row needs a blank between.
      longer.symbol = addLogs(longer.symbol, (symbol === prefix.last ? prefix.blank : total) + log)
    }
  }
  return found
}

/**
 * The most probable texts that the automaton takes: prefix beam search of connectionist temporal classification. Exact as long
 * as no prefix of the answer leaves the beam.
 * @param width  prefixes kept after each step   @returns best first, at most `most`; empty where nothing fits
 * Source: Graves et al., ICML 2006, doi:10.1145/1143844.1143891; prefix search as in Hannun et al., arXiv:1408.2873.
 */
export const searchTexts = <State>(
  { steps, symbols, logs }: Emissions,
  automaton: Automaton<State>,
  { width = 32, most = 4 }: { readonly width?: number; readonly most?: number } = {},
): readonly Candidate[] => {
  const columns = new Map([...symbols].map((symbol, at) => [symbol, at + 1]))
  const stride = columns.size + 1
  let beam: Prefix<State>[] = [
    { text: '', last: '', state: automaton.start, blank: 0, symbol: Number.NEGATIVE_INFINITY },
  ]
  for (let step = 0; step < steps; step += 1) {
    const logOf = (symbol: string): number | undefined => {
      const column = columns.get(symbol)
      return column === undefined ? undefined : logs[step * stride + column]
    }
    const found = stepOnce(beam, automaton, logOf, logs[step * stride] ?? Number.NEGATIVE_INFINITY)
    beam = [...found.values()].toSorted((one, other) => totalOf(other) - totalOf(one)).slice(0, width)
  }
  return beam
    .flatMap((prefix): Candidate[] => {
      const weight = automaton.endWeight(prefix.state)
      const total = totalOf(prefix)
      if (weight === undefined || prefix.text === '' || total === Number.NEGATIVE_INFINITY) return []
      return [{ text: prefix.text, probability: Math.exp(total), score: total + weight }]
    })
    .toSorted((one, other) => other.score - one.score)
    .slice(0, most)
}
