import type { TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import { feverLevel } from '@guankou/domain/screening/fever.ts'

/** What a reading may be, degrees Celsius; the contract's bounds. */
export const lowestCelsius = 30
export const highestCelsius = 45

/** Digits typed without the point: `364` is 36.4. */
export type Typed = string

/** Adds a digit where some temperature within bounds still begins so; gives the text unchanged otherwise. */
export const typeDigit = (typed: Typed, digit: string): Typed => {
  const next = typed + digit
  if (next.length > 3) return typed
  const lowest = Number(next.padEnd(3, '0')) / 10
  const highest = Number(next.padEnd(3, '9')) / 10
  return highest < lowestCelsius || lowest > highestCelsius ? typed : next
}

/** The temperature once three digits are there, degrees Celsius. */
export const typedCelsius = (typed: Typed): number | undefined =>
  typed.length === 3 ? Number(typed) / 10 : undefined

/** Digits of a temperature, as they were typed. */
export const digitsOf = (celsius: number): Typed => String(Math.round(celsius * 10))

/** As the card shows it while typing: `36._`. */
export const displayTyped = (typed: Typed): string => {
  const padded = typed.padEnd(3, '_')
  return `${padded.slice(0, 2)}.${padded.slice(2)}`
}

/** Whether the last of these readings stands at or over the threshold. */
export const isHot = (reading: TemperatureReading, thresholdCelsius: number): boolean =>
  feverLevel([reading], thresholdCelsius) !== 'none'

/** Milliseconds still to wait before the second reading; 0 once it may be taken. */
export const waitLeftMs = (firstAtMs: number, nowMs: number, waitMinutes: number): number =>
  Math.max(0, firstAtMs + waitMinutes * 60_000 - nowMs)
