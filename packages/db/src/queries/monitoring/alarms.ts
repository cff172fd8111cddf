import { type Kysely, sql } from 'kysely'
import { changesChannel } from '#src/queries/changes/announce.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** What raised an alarm. */
export type RaisedAlarm = {
  readonly jurisdiction: number
  readonly id: string
  readonly postId: number
  readonly signal: string
  readonly raisedAt: Date
  /** The hour that raised it. */
  readonly day: string
  readonly hour: number
  readonly runId: string
  readonly modelVersion: string
  readonly dataFrom: string
  readonly dataAt: Date
  readonly threshold: number
  readonly daysPerFalseAlarm: number
}

export type AlarmStepRow = {
  readonly jurisdiction: number
  readonly alarmId: string
  readonly number: number
  readonly at: Date
  /** Local day; with the jurisdiction it names the data key of the note. */
  readonly day: string
  readonly kind: string
  readonly accountId: string | null
  readonly cause: string | null
  readonly toRole: string | null
  readonly noteSealed: Buffer | null
  /** What the detector said of an hour, with `raised` and `revised`. */
  readonly numbers: object | null
}

const alarmColumns = [
  'jurisdiction',
  'id',
  'post_id as postId',
  'signal',
  'raised_at as raisedAt',
  'day',
  'hour',
  'run_id as runId',
  'model_version as modelVersion',
  'data_from as dataFrom',
  'data_at as dataAt',
  'threshold',
  'days_per_false_alarm as daysPerFalseAlarm',
] as const

const stepColumns = [
  'jurisdiction',
  'alarm_id as alarmId',
  'number',
  'at',
  'day',
  'kind',
  'account_id as accountId',
  'cause',
  'to_role as toRole',
  'note_sealed as noteSealed',
  'numbers',
] as const

export const insertAlarm = async (query: Query, alarm: RaisedAlarm): Promise<void> => {
  await query
    .insertInto('monitoring_alarms')
    .values({
      jurisdiction: alarm.jurisdiction,
      id: alarm.id,
      post_id: alarm.postId,
      signal: alarm.signal,
      raised_at: alarm.raisedAt,
      day: alarm.day,
      hour: alarm.hour,
      run_id: alarm.runId,
      model_version: alarm.modelVersion,
      data_from: alarm.dataFrom,
      data_at: alarm.dataAt,
      threshold: alarm.threshold,
      days_per_false_alarm: alarm.daysPerFalseAlarm,
    })
    .execute()
}

/** Adds a step. @returns false where somebody else has added one of that number */
export const insertAlarmStep = async (query: Query, step: AlarmStepRow): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('monitoring_alarm_steps')
    .values({
      jurisdiction: step.jurisdiction,
      alarm_id: step.alarmId,
      number: step.number,
      at: step.at,
      day: step.day,
      kind: step.kind,
      account_id: step.accountId,
      cause: step.cause,
      to_role: step.toRole,
      note_sealed: step.noteSealed,
      numbers: step.numbers === null ? null : JSON.stringify(step.numbers),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Alarms of an area, newest first. @param since  that were raised then or later, or are not closed */
export const readAlarms = (
  query: Query,
  jurisdictions: readonly number[],
  since: Date,
): Promise<RaisedAlarm[]> =>
  query
    .selectFrom('monitoring_alarms as a')
    .select(alarmColumns)
    .where('jurisdiction', 'in', jurisdictions)
    .where((row) =>
      row.or([
        row('raised_at', '>=', since),
        sql<boolean>`(select s.kind from monitoring_alarm_steps as s
          where s.jurisdiction = a.jurisdiction and s.alarm_id = a.id and s.kind in ('raised', 'close', 'reopen')
          order by s.number desc limit 1) <> 'close'`,
      ]),
    )
    .orderBy('raised_at', 'desc')
    .orderBy('id', 'desc')
    .limit(2_000)
    .execute()

export const findAlarm = (query: Query, id: string): Promise<RaisedAlarm | undefined> =>
  query.selectFrom('monitoring_alarms').select(alarmColumns).where('id', '=', id).executeTakeFirst()

/** Steps of alarms, each in its own order. */
export const readAlarmSteps = async (
  query: Query,
  alarmIds: readonly string[],
): Promise<ReadonlyMap<string, AlarmStepRow[]>> => {
  if (alarmIds.length === 0) return new Map()
  const rows = await query
    .selectFrom('monitoring_alarm_steps')
    .select(stepColumns)
    .where('alarm_id', 'in', alarmIds)
    .orderBy('alarm_id')
    .orderBy('number')
    .execute()
  return Map.groupBy(rows, (row) => row.alarmId)
}

/**
 * Tells consoles of an alarm, with the commit of its step. Other than with screenings the word goes out inside the
 * transaction: alarms are few, so that nobody queues for the lock that keeps such words in order.
 */
export const announceAlarm = async (
  query: Query,
  change: { readonly at: Date; readonly jurisdiction: number; readonly payload: object },
): Promise<void> => {
  await query
    .insertInto('outbox')
    .values({ at: change.at, jurisdiction: change.jurisdiction, payload: JSON.stringify(change.payload) })
    .execute()
  await sql`select pg_notify(${changesChannel}, '')`.execute(query)
}
