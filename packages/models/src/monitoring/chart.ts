import { type Direction, generalisedRatio } from '#src/surveillance/likelihood-ratio.ts'

/** The hours that a chart still looks at, oldest first, since its last alarm. */
export type ChartState = { readonly counts: readonly number[]; readonly means: readonly number[] }

export const emptyChart: ChartState = { counts: [], means: [] }

/** Counts whose least alarm is looked for up to here. */
const mostCases = 2 ** 20

export type Look = {
  readonly count: number
  readonly mean: number
  readonly alpha: number
  readonly direction: Direction
  /** Hours that a change may lie back. */
  readonly window: number
}

/** The greatest likelihood ratio of a change with one more hour, 0 or more; see `generalisedRatio`. */
export const scoreWith = (chart: ChartState, { count, mean, alpha, direction, window }: Look): number => {
  const counts = Float64Array.from([...chart.counts, count])
  const means = Float64Array.from([...chart.means, mean])
  return generalisedRatio({ counts, means }, counts.length - 1, { alpha, direction, window, leastLength: 1 })
}

/** The chart with one more hour; what lies further back than the window is let go. */
export const takeHour = (
  chart: ChartState,
  { count, mean, window }: Pick<Look, 'count' | 'mean' | 'window'>,
): ChartState => ({
  counts: [...chart.counts, count].slice(-window - 1),
  means: [...chart.means, mean].slice(-window - 1),
})

/**
 * The count of this hour from which on (or, looking downwards, down to which) the chart alarms.
 * @returns whole number; null where no count would
 */
export const boundOf = (chart: ChartState, look: Omit<Look, 'count'>, threshold: number): number | null => {
  const alarms = (count: number): boolean => scoreWith(chart, { ...look, count }) >= threshold
  if (look.direction === 'dec') {
    if (!alarms(0)) return null
    let [low, high] = [0, Math.ceil(look.mean)]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (alarms(middle)) low = middle
      else high = middle
    }
    return low
  }
  if (alarms(0)) return 0
  let [low, high] = [0, 1]
  while (!alarms(high)) {
    low = high
    high *= 2
    if (high > mostCases) return null
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (alarms(middle)) high = middle
    else low = middle
  }
  return high
}
