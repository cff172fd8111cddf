import type { ScreeningsRecorded } from '@guankou/contract/changes/change-feed.ts'
import { dispositionRank } from '@guankou/contract/screening/dispositions.ts'
import type { NotableEvent } from '@guankou/contract/situation/endpoints.ts'
import type { RollupIncrements } from '@guankou/db/queries/situation/add-to-rollups.ts'
import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'

const mostNotable = 50

const notableOf = (fact: ScreeningRecorded): NotableEvent => ({
  screeningId: fact.id,
  postId: fact.postId,
  lane: fact.lane,
  occurredAt: new Date(fact.occurredAtMs).toISOString(),
  disposition: fact.disposition,
  travellers: fact.tally.travellers,
  febrile: fact.tally.febrile,
  ruleIds: [...fact.ruleIds],
})

/**
 * What the change feed says of a batch: the increments of its commit and what a commander wants to see, without
 * anything that names a person. Null where the batch held nothing new.
 */
export const screeningsRecorded = (
  jurisdiction: number,
  facts: readonly ScreeningRecorded[],
  increments: RollupIncrements,
  committedAtMs: number,
): ScreeningsRecorded | null => {
  if (facts.length === 0) return null
  return {
    topic: 'screenings',
    jurisdiction,
    committedAt: new Date(committedAtMs).toISOString(),
    screenings: facts.length,
    increments: increments.postSlots.map(({ postId, day, slot, tally }) => ({
      postId,
      day,
      slot,
      added: tally,
    })),
    notable: facts
      .filter((fact) => dispositionRank(fact.disposition) >= dispositionRank('second-check'))
      .slice(0, mostNotable)
      .map(notableOf),
  }
}
