/*
 * When all phones of a city come back at once, more pushes arrive than can be worked on. They are sent away before their body is
 * read and before anybody is looked up, so that what is done is done whole, and told when to come again: each is given the next
 * place in a line that moves as fast as pushes are answered. Only the line’s length is kept, and no caller.
 */

/** What may be under way at once, in bytes of bodies: some four thousand commands, which is less than the recorder takes. */
const mostBytesUnderWay = 4_000_000

/** A small push costs as much as this many bytes: its proof, its session, its line in the audit. */
const leastWeight = 16_384

const longestWaitSeconds = 120

/** Pushes a second that are reckoned with until some have been answered. */
const firstRate = 100

/** Part of each measured second in the mean. */
const smoothing = 0.3

export type Shedder = {
  /**
   * Lets a push in, or sends it away.
   * @param bodyBytes  as it says of itself; nothing where it does not
   * @returns how to say that it is over, or after how many seconds to come again
   */
  readonly enter: (
    bodyBytes: number | undefined,
  ) => { readonly leave: () => void } | { readonly waitSeconds: number }
}

/** Pushes answered a second, while some are sent away: only then does it show what can be done. */
const createRate = () => {
  let perSecond = firstRate
  let windowStartMs: number | undefined
  let answered = 0
  return {
    answered: (nowMs: number): void => {
      answered += 1
      if (windowStartMs === undefined || nowMs - windowStartMs < 1_000) return
      const measured = (answered * 1_000) / (nowMs - windowStartMs)
      perSecond += smoothing * (measured - perSecond)
      windowStartMs = undefined
    },
    shed: (nowMs: number): void => {
      if (windowStartMs !== undefined) return
      windowStartMs = nowMs
      answered = 0
    },
    perSecond: (): number => Math.max(1, perSecond),
  }
}

/** @param elapsedMs  milliseconds of any clock that runs on */
export const createShedder = (elapsedMs: () => number): Shedder => {
  const rate = createRate()
  let underWay = 0
  /** When the line that was sent away will have been let in. */
  let lineEndsMs = 0
  return {
    enter(bodyBytes) {
      const weight = Math.max(leastWeight, Math.min(mostBytesUnderWay, bodyBytes ?? leastWeight * 8))
      if (underWay + weight <= mostBytesUnderWay) {
        underWay += weight
        let isIn = true
        const leave = (): void => {
          if (!isIn) return
          isIn = false
          underWay -= weight
          rate.answered(elapsedMs())
        }
        return { leave }
      }
      const nowMs = elapsedMs()
      rate.shed(nowMs)
      const latestMs = nowMs + longestWaitSeconds * 1_000
      lineEndsMs = Math.min(latestMs, Math.max(nowMs, lineEndsMs) + 1_000 / rate.perSecond())
      return { waitSeconds: Math.max(1, Math.ceil((lineEndsMs - nowMs) / 1_000)) }
    },
  }
}
