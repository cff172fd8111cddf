import type { Response } from '@guankou/contract/responses/response.ts'
import {
  defaultRetentionDays,
  type RetainedClass,
  type RetentionDays,
} from '@guankou/contract/retention/policy.ts'
import { addDays } from '#src/places/calendar.ts'

/** How long a response keeps, where it has decided so. */
export type PolicyOf = (responseId: string) => RetentionDays | undefined

type Collecting = Pick<Response, 'id' | 'collectionFrom' | 'collectionUntil'>

/**
 * How long the records of a day are kept. The keys of a day serve every response that collected on it, so the longest
 * of theirs counts; a day on which none did is kept as long as the defaults say.
 */
export const retentionOfDay = (
  responses: readonly Collecting[],
  policyOf: PolicyOf,
  day: string,
): RetentionDays => {
  const collecting = responses.filter(
    ({ collectionFrom, collectionUntil }) => collectionFrom <= day && day <= collectionUntil,
  )
  const policies = collecting.map(({ id }) => policyOf(id) ?? defaultRetentionDays)
  if (policies.length === 0) return defaultRetentionDays
  return {
    identityDays: Math.max(...policies.map((policy) => policy.identityDays)),
    healthDays: Math.max(...policies.map((policy) => policy.healthDays)),
  }
}

/**
 * The first day on which what a day holds is to be destroyed.
 * @param day  local day of the records   @param firstKeptOn  day on which the first of them arrived: what was entered
 *   late, such as from paper, is kept as long as the rest
 * @example destroyFrom('identity', '2020-01-23', '2020-01-23', { identityDays: 28, healthDays: 180 }) // '2020-02-21'
 */
export const destroyFrom = (
  dataClass: RetainedClass,
  day: string,
  firstKeptOn: string,
  { identityDays, healthDays }: RetentionDays,
): string => {
  const start = firstKeptOn > day ? firstKeptOn : day
  return addDays(start, (dataClass === 'identity' ? identityDays : healthDays) + 1)
}
