import { recordPostFact } from '@guankou/contract/posts/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { recordPostFact as record } from '#src/use-cases/posts/record-post-fact.ts'

export const postsRecord = implement(recordPostFact, async ({ context, actor, body }) => {
  const result = await record(context, actor, body)
  if (!result.ok) return result
  const { id, recordedAtMs, duplicate } = result.value
  return done({ id, recordedAt: new Date(recordedAtMs).toISOString(), duplicate })
})
