import type { TestQuota, TestReasonWord } from '@guankou/contract/testing/quota.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readAllocations, readPostAllocations } from '@guankou/db/queries/testing/allocations.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { shownOutput } from '#src/use-cases/testing/shown-output.ts'

/** Shares are told in steps, so that a run that changes next to nothing makes no new pack. */
const shareSteps = 100

/** Upwards, so that no type that is to be asked is left out by it. */
const inSteps = (share: number): number => Math.ceil(share * shareSteps - 1e-9) / shareSteps

/** Whom phones of an area ask for a test today; undefined where nothing has been allocated for today. */
export const readQuota = async (
  context: Pick<ServerContext, 'db' | 'now' | 'reference'>,
  actor: Pick<Actor, 'areaCode'>,
): Promise<TestQuota | undefined> => {
  const data = context.reference.current()
  const area = data.jurisdiction(actor.areaCode)
  const jurisdictions = data.jurisdictionsIn(actor.areaCode)
  if (area === undefined || jurisdictions === undefined) return undefined
  const { day } = daySlotOf(area.timeZone, context.now())
  return inArea(context.db, actor.areaCode, async (tx) => {
    const output = await shownOutput(tx, area.code, day)
    if (output === undefined) return undefined
    const shown = { jurisdictions, runId: output.runId }
    const posts = await readPostAllocations(tx, shown)
    const types = Map.groupBy(await readAllocations(tx, shown), ({ postId }) => postId)
    return {
      day,
      computedAt: output.computedAt.toISOString(),
      posts: posts.flatMap(({ postId, othersShare, byLot, tests, taken }) => {
        if (tests <= taken) return []
        const own = types.get(postId) ?? []
        const people = own.reduce((total, { arrivals }) => total + arrivals, 0)
        return {
          postId,
          seldomShare: inSteps(othersShare),
          lotShare: inSteps(people === 0 ? 0 : Math.min(1, byLot / people)),
          types: own.map(({ originCode, declared, askedShare, reason }) => ({
            originCode,
            declared,
            askedShare: inSteps(askedShare),
            reason: reason as TestReasonWord,
          })),
        }
      }),
    }
  })
}
