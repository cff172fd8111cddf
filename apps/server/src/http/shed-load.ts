/*
 * When all phones of a city come back at once, more of them call than can be worked on: they look for their packs and push what they
 * hold. They are sent away before a body is read and before anybody is looked up, so that what is done is done whole and is
 * answered while the caller still waits, and told when to come again: each is given the next place in a line that moves as fast
 * as calls are answered. Only the line’s length is kept, and no caller. Pushes and packs have a line each: one must not starve
 * the other.
 */

/** What may be under way at once, in bytes of bodies: some four thousand commands, which is less than the recorder takes. */
const mostBytesUnderWay = 4_000_000

/** A small push costs as much as this many bytes: its proof, its session, its line in the audit. */
const leastWeight = 16_384

const longestWaitSeconds = 120

/**
 * Looks for a pack that may be under way at once: they cost little, but all of them at once would keep each other until nobody waits
 * any more, and lie in memory meanwhile.
 */
const mostLooksUnderWay = 256

/** Calls a second that are reckoned with until some have been answered. */
const firstRate = { pushes: 100, looks: 400 } as const

/** Part of each measured second in the mean. */
const smoothing = 0.3

export type Shedder = {
  /**
   * Lets a call in, or sends it away.
   * @param bodyBytes  as it says of itself; nothing where it does not
   * @returns how to say that it is over, or after how many seconds to come again
   */
  readonly enter: (
    bodyBytes: number | undefined,
  ) => { readonly leave: () => void } | { readonly waitSeconds: number }
}

/** Calls answered a second, while some are sent away: only then does it show what can be done. */
const createRate = (first: number) => {
  let perSecond = first
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

type Room = {
  /** What may be under way at once, in any unit. */
  readonly most: number
  readonly weightOf: (bodyBytes: number | undefined) => number
  readonly firstRate: number
}

const createLine = ({ most, weightOf, firstRate: first }: Room, elapsedMs: () => number): Shedder => {
  const rate = createRate(first)
  let underWay = 0
  /** When the line that was sent away will have been let in. */
  let lineEndsMs = 0
  return {
    enter(bodyBytes) {
      const weight = weightOf(bodyBytes)
      if (underWay + weight <= most) {
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

/** For pushes. @param elapsedMs  milliseconds of any clock that runs on */
export const createShedder = (elapsedMs: () => number): Shedder =>
  createLine(
    {
      most: mostBytesUnderWay,
      weightOf: (bytes) => Math.max(leastWeight, Math.min(mostBytesUnderWay, bytes ?? leastWeight * 8)),
      firstRate: firstRate.pushes,
    },
    elapsedMs,
  )

/** For phones that look for their pack, each as much as any other. @param elapsedMs  milliseconds of any clock that runs on */
export const createLookShedder = (elapsedMs: () => number): Shedder =>
  createLine({ most: mostLooksUnderWay, weightOf: () => 1, firstRate: firstRate.looks }, elapsedMs)
