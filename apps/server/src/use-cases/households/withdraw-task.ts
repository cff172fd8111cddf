import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { withdrawTask as declared } from '@guankou/contract/households/planning.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { countWaiting, hasHouseholdTask, insertTaskWithdrawal } from '@guankou/db/queries/households/tasks.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { roundsMoved } from '#src/use-cases/households/rounds-moved.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

/** Takes a task of a grid cell back; what was done for it stays. */
export const withdrawTask = (
  { db, now }: ServerContext,
  actor: Actor,
  { jurisdiction, taskId }: BodyOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> =>
  inArea(db, actor.areaCode, async (tx): Promise<Result<OutputOf<typeof declared>>> => {
    if (!(await hasHouseholdTask(tx, jurisdiction, taskId))) return refused('UNKNOWN_VISIT_TASK', '/taskId')
    const at = new Date(now())
    const doors = await countWaiting(tx, jurisdiction, taskId)
    await insertTaskWithdrawal(tx, {
      jurisdiction,
      task_id: taskId,
      withdrawn_at: at,
      withdrawn_by: actor.accountId,
    })
    const detail = `${doors} doors waited`
    const act = { action: 'households.withdraw-task', subject: taskId, outcome: 'done', detail }
    await auditIdentity(tx, actor, act, at.getTime())
    await roundsMoved(tx, jurisdiction, at)
    return done({ doors })
  })
