import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import type { StoredScreening } from '@guankou/db/queries/screening/insert-screenings.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import { aReference, aScreening } from './screening.ts'

/** Account under which the factory's screenings are recorded. */
export const anAccountId = '018f0000-0000-7000-8000-00000000000a'

const bytes = (length: number, fill: number): Buffer => Buffer.alloc(length, fill)

/**
 * A screening as the batch writer takes it, decided by the domain; what stands for sealed fields and digests is filler.
 * @throws Error where the domain refuses the command
 */
export const aStoredScreening = (
  command: RecordScreening = aScreening(),
  overrides: Partial<StoredScreening> = {},
): StoredScreening => {
  const recordedAtMs = Date.parse(command.occurredAt) + 1_000
  const decided = decideScreening(aReference(), command, recordedAtMs)
  if (!decided.ok) throw new Error(`refused: ${decided.refusal.code} ${decided.refusal.path ?? ''}`)
  return {
    fact: decided.fact,
    recordedAtMs,
    accountId: anAccountId,
    deviceId: null,
    contentDigest: bytes(16, 1),
    plate: bytes(40, 2),
    plateDigest: bytes(16, 3),
    service: null,
    serviceDigest: null,
    identities: decided.fact.travellers.map(() => ({
      document: bytes(45, 4),
      documentDigest: bytes(16, 5),
      name: bytes(40, 6),
      phone: null,
      phoneDigest: null,
    })),
    ...overrides,
  }
}
