import { overrideScreening as declared } from '@guankou/contract/screening/decisions.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { overrideFromConsole } from '#src/use-cases/screening/override-screening.ts'

export const screeningOverride = implement(declared, async ({ context, actor, body }) => {
  const result = await overrideFromConsole(context, actor, body)
  if (!result.ok) return result
  const { id, recordedAtMs, needsSecond } = result.value
  return done({ id, recordedAt: new Date(recordedAtMs).toISOString(), needsSecond })
})
