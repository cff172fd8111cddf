/** A clock that shows another time, and may go faster. */
export type DrillClock = {
  /** Real Unix time in milliseconds at which it showed `shownFromMs`. */
  readonly realFromMs: number
  readonly shownFromMs: number
  /** Minutes that it shows pass in a real minute, 1 to 60. */
  readonly speed: number
}

/** What the clock shows at a real time, Unix milliseconds. */
export const shownAt = ({ realFromMs, shownFromMs, speed }: DrillClock, realMs: number): number =>
  Math.round(shownFromMs + (realMs - realFromMs) * speed)

/** What the server knows of the drill that it runs. */
export type Drill = { readonly id: string; readonly clock: DrillClock }
