/**
 * What a recogniser saw, step by step from left to right: logarithms of probabilities, `steps` rows of `width` columns. Column
 * 0 is the blank that stands between characters, column n the n-th of `symbols`.
 */
export type Emissions = {
  readonly steps: number
  readonly symbols: string
  readonly logs: Float32Array
}

/** Which classes of a recogniser count for which of our characters; what is not named is let fall. */
export type Alphabet = {
  readonly symbols: string
  /** For the blank and each symbol, the classes that count for it. */
  readonly classes: readonly (readonly number[])[]
}

/** Raw answer of the recogniser: probabilities, one row of `classes` per step, class 0 the blank. */
export type Recognised = {
  readonly steps: number
  readonly classes: number
  readonly probabilities: Float32Array
}

const leastProbability = 1e-9

/**
 * @param keys  the recogniser's characters; the n-th is class n + 1
 * @param aliases  what else is read for a symbol, such as o and O for 0
 * @param separators  what is painted between characters and says nothing
 */
export const alphabetOf = (
  keys: readonly string[],
  symbols: string,
  aliases: Readonly<Record<string, string>> = {},
  separators = '',
): Alphabet => {
  const classOf = new Map(keys.map((key, at) => [key, at + 1]))
  const find = (texts: string): number[] =>
    [...new Set(texts)].flatMap((text) => {
      const found = classOf.get(text)
      return found === undefined ? [] : [found]
    })
  return {
    symbols,
    classes: [
      [0, ...find(separators)],
      ...[...symbols].map((symbol) => find(symbol + symbol.toLowerCase() + (aliases[symbol] ?? ''))),
    ],
  }
}

export const emissionsOf = ({ steps, classes, probabilities }: Recognised, alphabet: Alphabet): Emissions => {
  const width = alphabet.classes.length
  const logs = new Float32Array(steps * width)
  for (let step = 0; step < steps; step += 1)
    for (const [column, members] of alphabet.classes.entries()) {
      let sum = 0
      for (const member of members) sum += probabilities[step * classes + member] ?? 0
      logs[step * width + column] = Math.log(Math.min(1, Math.max(leastProbability, sum)))
    }
  return { steps, symbols: alphabet.symbols, logs }
}

/** Two pieces of one text, one after the other, as of a plate in two lines; between them nothing can stand. */
export const joinEmissions = (first: Emissions, second: Emissions): Emissions => {
  const width = [...first.symbols].length + 1
  const gap = new Float32Array(width).fill(Math.log(leastProbability))
  gap[0] = 0
  const logs = new Float32Array(first.logs.length + width + second.logs.length)
  logs.set(first.logs)
  logs.set(gap, first.logs.length)
  logs.set(second.logs, first.logs.length + width)
  return { steps: first.steps + 1 + second.steps, symbols: first.symbols, logs }
}

/** Emissions over a few symbols where everything else says nothing: labels beside a number, a pattern behind it. */
export const onlySymbols = (seen: Recognised, keys: readonly string[], symbols: string): Emissions => {
  const emissions = emissionsOf(seen, alphabetOf(keys, symbols))
  const width = symbols.length + 1
  for (let step = 0; step < emissions.steps; step += 1) {
    let sum = 0
    for (let column = 1; column < width; column += 1)
      sum += Math.exp(emissions.logs[step * width + column] ?? 0)
    emissions.logs[step * width] = Math.log(Math.min(1, Math.max(leastProbability, 1 - sum)))
  }
  return emissions
}
