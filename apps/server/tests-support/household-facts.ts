import type {
  HouseholdHappening,
  RecordHouseholdFact,
} from '@guankou/contract/households/record-household-fact.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'
import { minutesAgo } from './post-facts.ts'

let serial = 0

/** A command about a household of the first district, ten minutes ago unless told otherwise; alone it is a new household. */
export const aHouseholdFact = (
  happening: HouseholdHappening,
  overrides: Partial<RecordHouseholdFact> = {},
): RecordHouseholdFact => {
  const occurredAt = overrides.occurredAt ?? minutesAgo(10)
  serial += 1
  const id = uuidV7FromRandom(Date.parse(occurredAt), streamOf(4_000_000 + serial))
  return {
    kind: 'households.record',
    schemaVersion: 1,
    id,
    jurisdiction: 440402,
    householdId: id,
    occurredAt,
    responseId: 'covid-19-like',
    happening,
    ...overrides,
  }
}
