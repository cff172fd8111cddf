import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type {
  AlarmFile,
  AlarmLine,
  AlarmNumbers,
  AlarmStepView,
  FalseAlarmBudget,
  FalseAlarmRecord,
  monitoringAlarm,
  monitoringAlarms,
} from '@guankou/contract/monitoring/endpoints.ts'
import { signals } from '@guankou/contract/monitoring/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import {
  type AlarmStepRow,
  findAlarm,
  readAlarmSteps,
  readAlarms,
} from '@guankou/db/queries/monitoring/alarms.ts'
import { readJudgedHours } from '@guankou/db/queries/monitoring/judged-hours.ts'
import {
  type MonitoringPolicy,
  readMonitoringPolicy,
  readThresholds,
} from '@guankou/db/queries/monitoring/policy.ts'
import { addDays, daysBetween } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { thresholdsFor } from '#src/jobs/monitoring/monitoring-settings.ts'
import { done, type Result, refused } from '#src/result.ts'
import { officerOf } from '#src/use-cases/exports/list-exports.ts'
import { keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { alarmNotePlace } from '#src/use-cases/monitoring/act-on-alarm.ts'
import {
  type AlarmCourse,
  inOrderOfUrgency,
  lineOf,
  type Names,
} from '#src/use-cases/monitoring/alarm-lines.ts'
import { monitoredHour } from '#src/use-cases/monitoring/monitored-hours.ts'

const shownDays = 90
const msPerDay = 86_400_000

const namesIn = (tx: AreaTransaction, steps: Iterable<AlarmStepRow>): Promise<Names> =>
  readAccountNames(tx, [
    ...new Set([...steps].flatMap(({ accountId }) => (accountId === null ? [] : [accountId]))),
  ])

/** What the thresholds in use promise, and the simulation that they rest on. */
const budgetOf = async (
  { reference }: ServerContext,
  tx: AreaTransaction,
  policy: MonitoringPolicy,
): Promise<FalseAlarmBudget> => {
  const { installation, posts } = reference.current()
  const newest = await readThresholds(tx, installation?.cityCode ?? 0)
  const made =
    newest !== undefined && Math.abs(newest.daysPerFalseAlarm - policy.daysPerFalseAlarm) < 1e-3
      ? newest
      : undefined
  const { daysPerFalseAlarm } = policy
  return {
    ...policy,
    thresholds: { ...thresholdsFor(made, { daysPerFalseAlarm, posts: posts.length }) },
    simulated:
      made === undefined
        ? null
        : {
            madeAt: made.madeAt.toISOString(),
            falseAlarmsPerDay: {
              value: made.falsePerDay,
              low: made.falseLow,
              high: made.falseHigh,
              level: 0.95,
            },
            falseAlarms: made.falseAlarms,
          },
  }
}

/** Alarms by post and month, beside what the budget leaves each post in as many days. */
export const falseAlarmRecord = (
  lines: readonly Pick<AlarmLine, 'postId' | 'first' | 'state' | 'cause'>[],
  { today, daysPerFalseAlarm, posts }: { today: string; daysPerFalseAlarm: number; posts: number },
): FalseAlarmRecord[] => {
  const groups = Map.groupBy(lines, ({ postId, first }) => `${first.day.slice(0, 7)}|${postId}`)
  const records = [...groups].map(([key, own]): FalseAlarmRecord => {
    const [month = '', post = ''] = key.split('|')
    const firstDay = `${month}-01`
    const nextMonth = `${addDays(firstDay, 31).slice(0, 7)}-01`
    const end = nextMonth <= today ? nextMonth : addDays(today, 1)
    const closed = own.filter(({ state }) => state === 'closed')
    return {
      postId: Number(post),
      month,
      raised: own.length,
      closed: closed.length,
      falseAlarms: closed.filter(({ cause }) => cause === 'false-alarm').length,
      trueEvents: closed.filter(({ cause }) => cause === 'true-event').length,
      budgeted: daysBetween(firstDay, end) / daysPerFalseAlarm / Math.max(1, posts),
    }
  })
  return records.sort((a, b) => b.month.localeCompare(a.month) || a.postId - b.postId)
}

/** Alarms of an area, the budget and its record. */
export const readAlarmList = async (
  context: ServerContext,
  actor: Actor,
  { area }: QueryOf<typeof monitoringAlarms>,
): Promise<Result<OutputOf<typeof monitoringAlarms>>> => {
  const { jurisdictionsIn, posts } = context.reference.current()
  const jurisdictions = jurisdictionsIn(area)
  if (jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  const nowMs = context.now()
  return inArea(context.db, actor.areaCode, async (tx) => {
    const policy = await readMonitoringPolicy(tx)
    const alarms = await readAlarms(tx, jurisdictions, new Date(nowMs - shownDays * msPerDay))
    const stepsById = await readAlarmSteps(
      tx,
      alarms.map(({ id }) => id),
    )
    const names = await namesIn(tx, [...stepsById.values()].flat())
    const lines = inOrderOfUrgency(
      alarms.map((alarm) =>
        lineOf({ alarm, steps: stepsById.get(alarm.id) ?? [] }, { actor, policy, names }),
      ),
    )
    return done({
      asOf: new Date(nowMs).toISOString(),
      budget: await budgetOf(context, tx, policy),
      alarms: lines,
      unacknowledged: lines.filter(({ state }) => state === 'raised').length,
      open: lines.filter(({ state }) => state !== 'closed').length,
      record: falseAlarmRecord(lines, {
        today: keyOwnerOf(context, area).day,
        daysPerFalseAlarm: policy.daysPerFalseAlarm,
        posts: posts.length,
      }),
    })
  })
}

const stepView = async (
  { identity }: ServerContext,
  step: AlarmStepRow,
  names: Names,
): Promise<AlarmStepView> => ({
  number: step.number,
  at: step.at.toISOString(),
  kind: step.kind as AlarmStepView['kind'],
  by: step.accountId === null ? null : officerOf(names, step.accountId),
  cause: step.cause as AlarmStepView['cause'],
  toRole: step.toRole as AlarmStepView['toRole'],
  hasNote: step.noteSealed !== null,
  note:
    step.noteSealed === null
      ? null
      : await unlessDestroyed(
          identity.sealer.open(step, alarmNotePlace(step.alarmId, step.number), step.noteSealed),
        ),
  numbers: step.numbers as AlarmNumbers | null,
})

/** Hours until a chart of a signal alarms by chance, if every chart of its signal did alike. */
const runLengthHours = (signal: string, { daysPerFalseAlarm }: MonitoringPolicy, posts: number): number => {
  const charts = posts * (signal === 'fever' ? 1 : signals.length - 1)
  return charts * 2 * 24 * daysPerFalseAlarm
}

/** One alarm with everything behind it. */
export const readAlarmFile = async (
  context: ServerContext,
  actor: Actor,
  { id }: QueryOf<typeof monitoringAlarm>,
): Promise<Result<AlarmFile>> => {
  const read = await inArea(context.db, actor.areaCode, async (tx) => {
    const alarm = await findAlarm(tx, id)
    if (alarm === undefined) return undefined
    const steps = (await readAlarmSteps(tx, [id])).get(id) ?? []
    const policy = await readMonitoringPolicy(tx)
    const span = { from: addDays(alarm.day, -1), until: addDays(alarm.day, 1), postId: alarm.postId }
    const hours = await readJudgedHours(tx, [alarm.jurisdiction], span)
    const course: AlarmCourse = { alarm, steps }
    return { course, policy, names: await namesIn(tx, steps), hours }
  })
  if (read === undefined) return refused('UNKNOWN_ALARM')
  const { course, policy, names, hours } = read
  const measure = course.alarm.signal === 'fever' ? 'febrile' : 'vehicles'
  return done({
    line: lineOf(course, { actor, policy, names }),
    steps: await Promise.all(course.steps.map((step) => stepView(context, step, names))),
    averageRunLengthHours: runLengthHours(
      course.alarm.signal,
      policy,
      context.reference.current().posts.length,
    ),
    hours: hours.map((hour) => monitoredHour(hour, measure)),
  })
}
