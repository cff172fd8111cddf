/** One conveyance in line: when it came and for how long it occupies a lane, milliseconds. */
export type Waiting = { readonly arrivedMs: number; readonly serviceMs: number }

export type Served = {
  readonly startedMs: number
  readonly endedMs: number
  /** From 1. */
  readonly lane: number
  /** Conveyances still waiting when this one drove up. */
  readonly waiting: number
}

/**
 * One line in front of several lanes, first come first served; the lane that is free longest takes the next.
 * @param arrivals  in order of arrival   @param lanes  open lanes, ≥ 1; all free at the beginning
 * @returns one entry per arrival, in the same order; starts never go back
 * @throws RangeError where no lane is open
 */
export const serveInOrder = (arrivals: readonly Waiting[], lanes: number): readonly Served[] => {
  if (!(lanes >= 1)) throw new RangeError('a queue needs at least one open lane')
  const freeAtMs = Array.from({ length: lanes }, () => 0)
  let arrivedBy = 0
  return arrivals.map(({ arrivedMs, serviceMs }, index) => {
    let lane = 0
    for (let other = 1; other < lanes; other++)
      if ((freeAtMs[other] ?? 0) < (freeAtMs[lane] ?? 0)) lane = other
    const startedMs = Math.max(arrivedMs, freeAtMs[lane] ?? 0)
    const endedMs = startedMs + serviceMs
    freeAtMs[lane] = endedMs
    while ((arrivals[arrivedBy]?.arrivedMs ?? Infinity) <= startedMs) arrivedBy++
    return { startedMs, endedMs, lane: lane + 1, waiting: Math.max(0, arrivedBy - index - 1) }
  })
}
