import { InvalidArgumentError } from 'commander'

/** A number of windows, or a length of time. */
export type Horizon = { readonly windows: number } | { readonly minutes: number }

const minutesOf: Readonly<Record<string, number>> = { min: 1, h: 60, d: 1440 }
const mostWindows = 100_000

/** Reads 24 (windows), 120min, 24h or 7d. */
export const parseHorizon = (text: string): Horizon => {
  const found = /^([1-9]\d{0,5})(min|h|d)?$/.exec(text)
  if (found === null)
    throw new InvalidArgumentError('give a number of windows such as 24, or 120min, 24h, 7d')
  const count = Number(found[1])
  const minutes = minutesOf[found[2] ?? '']
  return minutes === undefined ? { windows: count } : { minutes: count * minutes }
}

/** Windows of a horizon; one that ends within a window holds it. */
export const windowsOf = (horizon: Horizon, windowMinutes: number): number =>
  Math.min(mostWindows, 'windows' in horizon ? horizon.windows : Math.ceil(horizon.minutes / windowMinutes))
