export type BackOff = { readonly baseMs: number; readonly capMs: number }

/** Between attempts of the machine when nothing gets through. */
export const lineBackOff: BackOff = { baseMs: 1_000, capMs: 60_000 }

/** Between attempts of one entry that the server put off. */
export const entryBackOff: BackOff = { baseMs: 2_000, capMs: 600_000 }

/**
 * A jittered exponential delay: half of it fixed, half drawn, so that phones that failed together do not return
 * together, and none returns at once.
 * @param failures  failures in a row, from 1   @param random  uniform on [0, 1)
 * @returns milliseconds, between half the cap and the cap once the doubling has reached it
 */
export const backOffMs = (failures: number, random: () => number, { baseMs, capMs }: BackOff): number => {
  const full = Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 30))
  return Math.round(full / 2 + random() * (full / 2))
}

/** A server may not send a phone away for longer than this. */
const longestAskedMs = 600_000

/**
 * The delay of `backOffMs`, and no less than a server asked for that is too busy, so that phones which it sent away do not return before
 * their time; up to a quarter as much is drawn on top, so that they do not return together.
 * @param askedSeconds  of Retry-After (RFC 9110 §10.2.3), where there was one
 */
export const politeBackOffMs = (
  failures: number,
  random: () => number,
  backOff: BackOff,
  askedSeconds: number | undefined,
): number => {
  const own = backOffMs(failures, random, backOff)
  if (askedSeconds === undefined || !(askedSeconds > 0)) return own
  const askedMs = Math.min(longestAskedMs, askedSeconds * 1_000)
  return Math.max(own, Math.round(askedMs * (1 + random() / 4)))
}
