import type { DecisionChanged } from '@guankou/contract/changes/change-feed.ts'
import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import type { OverrideState } from '@guankou/contract/screening/override.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { announceChange } from '@guankou/db/queries/changes/announce-change.ts'
import {
  type AnsweredOverride,
  type OverridableTraveller,
  readOverridesOf,
  shiftPostSlot,
} from '@guankou/db/queries/screening/overrides.ts'
import { type StandingOverride, standingDisposition } from '@guankou/domain/screening/override.ts'
import { dispositionShift } from '@guankou/domain/screening/override-shift.ts'

export const overrideState = ({
  needsSecond,
  agrees,
}: Pick<AnsweredOverride, 'needsSecond' | 'agrees'>): OverrideState => {
  if (!needsSecond || agrees === true) return 'in-force'
  return agrees === null ? 'waits' : 'declined'
}

/** What decides which override counts. */
export const standingOverride = (stored: AnsweredOverride): StandingOverride => ({
  id: stored.id,
  madeAtMs: stored.madeAt.getTime(),
  disposition: stored.disposition as Disposition,
  state: overrideState(stored),
})

/** Overrides of one traveller, oldest first. */
export const overridesOfTraveller = async (
  transaction: AreaTransaction,
  traveller: OverridableTraveller,
): Promise<StandingOverride[]> =>
  (await readOverridesOf(transaction, traveller))
    .filter(({ seat }) => seat === traveller.seat)
    .map(standingOverride)

/**
 * Writes something about the overrides of a traveller, moves the counts by what it changes and tells consoles, all in
 * the transaction given. Whoever calls holds the audit head, so that nothing comes between reading and counting; the
 * batch writer takes the same lock first.
 */
export const changeStanding = async <T>(
  transaction: AreaTransaction,
  traveller: OverridableTraveller,
  { at, write }: { readonly at: Date; readonly write: () => Promise<T> },
): Promise<T> => {
  const recorded = traveller.disposition as Disposition
  const before = standingDisposition(recorded, await overridesOfTraveller(transaction, traveller))
  const written = await write()
  const after = standingDisposition(recorded, await overridesOfTraveller(transaction, traveller))
  if (before !== after) await shiftPostSlot(transaction, traveller, dispositionShift(before, after))
  const { jurisdiction, screeningId, postId, day } = traveller
  const payload: DecisionChanged = {
    topic: 'decisions',
    jurisdiction,
    committedAt: at.toISOString(),
    screeningId,
    postId,
    day,
  }
  await announceChange(transaction, { at, jurisdiction, payload })
  return written
}
