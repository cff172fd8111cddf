import { recordScreening } from '@guankou/contract/screening/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'

export const screeningRecord = implement(recordScreening, async ({ context, actor, body }) => {
  const result = await context.recorder.record(actor, body)
  if (!result.ok) return result
  const { id, recordedAtMs, duplicate, withoutIdentity } = result.value
  const recordedAt = new Date(recordedAtMs).toISOString()
  return done({
    id,
    recordedAt,
    duplicate,
    ...(withoutIdentity === undefined ? {} : { withoutIdentity: [...withoutIdentity] }),
  })
})
