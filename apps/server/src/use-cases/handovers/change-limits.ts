import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { changeHandoverLimits } from '@guankou/contract/handovers/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readHandoverLimits, writeHandoverLimits } from '@guankou/db/queries/handovers/limits.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

type Body = BodyOf<typeof changeHandoverLimits>

/** Sets the limits of the city; whoever answers for the whole of it does. */
export const changeLimits = async (
  context: ServerContext,
  actor: Actor,
  body: Body,
): Promise<Result<Body>> => {
  const { installation } = context.reference.current()
  if (installation === undefined || actor.areaCode !== installation.cityCode) return refused('OUTSIDE_AREA')
  const at = new Date(context.now())
  await inArea(context.db, actor.areaCode, async (tx) => {
    const before = await readHandoverLimits(tx)
    await writeHandoverLimits(tx, body, { at, by: actor.accountId })
    const act = {
      action: 'handovers.limits',
      subject: String(actor.areaCode),
      outcome: 'done',
      detail: `waiting ${before.waitMinutes} to ${body.waitMinutes}, on the way ${before.roadMinutes} to ${body.roadMinutes} minutes`,
    }
    await auditIdentity(tx, actor, act, at.getTime())
  })
  return done(body)
}
