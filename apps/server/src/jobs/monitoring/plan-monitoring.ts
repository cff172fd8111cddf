import { createHash } from 'node:crypto'
import type { Post } from '@guankou/contract/places/place.ts'
import { readOutputs } from '@guankou/db/queries/models/model-runs.ts'
import { readStateMarks, type StateMark } from '@guankou/db/queries/models/model-states.ts'
import {
  readFirstCountedDay,
  readLastJudged,
  readUnjudged,
} from '@guankou/db/queries/monitoring/counted-hours.ts'
import {
  type MonitoringPolicy,
  type MonitoringThresholds,
  readMonitoringPolicy,
  readThresholds,
} from '@guankou/db/queries/monitoring/policy.ts'
import { dayHourOf, hourNumberOf } from '@guankou/domain/monitoring/hours.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { ModelParts, RunPlan } from '#src/jobs/model-job.ts'
import { policyDays } from '#src/jobs/monitoring/city-calendar.ts'
import {
  areThresholdsOf,
  calibrationFromHours,
  calibrationKeptDays,
  graceMinutes,
  historyDays,
  lateDays,
  monitoringVersion,
  thresholdsFor,
  watchWindows,
} from '#src/jobs/monitoring/monitoring-settings.ts'

const msPerDay = 86_400_000
/** A city that is never quiet is calibrated between two looks. */
const freshForMs = 20_000
const calibrateAgainAfterMs = 3_600_000

/** What is planned: hours to judge, or thresholds to calibrate from the last state. */
export type MonitoringNeeds = {
  readonly does: 'judge' | 'calibrate'
  readonly posts: readonly Post[]
  readonly postsDigest: Buffer
  readonly policy: MonitoringPolicy
  readonly thresholds: { readonly fever: number; readonly flow: number }
  /** Days on which rules or risk areas changed. */
  readonly eventDays: readonly string[]
  /** The state to go on from, and the first hour to judge. */
  readonly from: StateMark | undefined
  readonly firstHour: number
  /** The first hour that is not over, and the present one. */
  readonly firstRunning: number
  readonly presentHour: number
}

/** The part of a state is its last hour, in digits that sort. */
export const partOf = (hour: number): string => String(hour).padStart(9, '0')

/** What a state after an hour rests on besides counts: a state with another digest is not gone on from. */
export const stateDigest = (postsDigest: Buffer, eventDays: readonly string[], hour: number): Buffer => {
  const { day } = dayHourOf(hour)
  const known = eventDays.filter((each) => each <= day)
  return createHash('sha256')
    .update(postsDigest)
    .update(JSON.stringify([known, watchWindows]))
    .digest()
}

/** Names the posts that thresholds and states are of. */
export const digestOfPosts = (posts: readonly Post[]): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(posts.map(({ id }) => id)))
    .digest()

/** Hours go first: calibrating takes its time, and what just came is not to wait for it. */
const areHoursFresh = async ({ db, city }: ModelParts, inputs: string): Promise<boolean> => {
  const [shown] = await readOutputs(db.query, [city.code], { model: 'monitoring', part: '' })
  if (shown === undefined) return false
  const same = (shown.parameters as { inputs?: unknown }).inputs === inputs
  return same || city.nowMs - shown.computedAt.getTime() < freshForMs
}

const present = (timeZone: string, nowMs: number): number => {
  const { day, slot } = daySlotOf(timeZone, nowMs)
  return hourNumberOf(day, Math.floor(slot / 3))
}

/** When a server last tried to calibrate each of its databases: what fails is not tried every minute. */
const calibratedAtMs = new Map<string, number>()

const isCalibrationDue = (
  { db, city }: ModelParts,
  made: MonitoringThresholds | undefined,
  wanted: { daysPerFalseAlarm: number; postsDigest: Buffer; shownHours: number },
): boolean => {
  if (wanted.shownHours < calibrationFromHours) return false
  const fits =
    areThresholdsOf(made, wanted) && city.nowMs - made.madeAt.getTime() < calibrationKeptDays * msPerDay
  if (fits || city.nowMs - (calibratedAtMs.get(db.url) ?? 0) < calibrateAgainAfterMs) return false
  calibratedAtMs.set(db.url, city.nowMs)
  return true
}

const firstToJudge = async ({ db, city }: ModelParts, firstRunning: number) => {
  const span = { from: addDays(city.today, -lateDays), until: city.today }
  const unjudged = await readUnjudged(db.query, city.areas, span)
  const last = await readLastJudged(db.query, city.areas)
  const changed =
    unjudged.day === null || unjudged.hour === null ? firstRunning : hourNumberOf(unjudged.day, unjudged.hour)
  const next = last === undefined ? changed : hourNumberOf(last.day, last.hour) + 1
  return { counted: unjudged.counted, wanted: Math.min(changed, next, firstRunning) }
}

/** Which hours to judge, and the state to go on from: the last one that still holds and ends before them. */
const hoursToJudge = async (
  parts: ModelParts,
  {
    firstDay,
    postsDigest,
    eventDays,
  }: Pick<MonitoringNeeds, 'postsDigest' | 'eventDays'> & { firstDay: string },
) => {
  const { db, city } = parts
  const firstRunning = present(city.timeZone, city.nowMs - graceMinutes * 60_000)
  const { counted, wanted } = await firstToJudge(parts, firstRunning)
  const owner = { jurisdiction: city.code, model: 'monitoring', modelVersion: monitoringVersion }
  const marks = await readStateMarks(db.query, owner)
  const from = marks.find(
    ({ part, digest }) =>
      Number(part) < wanted && digest.equals(stateDigest(postsDigest, eventDays, Number(part))),
  )
  const firstHour = from === undefined ? hourNumberOf(firstDay, 0) : Number(from.part) + 1
  const presentHour = present(city.timeZone, city.nowMs)
  return { counted, wanted, hours: { from, firstHour, firstRunning, presentHour } }
}

/** Looks at what has been counted since it was last judged. Cheap: two queries over two weeks of roll-ups. */
export const planMonitoring = async (parts: ModelParts): Promise<RunPlan<MonitoringNeeds> | null> => {
  const { db, reference, city } = parts
  const posts = reference.posts.filter(({ jurisdiction }) => city.areas.includes(jurisdiction))
  const firstDay = await readFirstCountedDay(db.query, city.areas, addDays(city.today, -historyDays))
  if (posts.length === 0 || firstDay === undefined) return null
  const policy = await readMonitoringPolicy(db.query)
  const { daysPerFalseAlarm } = policy
  const made = await readThresholds(db.query, city.code)
  const postsDigest = digestOfPosts(posts)
  const postsName = postsDigest.toString('hex')
  const eventDays = policyDays(reference.responses)
  const { counted, wanted, hours } = await hoursToJudge(parts, { firstDay, postsDigest, eventDays })
  const { from, firstRunning, presentHour } = hours
  const fits = areThresholdsOf(made, { daysPerFalseAlarm, postsDigest }) ? made : undefined
  const thresholds = thresholdsFor(fits, { daysPerFalseAlarm, posts: posts.length })
  const limits = [thresholds.fever, thresholds.flow]
  const judging = [counted, presentHour, firstRunning, wanted, ...limits, postsName.slice(0, 12)].join('|')
  const isUpToDate = from !== undefined && Number(from.part) === firstRunning - 1
  const shownHours = firstRunning - hourNumberOf(firstDay, 0)
  const calibrates =
    isUpToDate &&
    (await areHoursFresh(parts, judging)) &&
    isCalibrationDue(parts, made, { daysPerFalseAlarm, postsDigest, shownHours })
  const does = calibrates ? 'calibrate' : 'judge'
  return {
    part: calibrates ? 'thresholds' : '',
    dataFrom: firstDay,
    dataUntil: city.today,
    parameters: { daysPerFalseAlarm, thresholds, ...watchWindows, calibrated: fits !== undefined },
    inputs: calibrates ? `${daysPerFalseAlarm}|${postsName}|${firstRunning}` : judging,
    needs: { does, posts, postsDigest, policy, thresholds, eventDays, ...hours },
  }
}
