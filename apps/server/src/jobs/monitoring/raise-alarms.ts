import type { AlarmNumbers } from '@guankou/contract/monitoring/endpoints.ts'
import { signals } from '@guankou/contract/monitoring/vocabulary.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  type AlarmStepRow,
  announceAlarm,
  insertAlarm,
  insertAlarmStep,
  type RaisedAlarm,
  readAlarmSteps,
  readAlarms,
} from '@guankou/db/queries/monitoring/alarms.ts'
import { dayHourOf, hourNumberOf } from '@guankou/domain/monitoring/hours.ts'
import { type EarlierAlarm, raisingOf } from '@guankou/domain/monitoring/raising.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { v7 } from 'uuid'
import type { JudgedPostHour } from '#src/jobs/monitoring/fold-city.ts'
import { alarmChange } from '#src/use-cases/monitoring/alarm-change.ts'
import { alarmFacts } from '#src/use-cases/monitoring/alarm-facts.ts'

/** What alarms of one run have in common. */
export type RaisingRun = {
  readonly runId: string
  readonly modelVersion: string
  readonly dataFrom: string
  readonly nowMs: number
  readonly timeZone: string
  readonly areas: readonly number[]
  readonly thresholds: { readonly fever: number; readonly flow: number }
  readonly windowHours: { readonly fever: number; readonly flow: number }
  readonly daysPerFalseAlarm: number
  readonly jurisdictionOf: (postId: number) => number | undefined
}

const earlierDays = 45
const msPerDay = 86_400_000

/** Hours that lie further back raise nothing any more: what is detected there is history. */
export const raisedWithinHours = 7 * 24

type Course = { readonly alarm: RaisedAlarm; readonly steps: AlarmStepRow[] }

const earlierOf = ({ alarm, steps }: Course, timeZone: string): EarlierAlarm => {
  const { state, closedAtMs } = alarmFacts(steps)
  const last = steps.findLast((step) => step.numbers !== null)?.numbers as AlarmNumbers
  const closed = closedAtMs === null ? null : daySlotOf(timeZone, closedAtMs)
  return {
    id: alarm.id,
    state,
    firstHour: hourNumberOf(alarm.day, alarm.hour),
    lastHour: hourNumberOf(last.day, last.hour),
    lastObserved: last.observed,
    closedHour: closed === null ? null : hourNumberOf(closed.day, Math.floor(closed.slot / 3)),
  }
}

const numbersOf = (judged: JudgedPostHour, chart: 0 | 1 | 2, threshold: number): AlarmNumbers => {
  const { observed, expected, bound, score } = judged.detections[chart]
  const interval = judged.expected[chart === 0 ? 'febrile' : 'vehicles']
  return {
    ...dayHourOf(judged.number),
    isOver: judged.isOver,
    observed,
    expected,
    low90: interval.low,
    high90: interval.high,
    bound,
    score,
    threshold,
    travellers: judged.counts.travellers,
  }
}

type Raise = { readonly judged: JudgedPostHour; readonly chart: 0 | 1 | 2; readonly jurisdiction: number }

const detectionsOf = (judged: readonly JudgedPostHour[], run: RaisingRun): Raise[] =>
  judged.flatMap((hour) =>
    ([0, 1, 2] as const).flatMap((chart) => {
      const jurisdiction = run.jurisdictionOf(Number(hour.post))
      if (!hour.detections[chart].alarm || jurisdiction === undefined) return []
      return [{ judged: hour, chart, jurisdiction }]
    }),
  )

const stepOf = (
  course: Pick<RaisedAlarm, 'jurisdiction' | 'id'> & { readonly number: number },
  run: RaisingRun,
  told: { readonly kind: 'raised' | 'revised'; readonly numbers: AlarmNumbers },
): AlarmStepRow => ({
  ...told,
  jurisdiction: course.jurisdiction,
  alarmId: course.id,
  number: course.number,
  at: new Date(run.nowMs),
  day: daySlotOf(run.timeZone, run.nowMs).day,
  accountId: null,
  cause: null,
  toRole: null,
  noteSealed: null,
})

const beginAlarm = async (tx: AreaTransaction, raise: Raise, run: RaisingRun): Promise<Course> => {
  const { judged, chart, jurisdiction } = raise
  const threshold = chart === 0 ? run.thresholds.fever : run.thresholds.flow
  const alarm: RaisedAlarm = {
    ...dayHourOf(judged.number),
    jurisdiction,
    id: v7({ msecs: run.nowMs }),
    postId: Number(judged.post),
    signal: signals[chart],
    raisedAt: new Date(run.nowMs),
    runId: run.runId,
    modelVersion: run.modelVersion,
    dataFrom: run.dataFrom,
    dataAt: new Date(run.nowMs),
    threshold,
    daysPerFalseAlarm: run.daysPerFalseAlarm,
  }
  const numbers = numbersOf(judged, chart, threshold)
  const step = stepOf({ ...alarm, number: 1 }, run, { kind: 'raised', numbers })
  await insertAlarm(tx, alarm)
  await insertAlarmStep(tx, step)
  const entry = {
    accountId: null,
    deviceId: null,
    action: 'monitoring.raise',
    subject: alarm.id,
    outcome: 'raised',
    detail: `${alarm.signal} at post ${alarm.postId}`,
  }
  await recordAudit(executeIn(tx), jurisdiction, [entry], run.nowMs)
  return { alarm, steps: [step] }
}

const readCourses = async (tx: AreaTransaction, run: RaisingRun): Promise<Course[]> => {
  const alarms = await readAlarms(tx, run.areas, new Date(run.nowMs - earlierDays * msPerDay))
  const stepsById = await readAlarmSteps(
    tx,
    alarms.map(({ id }) => id),
  )
  return alarms.map((alarm) => ({ alarm, steps: stepsById.get(alarm.id) ?? [] }))
}

/** Gives an alarm its new numbers. @returns whether this was the step that its course lacked */
const reviseAlarm = async (
  tx: AreaTransaction,
  { alarm, steps }: Course,
  { judged, chart }: Raise,
  run: RaisingRun,
): Promise<boolean> => {
  const numbers = numbersOf(judged, chart, alarm.threshold)
  const step = stepOf({ ...alarm, number: steps.length + 1 }, run, { kind: 'revised', numbers })
  if (!(await insertAlarmStep(tx, step))) return false
  steps.push(step)
  return true
}

/** Raises one detection or adds it to its alarm. @returns the course it changed, if any; a new one is not among `courses` */
const raiseOne = async (
  tx: AreaTransaction,
  raise: Raise,
  courses: readonly Course[],
  run: RaisingRun,
): Promise<Course | undefined> => {
  const { judged, chart } = raise
  const own = courses.filter(
    ({ alarm }) => alarm.postId === Number(judged.post) && alarm.signal === signals[chart],
  )
  const { observed } = judged.detections[chart]
  const raising = raisingOf(
    own.map((course) => earlierOf(course, run.timeZone)),
    { hour: judged.number, observed, isOver: judged.isOver },
    chart === 0 ? run.windowHours.fever : run.windowHours.flow,
  )
  if (raising.is === 'known') return undefined
  if (raising.is === 'new') return await beginAlarm(tx, raise, run)
  const course = own.find(({ alarm }) => alarm.id === raising.id)
  if (course === undefined || !(await reviseAlarm(tx, course, raise, run))) return undefined
  return course
}

/**
 * Raises what charts detected, or adds it to the alarm that it belongs to, in the transaction that writes the hours. Who
 * calls it is alone at it, see `ModelRunner`; so that one event is raised once.
 * @returns how many were raised and how many were given new numbers
 */
export const raiseAlarms = async (
  tx: AreaTransaction,
  judged: readonly JudgedPostHour[],
  run: RaisingRun,
): Promise<{ readonly raised: number; readonly revised: number }> => {
  const detections = detectionsOf(judged, run)
  if (detections.length === 0) return { raised: 0, revised: 0 }
  const earlier = await readCourses(tx, run)
  const begun: Course[] = []
  const changed = new Set<Course>()
  for (const raise of detections) {
    const courses = [...earlier, ...begun]
    const course = await raiseOne(tx, raise, courses, run)
    if (course === undefined) continue
    if (!courses.includes(course)) begun.push(course)
    changed.add(course)
  }
  const at = new Date(run.nowMs)
  for (const { alarm, steps } of changed)
    await announceAlarm(tx, {
      at,
      jurisdiction: alarm.jurisdiction,
      payload: alarmChange(alarm, steps, at),
    })
  return { raised: begun.length, revised: changed.size - begun.length }
}
