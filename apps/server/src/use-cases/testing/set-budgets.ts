import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { setBudgets as declared } from '@guankou/contract/testing/allocation.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  insertBudgets,
  lockBudgets,
  type PostBudget,
  readBudgetVersions,
} from '@guankou/db/queries/testing/decisions.ts'
import { daySlotOf, isCivilDate } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'

type Body = BodyOf<typeof declared>

/** What is asked as rows, or what is wrong with it. */
const rowsOf = ({ reference, now }: ServerContext, actor: Actor, body: Body): Result<PostBudget[]> => {
  const data = reference.current()
  const { fromDay, budgets } = body
  const rows: PostBudget[] = []
  for (const [at, { postId, tests, afterVersion }] of budgets.entries()) {
    const post = data.post(postId)
    if (post === undefined || budgets.findIndex((other) => other.postId === postId) !== at)
      return refused('UNKNOWN_POST', `/budgets/${at}/postId`)
    if (!mayActIn(actor, post.jurisdiction)) return refused('OUTSIDE_AREA', `/budgets/${at}/postId`)
    const { timeZone } = data.jurisdiction(post.jurisdiction) ?? { timeZone: 'UTC' }
    if (!isCivilDate(fromDay) || fromDay < daySlotOf(timeZone, now()).day)
      return refused('BUDGET_OF_PAST_DAY', '/fromDay')
    rows.push({ jurisdiction: post.jurisdiction, postId, fromDay, version: afterVersion + 1, tests })
  }
  return done(rows)
}

const auditBudgets = async (
  tx: AreaTransaction,
  { accountId, deviceId }: Actor,
  rows: readonly PostBudget[],
  nowMs: number,
): Promise<void> => {
  const byJurisdiction = [...Map.groupBy(rows, (row) => row.jurisdiction)].sort(([a], [b]) => a - b)
  for (const [jurisdiction, changed] of byJurisdiction) {
    const entries = changed.map(({ postId, tests, fromDay, version }) => ({
      accountId,
      deviceId,
      action: 'testing.set-budgets',
      subject: `post ${postId}`,
      outcome: 'done',
      detail: `${tests} tests a day from ${fromDay}, version ${version}`,
    }))
    await recordAudit(executeIn(tx), jurisdiction, entries, nowMs)
  }
}

/** Adds a version of the budget of each post named, all or none; the audit tells each post and number. */
export const setBudgets = async (
  context: ServerContext,
  actor: Actor,
  body: Body,
): Promise<Result<{ readonly changed: number }>> => {
  const checked = rowsOf(context, actor, body)
  if (!checked.ok) return checked
  const rows = checked.value
  const nowMs = context.now()
  const overtaken = await inArea(context.db, actor.areaCode, async (tx) => {
    await lockBudgets(tx)
    const areas = [...new Set(rows.map(({ jurisdiction }) => jurisdiction))]
    const versions = new Map((await readBudgetVersions(tx, areas)).map((row) => [row.postId, row.version]))
    const late = rows.findIndex(({ postId, version }) => (versions.get(postId) ?? 0) !== version - 1)
    if (late >= 0) return late
    await insertBudgets(tx, rows, { decidedAt: new Date(nowMs), decidedBy: actor.accountId })
    await auditBudgets(tx, actor, rows, nowMs)
    return undefined
  })
  if (overtaken !== undefined) return refused('BUDGET_OVERTAKEN', `/budgets/${overtaken}/afterVersion`)
  context.modelRuns.kick('testing')
  return done({ changed: rows.length })
}
