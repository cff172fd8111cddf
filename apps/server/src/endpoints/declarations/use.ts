import { useDeclaration } from '@guankou/contract/declarations/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { useDeclaration as record } from '#src/use-cases/declarations/use-declaration.ts'

export const declarationsUse = implement(useDeclaration, async ({ context, actor, body }) => {
  const result = await record(context, actor, body)
  if (!result.ok) return result
  const { id, recordedAtMs, duplicate } = result.value
  return done({ id, recordedAt: new Date(recordedAtMs).toISOString(), duplicate })
})
