import type { Emissions } from './emissions.ts'

/** Where the first character begins and how far the next one is, in steps of the recogniser. */
export type Pitch = { readonly start: number; readonly pitch: number }

/** The middles of the characters that were seen in a line, in steps. */
export const spikesOf = ({ steps, symbols, logs }: Emissions): readonly number[] => {
  const stride = symbols.length + 1
  const spikes: number[] = []
  let run: { readonly column: number; readonly from: number } | undefined
  for (let step = 0; step <= steps; step += 1) {
    let column = 0
    if (step < steps)
      for (let at = 1; at < stride; at += 1)
        if ((logs[step * stride + at] ?? 0) > (logs[step * stride + column] ?? 0)) column = at
    if (run !== undefined && run.column !== column) {
      spikes.push((run.from + step) / 2)
      run = undefined
    }
    if (column !== 0 && run === undefined) run = { column, from: step }
  }
  return spikes
}

export const leftmostOf = (lines: readonly (readonly number[])[]): number => {
  const firsts = lines.flatMap(([first]) => (first === undefined ? [] : [first]))
  return firsts.length === 0 ? 0 : Math.min(...firsts)
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length

/** The number of each character in its line, counted from gap to gap, so that no error adds up. */
const numbersOf = (line: readonly number[], pitch: number): readonly number[] => {
  let number = 0
  return line.map((at, index) => {
    if (index > 0) number += Math.round((at - (line[index - 1] ?? at)) / pitch)
    return number
  })
}

const leastGaps = 8

/**
 * The pitch of lines whose characters were seen at these places: the gaps of neighbours tell it roughly, and then every
 * character by its number, by least squares over all lines. Nothing where too little was seen.
 */
export const pitchOf = (lines: readonly (readonly number[])[]): number | undefined => {
  const gaps = lines.flatMap((line) => line.slice(1).map((at, index) => at - (line[index] ?? 0)))
  const usual = medianOf(gaps)
  const near = gaps.filter((gap) => gap > usual * 0.6 && gap < usual * 1.45)
  if (near.length < leastGaps) return undefined
  const rough = meanOf(near)
  let over = 0
  let under = 0
  for (const line of lines) {
    const numbers = numbersOf(line, rough)
    const [middle, mean] = [meanOf(numbers), meanOf(line)]
    for (const [index, at] of line.entries()) {
      over += ((numbers[index] ?? 0) - middle) * (at - mean)
      under += ((numbers[index] ?? 0) - middle) ** 2
    }
  }
  return under === 0 ? rough : over / under
}
