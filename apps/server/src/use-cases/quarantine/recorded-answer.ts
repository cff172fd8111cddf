import { done, type Result } from '#src/result.ts'
import type { RecordedQuarantine } from '#src/use-cases/quarantine/record-order.ts'

/** What was recorded, as the contract answers it. */
export const recordedAnswer = (result: Result<RecordedQuarantine>) => {
  if (!result.ok) return result
  const { id, recordedAtMs, duplicate } = result.value
  return done({ id, recordedAt: new Date(recordedAtMs).toISOString(), duplicate })
}
