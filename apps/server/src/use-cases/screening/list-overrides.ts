import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import { type listOverrides as declared, overridesShown } from '@guankou/contract/screening/decisions.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readOverridesOfDay, readWaitingOverrides } from '@guankou/db/queries/screening/overrides.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { namesOfOverrides, showOverrides } from '#src/use-cases/screening/show-override.ts'
import { testingScope } from '#src/use-cases/testing/testing-scope.ts'

/** Overrides of screenings of a day, and those that wait for a second person whatever their day. */
export const listOverrides = (
  context: ServerContext,
  actor: Actor,
  query: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const scope = testingScope(context, query)
    if (!scope.ok) return scope
    const { jurisdictions, day, nowMs } = scope.value
    const ofDay = await readOverridesOfDay(transaction, jurisdictions, day, overridesShown)
    const waiting = await readWaitingOverrides(transaction, jurisdictions, overridesShown)
    const names = await namesOfOverrides(transaction, [...ofDay, ...waiting])
    const detail = `${day}, ${ofDay.length} overrides, ${waiting.length} wait`
    const act = { action: 'screening.overrides', subject: String(query.area), outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, nowMs)
    return done({
      day,
      asOf: new Date(nowMs).toISOString(),
      overrides: await showOverrides(context, ofDay, names),
      waiting: await showOverrides(context, waiting, names),
    })
  })
