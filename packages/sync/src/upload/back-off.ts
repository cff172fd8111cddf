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
