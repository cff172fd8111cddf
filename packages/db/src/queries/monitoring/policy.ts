import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** What the city decided about its alarms. */
export type MonitoringPolicy = { readonly daysPerFalseAlarm: number; readonly escalateAfterMinutes: number }

export const readMonitoringPolicy = (query: Query): Promise<MonitoringPolicy> =>
  query
    .selectFrom('monitoring_policy')
    .select(['days_per_false_alarm as daysPerFalseAlarm', 'escalate_after_minutes as escalateAfterMinutes'])
    .executeTakeFirstOrThrow()

export const writeMonitoringPolicy = async (
  query: Query,
  policy: MonitoringPolicy,
  changed: { readonly at: Date; readonly by: string },
): Promise<void> => {
  await query
    .updateTable('monitoring_policy')
    .set({
      days_per_false_alarm: policy.daysPerFalseAlarm,
      escalate_after_minutes: policy.escalateAfterMinutes,
      changed_at: changed.at,
      changed_by: changed.by,
    })
    .execute()
}

/** Thresholds that hold a budget, with the simulation that they rest on. */
export type MonitoringThresholds = {
  readonly madeAt: Date
  readonly modelVersion: string
  readonly daysPerFalseAlarm: number
  readonly postsDigest: Buffer
  readonly fever: number
  readonly flow: number
  readonly falsePerDay: number
  readonly falseLow: number
  readonly falseHigh: number
  readonly falseAlarms: number
}

/** The newest of a city. */
export const readThresholds = (
  query: Query,
  jurisdiction: number,
): Promise<MonitoringThresholds | undefined> =>
  query
    .selectFrom('monitoring_thresholds')
    .select([
      'made_at as madeAt',
      'model_version as modelVersion',
      'days_per_false_alarm as daysPerFalseAlarm',
      'posts_digest as postsDigest',
      'fever',
      'flow',
      'false_per_day as falsePerDay',
      'false_low as falseLow',
      'false_high as falseHigh',
      'false_alarms as falseAlarms',
    ])
    .where('jurisdiction', '=', jurisdiction)
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst()

export const insertThresholds = async (
  query: Query,
  jurisdiction: number,
  made: MonitoringThresholds,
): Promise<void> => {
  await query
    .insertInto('monitoring_thresholds')
    .values({
      jurisdiction,
      made_at: made.madeAt,
      model_version: made.modelVersion,
      days_per_false_alarm: made.daysPerFalseAlarm,
      posts_digest: made.postsDigest,
      fever: made.fever,
      flow: made.flow,
      false_per_day: made.falsePerDay,
      false_low: made.falseLow,
      false_high: made.falseHigh,
      false_alarms: made.falseAlarms,
    })
    .execute()
}
