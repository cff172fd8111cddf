import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { TestGround, TestOffer } from '@guankou/contract/testing/record-test.ts'
import {
  type listTests as declared,
  type TestResultWord,
  testsShown,
} from '@guankou/contract/testing/results.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readTestingDays, readTests } from '@guankou/db/queries/testing/tests.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result } from '#src/result.ts'
import { bilingualOrigin, testingScope } from '#src/use-cases/testing/testing-scope.ts'

/** Tests of a day, for who takes samples and enters results. */
export const listTests = async (
  context: ServerContext,
  actor: Actor,
  query: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const scope = testingScope(context, query)
  if (!scope.ok) return scope
  const { jurisdictions, day, nowMs } = scope.value
  return inArea(context.db, actor.areaCode, async (tx) => {
    const isWaiting = query.waiting === 'yes'
    const rows = await readTests(tx, jurisdictions, { day, isWaiting, limit: testsShown })
    const counts = await readTestingDays(tx, jurisdictions, { from: day, until: day })
    const waiting = counts.reduce(
      (total, { taken, positive, negative, invalid }) => total + taken - positive - negative - invalid,
      0,
    )
    return done({
      day,
      asOf: new Date(nowMs).toISOString(),
      waiting,
      tests: rows.map((row) => ({
        ...row,
        occurredAt: row.occurredAt.toISOString(),
        originName: bilingualOrigin(row.originCode),
        offer: row.offer as TestOffer,
        ground: row.ground as TestGround,
        result: row.result as TestResultWord | null,
        resultedAt: row.resultedAt?.toISOString() ?? null,
      })),
    })
  })
}
