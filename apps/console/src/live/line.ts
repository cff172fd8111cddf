/**
 * How far the figures on the page can be trusted.
 * `stale`: nothing tells us of changes; the figures held until `sinceMs` (null: none were read yet).
 * `live`: the line is up and the figures were read after it came up; they held at `confirmedAtMs`.
 */
export type Line =
  | { readonly is: 'stale'; readonly sinceMs: number | null }
  | { readonly is: 'live'; readonly confirmedAtMs: number; readonly latencyMs: number | null }

export type LineEvent =
  /** The figures were read while the line was up. `latencyMs`: from commit to screen, where a change caused it. */
  | { readonly happened: 'confirmed'; readonly atMs: number; readonly latencyMs: number | null }
  /** The line broke, the machine slept, the network left or a reading failed. */
  | { readonly happened: 'lost' }

export const noLine: Line = { is: 'stale', sinceMs: null }

/** The next state. A latency stays on show until the next change gives a new one. */
export const nextLine = (line: Line, event: LineEvent): Line => {
  if (event.happened === 'lost')
    return line.is === 'live' ? { is: 'stale', sinceMs: line.confirmedAtMs } : line
  const before = line.is === 'live' ? line.latencyMs : null
  return { is: 'live', confirmedAtMs: event.atMs, latencyMs: event.latencyMs ?? before }
}

/** Whether timers that should fire each `everyMs` were held up so long that the machine must have slept. */
export const hasSlept = (lastTickMs: number, nowMs: number, everyMs: number): boolean =>
  nowMs - lastTickMs > everyMs + 5_000

/** Wait before the line is opened anew, doubling to half a minute. @param failures in a row, from 1 */
export const reopenAfterMs = (failures: number): number => Math.min(30_000, 1_000 * 2 ** (failures - 1))
