import type { ErrorCode, Refusal } from '@guankou/contract/errors.ts'
import { instantMs } from '#src/places/calendar.ts'
import { clockToleranceMs } from './decide.ts'
import { uuidTimeMs } from './uuid-time.ts'

export type Refused = { readonly ok: false; readonly refusal: Refusal }
export const refuse = (code: ErrorCode, path: string): Refused => ({ ok: false, refusal: { code, path } })

/**
 * When a command says that something happened: an instant that exists, that its id carries, and that is not to come.
 * @param nowMs  Unix time, milliseconds, of whoever decides
 */
export const readCommandTime = (
  command: { readonly id: string; readonly occurredAt: string },
  nowMs: number,
): { readonly ok: true; readonly atMs: number } | Refused => {
  const atMs = instantMs(command.occurredAt)
  if (atMs === undefined) return refuse('IMPOSSIBLE_TIME', '/occurredAt')
  if (uuidTimeMs(command.id) !== atMs) return refuse('ID_TIME_MISMATCH', '/id')
  if (atMs > nowMs + clockToleranceMs) return refuse('OCCURRED_IN_FUTURE', '/occurredAt')
  return { ok: true, atMs }
}
