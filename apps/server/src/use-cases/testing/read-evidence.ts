import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import { smallCountThreshold } from '@guankou/contract/situation/endpoints.ts'
import type { PostYield, TypeEvidence, testingEvidence } from '@guankou/contract/testing/allocation.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readEvidence as readStored } from '@guankou/db/queries/testing/allocations.ts'
import { readTestingSettings } from '@guankou/db/queries/testing/decisions.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { type ModelOutput, stampOf } from '#src/jobs/model-stamp-of.ts'
import { evidenceDays } from '#src/jobs/testing/read-inputs.ts'
import { done, type Result } from '#src/result.ts'
import { shownOutput } from '#src/use-cases/testing/shown-output.ts'
import { bilingualOrigin, testingScope } from '#src/use-cases/testing/testing-scope.ts'

const stampsOf = (output: ModelOutput) => ({
  tested: stampOf('testing', output, 'test'),
  positivity: stampOf('testing', output, 'share'),
  screened: stampOf('testing', output, 'person'),
  perFinding: stampOf('testing', output, 'person-per-finding'),
  minutesPerFinding: stampOf('testing', output, 'minute-per-finding'),
  missed: stampOf('testing', output, 'person'),
})

/** What tests found by origin beside the rules, and what posts find for what they cost, as the run withheld and stored it. */
export const readEvidence = async (
  context: ServerContext,
  actor: Actor,
  query: QueryOf<typeof testingEvidence>,
): Promise<Result<OutputOf<typeof testingEvidence>>> => {
  const scope = testingScope(context, query)
  if (!scope.ok) return scope
  const { area, jurisdictions, day, nowMs } = scope.value
  const responseId =
    context.reference.current().responses.find(({ collectionUntil }) => collectionUntil >= day)?.id ?? ''
  return inArea(context.db, actor.areaCode, async (tx) => {
    const output = await shownOutput(tx, area.code, day)
    const runId = output?.runId
    const types =
      runId === undefined ? [] : await readStored(tx, { jurisdictions: [area.code], runId }, 'fairness')
    const yields = runId === undefined ? [] : await readStored(tx, { jurisdictions, runId }, 'yield')
    const settings = await readTestingSettings(tx, responseId)
    return done({
      day,
      asOf: new Date(nowMs).toISOString(),
      smallCountThreshold,
      windowDays: evidenceDays,
      worthMinutes: settings?.worthMinutes ?? null,
      stamps: output === undefined ? null : stampsOf(output),
      types: types.map(({ content }) => {
        const evidence = content as Omit<TypeEvidence, 'originName'>
        return { ...evidence, originName: bilingualOrigin(evidence.originCode) }
      }),
      yields: yields.map(({ content }) => content as PostYield),
    })
  })
}
