import type { Recognised } from './emissions.ts'

export type GreedyText = {
  readonly text: string
  /** Mean of the probabilities of its characters; 0 where there is none. */
  readonly confidence: number
}

/**
 * The most probable character of each step, repeats and blanks taken out: for texts that no rule binds.
 * @param keys  the recogniser's characters; the n-th is class n + 1
 */
export const greedyText = (
  { steps, classes, probabilities }: Recognised,
  keys: readonly string[],
): GreedyText => {
  let text = ''
  let sum = 0
  let count = 0
  let last = 0
  for (let step = 0; step < steps; step += 1) {
    let best = 0
    for (let at = 1; at < classes; at += 1)
      if ((probabilities[step * classes + at] ?? 0) > (probabilities[step * classes + best] ?? 0)) best = at
    if (best !== 0 && best !== last) {
      text += keys[best - 1] ?? ''
      sum += probabilities[step * classes + best] ?? 0
      count += 1
    }
    last = best
  }
  return { text, confidence: count === 0 ? 0 : sum / count }
}
