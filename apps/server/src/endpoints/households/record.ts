import { recordHouseholdFact as declared } from '@guankou/contract/households/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { recordHouseholdFact } from '#src/use-cases/households/record-household-fact.ts'

export const householdsRecord = implement(declared, async ({ context, actor, body }) => {
  const result = await recordHouseholdFact(context, actor, body)
  if (!result.ok) return result
  const { id, recordedAtMs, duplicate } = result.value
  return done({ id, recordedAt: new Date(recordedAtMs).toISOString(), duplicate })
})
