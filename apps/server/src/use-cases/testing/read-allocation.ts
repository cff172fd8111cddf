import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { ModelRunState } from '@guankou/contract/models/model-stamp.ts'
import {
  arrivalsStep,
  defaultTestingSettings,
  type PostAllocation,
  type TestingAllocation,
  type TypeAllocation,
  type testingAllocation,
} from '@guankou/contract/testing/allocation.ts'
import type { TestReasonWord } from '@guankou/contract/testing/quota.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readLatestRun } from '@guankou/db/queries/models/model-runs.ts'
import {
  readAllocations,
  readPostAllocations,
  type StoredAllocation,
} from '@guankou/db/queries/testing/allocations.ts'
import {
  readBudgets,
  readBudgetVersions,
  readTestingSettings,
} from '@guankou/db/queries/testing/decisions.ts'
import { readTestingDays } from '@guankou/db/queries/testing/tests.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { stampOf } from '#src/jobs/model-stamp-of.ts'
import { done, type Result } from '#src/result.ts'
import { shownOutput } from '#src/use-cases/testing/shown-output.ts'
import { bilingualOrigin, type TestingScope, testingScope } from '#src/use-cases/testing/testing-scope.ts'

const typeView = (row: StoredAllocation): TypeAllocation => {
  const steps = Math.ceil(row.arrivals / arrivalsStep) * arrivalsStep
  return {
    originCode: row.originCode,
    originName: bilingualOrigin(row.originCode),
    declared: row.declared,
    arrivals: row.arrivals < arrivalsStep ? null : steps,
    tests: row.tests,
    byLot: row.byLot,
    askedShare: row.askedShare,
    prevalence: { value: row.prevalence, low: row.prevalenceLow, high: row.prevalenceHigh, level: 0.9 },
    worth: row.worth,
    reason: row.reason as TestReasonWord,
  }
}

/** Posts with what was allocated to them, where it was, and with what has been taken by now. */
const readPosts = async (
  tx: AreaTransaction,
  context: ServerContext,
  { jurisdictions, day }: TestingScope,
  runId: string | undefined,
): Promise<PostAllocation[]> => {
  const budgets = await readBudgets(tx, jurisdictions, day)
  const versions = await readBudgetVersions(tx, jurisdictions)
  const taken = await readTestingDays(tx, jurisdictions, { from: day, until: day })
  const shown = runId === undefined ? undefined : { jurisdictions, runId }
  const allocated = shown === undefined ? [] : await readPostAllocations(tx, shown)
  const types = Map.groupBy(
    shown === undefined ? [] : await readAllocations(tx, shown),
    ({ postId }) => postId,
  )
  return context.reference
    .current()
    .posts.filter(({ jurisdiction }) => jurisdictions.includes(jurisdiction))
    .map(({ id }) => {
      const post = allocated.find(({ postId }) => postId === id)
      const here = taken.filter(({ postId }) => postId === id)
      return {
        postId: id,
        budget: budgets.find(({ postId }) => postId === id)?.tests ?? 0,
        budgetVersion: versions.find(({ postId }) => postId === id)?.version ?? 0,
        taken: here.reduce((total, row) => total + row.taken, 0),
        tests: post?.tests ?? 0,
        byLot: post?.byLot ?? 0,
        othersShare: post?.othersShare ?? 0,
        types: (types.get(id) ?? []).map(typeView),
      }
    })
}

const runView = (run: Awaited<ReturnType<typeof readLatestRun>>): ModelRunState | null =>
  run === undefined
    ? null
    : {
        state: run.state as ModelRunState['state'],
        progress: run.progress,
        startedAt: run.startedAt.toISOString(),
        attempts: run.attempts,
      }

const totalsOf = (posts: readonly PostAllocation[]): TestingAllocation['totals'] => {
  const add = (count: (post: PostAllocation) => number) =>
    posts.reduce((total, post) => total + count(post), 0)
  return {
    budget: add(({ budget }) => budget),
    taken: add(({ taken }) => taken),
    tests: add(({ tests }) => tests),
    byLot: add(({ byLot }) => byLot),
  }
}

/** What the model allocated last for a day, with budgets and settings as they are now. */
export const readAllocation = async (
  context: ServerContext,
  actor: Actor,
  query: QueryOf<typeof testingAllocation>,
): Promise<Result<OutputOf<typeof testingAllocation>>> => {
  const scope = testingScope(context, query)
  if (!scope.ok) return scope
  const { area, day, nowMs } = scope.value
  const { responses, installation } = context.reference.current()
  const responseId = responses.find(({ collectionUntil }) => collectionUntil >= day)?.id ?? ''
  return inArea(context.db, actor.areaCode, async (tx) => {
    const output = await shownOutput(tx, area.code, day)
    const posts = await readPosts(tx, context, scope.value, output?.runId)
    const stamp = (unit: Parameters<typeof stampOf>[2]) =>
      output === undefined ? undefined : stampOf('testing', output, unit)
    const [tests, arrivals, share] = [stamp('test'), stamp('person'), stamp('share')]
    return done({
      day,
      asOf: new Date(nowMs).toISOString(),
      responseId,
      settings: (await readTestingSettings(tx, responseId)) ?? defaultTestingSettings,
      stamps: tests && arrivals && share ? { tests, arrivals, prevalence: share, share } : null,
      run: runView(await readLatestRun(tx, installation?.cityCode ?? area.code, 'testing')),
      posts,
      totals: totalsOf(posts),
    })
  })
}
