import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { changeMonitoringPolicy } from '@guankou/contract/monitoring/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readMonitoringPolicy, writeMonitoringPolicy } from '@guankou/db/queries/monitoring/policy.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

type Body = BodyOf<typeof changeMonitoringPolicy>

/** Sets the budget of the city; whoever answers for the whole of it does. Thresholds follow with the next look. */
export const changePolicy = async (
  context: ServerContext,
  actor: Actor,
  body: Body,
): Promise<Result<Body>> => {
  const { installation } = context.reference.current()
  if (installation === undefined || actor.areaCode !== installation.cityCode) return refused('OUTSIDE_AREA')
  const at = new Date(context.now())
  await inArea(context.db, actor.areaCode, async (tx) => {
    const before = await readMonitoringPolicy(tx)
    await writeMonitoringPolicy(tx, body, { at, by: actor.accountId })
    const act = {
      action: 'monitoring.policy',
      subject: String(actor.areaCode),
      outcome: 'done',
      detail: `days per false alarm ${before.daysPerFalseAlarm} to ${body.daysPerFalseAlarm}, handed up after ${before.escalateAfterMinutes} to ${body.escalateAfterMinutes} minutes`,
    }
    await auditIdentity(tx, actor, act, at.getTime())
  })
  context.modelRuns.kick('monitoring')
  return done(body)
}
