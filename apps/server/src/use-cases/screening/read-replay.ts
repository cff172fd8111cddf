import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import { type replayDecisions as declared, differencesShown } from '@guankou/contract/screening/decisions.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { isDayDeleted } from '@guankou/db/queries/screening/read-decisions.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import { done, type Result } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { addReplayed, type ReplayedDay, replayWindow } from '#src/use-cases/screening/replay-decisions.ts'
import { testingScope } from '#src/use-cases/testing/testing-scope.ts'

/** Decides a day of an area again by the rules of that hour, and writes down that it was asked for. */
export const readReplay = async (
  context: ServerContext,
  actor: Actor,
  query: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const scope = testingScope(context, query)
  if (!scope.ok) return scope
  const { jurisdictions, day, nowMs } = scope.value
  const reference = context.reference.current()
  return inArea(context.db, actor.areaCode, async (transaction) => {
    let replayed: ReplayedDay = { screenings: 0, travellers: 0, differing: 0, differences: [] }
    let held = true
    for (const jurisdiction of jurisdictions) {
      held &&= !(await isDayDeleted(transaction, { jurisdiction, day }))
      const timeZone = reference.jurisdiction(jurisdiction)?.timeZone ?? 'UTC'
      const window = { jurisdiction, day, ...instantsOfDay(timeZone, day) }
      replayed = addReplayed(replayed, await replayWindow(transaction, reference, window))
    }
    const detail = `${day}, ${replayed.screenings} screenings, ${replayed.differing} differ`
    const act = { action: 'screening.replay', subject: String(query.area), outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, nowMs)
    const { differences, ...counts } = replayed
    return done({
      day,
      asOf: new Date(nowMs).toISOString(),
      ...counts,
      held,
      differences: differences.slice(0, differencesShown).map((each) => ({ ...each })),
    })
  })
}
