import { recordTest } from '@guankou/contract/testing/results.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { recordTest as record } from '#src/use-cases/testing/record-test.ts'

export const testingRecord = implement(recordTest, async ({ context, actor, body }) => {
  const result = await record(context, actor, body)
  if (!result.ok) return result
  const { id, recordedAtMs, duplicate } = result.value
  return done({ id, recordedAt: new Date(recordedAtMs).toISOString(), duplicate })
})
