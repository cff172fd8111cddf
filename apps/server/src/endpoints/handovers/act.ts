import { actOnHandover as declaration } from '@guankou/contract/handovers/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { recordStep } from '#src/use-cases/handovers/record-step.ts'

export const handoversAct = implement(declaration, async ({ context, actor, body }) => {
  const result = await recordStep(context, actor, body)
  if (!result.ok) return result
  const { id, recordedAtMs, duplicate } = result.value
  return done({ id, recordedAt: new Date(recordedAtMs).toISOString(), duplicate })
})
