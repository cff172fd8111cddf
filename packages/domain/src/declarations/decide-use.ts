import type { UseDeclaration } from '@guankou/contract/declarations/declaration.ts'
import type { ErrorCode, Refusal } from '@guankou/contract/errors.ts'
import { instantMs } from '#src/places/calendar.ts'
import { clockToleranceMs, type Reference } from '#src/screening/decide.ts'
import { uuidTimeMs } from '#src/screening/uuid-time.ts'

/** The fact that a declaration was confirmed in a screening. */
export type DeclarationUsed = Pick<
  UseDeclaration,
  'id' | 'jurisdiction' | 'postId' | 'declarationId' | 'screeningId'
> & {
  readonly type: 'declarations.used'
  readonly occurredAtMs: number
}

export type DecidedUse =
  | { readonly ok: true; readonly fact: DeclarationUsed }
  | { readonly ok: false; readonly refusal: Refusal }

const refuse = (code: ErrorCode, path: string): DecidedUse => ({ ok: false, refusal: { code, path } })

/**
 * The rule that phone and server share. A declaration that was shown twice makes two facts: both screenings took place.
 * @param command  of the shape of the contract   @param nowMs  Unix time, milliseconds, of whoever decides
 */
export const decideUse = (reference: Reference, command: UseDeclaration, nowMs: number): DecidedUse => {
  const { id, jurisdiction, postId, declarationId, screeningId } = command
  const occurredAtMs = instantMs(command.occurredAt)
  if (occurredAtMs === undefined) return refuse('IMPOSSIBLE_TIME', '/occurredAt')
  if (uuidTimeMs(id) !== occurredAtMs) return refuse('ID_TIME_MISMATCH', '/id')
  if (occurredAtMs > nowMs + clockToleranceMs) return refuse('OCCURRED_IN_FUTURE', '/occurredAt')
  const post = reference.post(postId)
  if (reference.jurisdiction(jurisdiction) === undefined || post?.jurisdiction !== jurisdiction)
    return refuse('UNKNOWN_POST', '/postId')
  return {
    ok: true,
    fact: { type: 'declarations.used', id, jurisdiction, postId, declarationId, screeningId, occurredAtMs },
  }
}
