import type { OverrideSubject } from '@guankou/contract/screening/override.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { findOverridable, type OverridableTraveller } from '@guankou/db/queries/screening/overrides.ts'
import { findBySlip } from '@guankou/db/queries/subject-access/find-by-slip.ts'
import { longestBeforeOverrideMs } from '@guankou/domain/screening/override.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import { readSlipCode, slipDays } from '@guankou/domain/subject-access/slip-code.ts'
import type { ServerContext } from '#src/context.ts'

/** Whom an override can be about, before it is known what of it lies in the area of whoever asks. */
export type OverrideCandidate = {
  readonly screeningId: string
  readonly occurredAt: Date
  readonly seat: number
}

const daysBack = Math.ceil(longestBeforeOverrideMs / 86_400_000) + 1

/** Travellers whom a subject can name: by its code those of the few days on which it can still be overridden. */
export const overrideCandidates = async (
  { db, now }: ServerContext,
  about: OverrideSubject,
): Promise<readonly OverrideCandidate[]> => {
  if ('screeningId' in about)
    return [
      {
        screeningId: about.screeningId,
        occurredAt: new Date(uuidTimeMs(about.screeningId)),
        seat: about.seat,
      },
    ]
  const code = readSlipCode(about.slipCode)
  if (code === undefined) return []
  const days = slipDays(code, now(), daysBack)
  return findBySlip(db.query, { days, randomBits: code.randomBits, seat: code.seat })
}

/** The one of the candidates that is stored in the area; undefined where there is none, and where a code fits two. */
export const overridableOf = async (
  transaction: AreaTransaction,
  candidates: readonly OverrideCandidate[],
): Promise<OverridableTraveller | undefined> => {
  const found: OverridableTraveller[] = []
  for (const candidate of candidates) {
    const traveller = await findOverridable(transaction, candidate)
    if (traveller !== undefined) found.push(traveller)
  }
  return found.length === 1 ? found[0] : undefined
}
