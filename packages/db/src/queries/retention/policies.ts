import type { RetentionDays } from '@guankou/contract/retention/policy.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type RetentionPolicy = RetentionDays & {
  readonly responseId: string
  readonly version: number
  readonly decidedAt: Date
  readonly decidedBy: string
}

/** The newest policy of each response that has decided on one. */
export const readRetentionPolicies = async (query: Query): Promise<RetentionPolicy[]> =>
  query
    .selectFrom('retention_policies')
    .distinctOn('response_id')
    .select([
      'response_id as responseId',
      'version',
      'identity_days as identityDays',
      'health_days as healthDays',
      'decided_at as decidedAt',
      'decided_by as decidedBy',
    ])
    .orderBy('response_id')
    .orderBy('version', 'desc')
    .execute()

/** Adds the next version of a policy. @throws the database's error where two add the same version at once */
export const insertRetentionPolicy = async (query: Query, policy: RetentionPolicy): Promise<void> => {
  await query
    .insertInto('retention_policies')
    .values({
      response_id: policy.responseId,
      version: policy.version,
      identity_days: policy.identityDays,
      health_days: policy.healthDays,
      decided_at: policy.decidedAt,
      decided_by: policy.decidedBy,
    })
    .execute()
}
