import { clockToleranceMs } from '@guankou/domain/screening/decide.ts'

type Exchange = {
  readonly sentAtMs: number
  readonly answeredAtMs: number
  readonly serverMs: number
}

/**
 * By how much the device clock is ahead of the server's (negative: behind), as far as one exchange proves it: a
 * server time between sending and answer proves nothing, however long the answer took.
 * @returns milliseconds
 */
export const provenSkewMs = ({ sentAtMs, answeredAtMs, serverMs }: Exchange): number => {
  if (serverMs > answeredAtMs) return answeredAtMs - serverMs
  if (serverMs < sentAtMs) return sentAtMs - serverMs
  return 0
}

/** Whether a proven difference is within what the server accepts of a device that is ahead. */
export const isClockRight = (skewMs: number): boolean => Math.abs(skewMs) <= clockToleranceMs
