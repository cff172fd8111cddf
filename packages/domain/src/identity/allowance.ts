const msPerMinute = 60_000
const msPerDay = 86_400_000

export type AllowanceRule = { readonly perMinute: number; readonly perDay: number }

/** What is left now, and after how many seconds something is; 0 where something is left. */
export type Allowance = {
  readonly leftThisMinute: number
  readonly leftToday: number
  readonly waitSeconds: number
}

/** Milliseconds until fewer than `most` of the times lie in the window before now. */
const waitMs = (times: readonly number[], most: number, windowMs: number, nowMs: number): number => {
  const oldestThatCounts = times[most - 1]
  return oldestThatCounts === undefined ? 0 : Math.max(0, oldestThatCounts + windowMs - nowMs)
}

/**
 * What an account may still do, by sliding windows of a minute and of 24 hours: unlike fixed ones they cannot be used
 * twice around their edge.
 * @param timesMs  when it did the same before, Unix milliseconds, newest first, all of the last 24 hours or the latest
 *   `perDay` of them
 * @example allowanceOf({ perMinute: 2, perDay: 9 }, [50_000, 10_000], 60_000).waitSeconds // 10
 */
export const allowanceOf = (
  { perMinute, perDay }: AllowanceRule,
  timesMs: readonly number[],
  nowMs: number,
): Allowance => {
  const since = (windowMs: number): number => timesMs.filter((at) => at > nowMs - windowMs).length
  const wait = Math.max(
    waitMs(timesMs, perMinute, msPerMinute, nowMs),
    waitMs(timesMs, perDay, msPerDay, nowMs),
  )
  return {
    leftThisMinute: Math.max(0, perMinute - since(msPerMinute)),
    leftToday: Math.max(0, perDay - since(msPerDay)),
    waitSeconds: Math.ceil(wait / 1_000),
  }
}
