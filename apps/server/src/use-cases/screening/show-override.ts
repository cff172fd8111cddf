import type { OverrideView } from '@guankou/contract/screening/decisions.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import type { AnsweredOverride } from '@guankou/db/queries/screening/overrides.ts'
import type { ServerContext } from '#src/context.ts'
import { type OfficerNames, officerOf } from '#src/use-cases/exports/list-exports.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { overrideState } from '#src/use-cases/screening/override-facts.ts'
import { overrideWordsPlace } from '#src/use-cases/screening/override-screening.ts'

/** Names of who made overrides and who answered them. */
export const namesOfOverrides = (
  transaction: AreaTransaction,
  overrides: readonly AnsweredOverride[],
): Promise<OfficerNames> =>
  readAccountNames(
    transaction,
    overrides.flatMap(({ accountId, answeredBy }) => [accountId, answeredBy ?? accountId]),
  )

const isAfter = (one: AnsweredOverride, other: AnsweredOverride): boolean =>
  one.madeAt.getTime() === other.madeAt.getTime() ? one.id > other.id : one.madeAt > other.madeAt

/** Ids of the overrides that count, of however many people. */
const standingIds = (overrides: readonly AnsweredOverride[]): ReadonlySet<string> => {
  const latest = new Map<string, AnsweredOverride>()
  for (const override of overrides) {
    if (overrideState(override) !== 'in-force') continue
    const person = `${override.screeningId}|${override.seat}`
    const known = latest.get(person)
    if (known === undefined || isAfter(override, known)) latest.set(person, override)
  }
  return new Set([...latest.values()].map(({ id }) => id))
}

/** @param overrides  all of each person in them, so that it can be told which one counts */
export const showOverrides = (
  { identity: { sealer } }: ServerContext,
  overrides: readonly AnsweredOverride[],
  names: OfficerNames,
): Promise<OverrideView[]> => {
  const standing = standingIds(overrides)
  return Promise.all(
    overrides.map(async (override) => ({
      id: override.id,
      screeningId: override.screeningId,
      seat: override.seat,
      postId: override.postId,
      madeAt: override.madeAt.toISOString(),
      recordedAt: override.recordedAt.toISOString(),
      disposition: override.disposition as OverrideView['disposition'],
      stood: override.stood as OverrideView['stood'],
      ground: override.ground as OverrideView['ground'],
      words:
        override.wordsSealed === null
          ? null
          : await unlessDestroyed(
              sealer.open(override, overrideWordsPlace(override.id), override.wordsSealed),
            ),
      by: officerOf(names, override.accountId),
      state: overrideState(override),
      stands: standing.has(override.id),
      second:
        override.answeredBy === null || override.answeredAt === null
          ? null
          : {
              by: officerOf(names, override.answeredBy),
              at: override.answeredAt.toISOString(),
              agrees: override.agrees === true,
            },
    })),
  )
}
