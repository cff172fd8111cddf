import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { pruneRuns } from '@guankou/db/queries/models/model-runs.ts'
import {
  pruneStates,
  readState,
  type StateOwner,
  writeState,
} from '@guankou/db/queries/models/model-states.ts'
import { readCountedHours } from '@guankou/db/queries/monitoring/counted-hours.ts'
import {
  type JudgedHour,
  pruneJudgedHours,
  writeJudgedHours,
} from '@guankou/db/queries/monitoring/judged-hours.ts'
import { insertThresholds } from '@guankou/db/queries/monitoring/policy.ts'
import { dropStatesFrom } from '@guankou/db/queries/monitoring/states.ts'
import { dayHourOf } from '@guankou/domain/monitoring/hours.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import type { HourCounts } from '@guankou/models/monitoring/watch-hour.ts'
import { defineModelJob, type ModelRun, type RunResults } from '#src/jobs/model-job.ts'
import { hourOfWeekOf, isPolicyHour } from '#src/jobs/monitoring/city-calendar.ts'
import type { Folded, HourToJudge, JudgedPostHour } from '#src/jobs/monitoring/fold-city.ts'
import { forecastFlows } from '#src/jobs/monitoring/forecast-flows.ts'
import {
  historyDays,
  lateDays,
  monitoringVersion,
  watchWindows,
} from '#src/jobs/monitoring/monitoring-settings.ts'
import {
  type MonitoringNeeds,
  partOf,
  planMonitoring,
  stateDigest,
} from '#src/jobs/monitoring/plan-monitoring.ts'
import { type RaisingRun, raiseAlarms, raisedWithinHours } from '#src/jobs/monitoring/raise-alarms.ts'

type Run = ModelRun<MonitoringNeeds>

/** Hours that are judged between two commits: what a killed server loses at most. */
const hoursOfStep = 7 * 24
const msPerDay = 86_400_000

const ownerOf = ({ city }: Pick<Run, 'city'>): StateOwner => ({
  jurisdiction: city.code,
  model: 'monitoring',
  modelVersion: monitoringVersion,
})

const hoursToJudge = async (run: Run, first: number, last: number): Promise<HourToJudge[]> => {
  if (last < first) return []
  const span = { from: dayHourOf(first).day, until: dayHourOf(last).day }
  const rows = await readCountedHours(run.db.query, run.city.areas, span)
  const byHour = Map.groupBy(rows, ({ day, hour }) => `${day} ${hour}`)
  return Array.from({ length: last - first + 1 }, (_, index): HourToJudge => {
    const number = first + index
    const { day, hour } = dayHourOf(number)
    const counts: Record<string, HourCounts> = {}
    for (const { postId, vehicles, travellers, febrile } of byHour.get(`${day} ${hour}`) ?? [])
      counts[String(postId)] = { vehicles, travellers, febrile }
    return {
      number,
      hourOfWeek: hourOfWeekOf(number),
      isEvent: isPolicyHour(number, run.plan.needs.eventDays),
      counts,
    }
  })
}

/** States are kept after the last hour and at the ends of days that late records may still change. */
const hoursToKeep = (run: Run, first: number, last: number): number[] => {
  const { firstRunning } = run.plan.needs
  const kept: number[] = []
  for (let hour = first; hour <= last; hour++) {
    const isEndOfDay = dayHourOf(hour).hour === 23 && firstRunning - hour < (lateDays + 2) * 24
    if (isEndOfDay || hour === last) kept.push(hour)
  }
  return kept
}

const jurisdictionOf = ({ reference }: Run, post: string): number =>
  reference.post(Number(post))?.jurisdiction ?? 0

const rowsOf = (run: Run, judged: readonly JudgedPostHour[]): JudgedHour[] =>
  judged.map((each) => {
    const [fever, high, low] = each.detections
    return {
      ...dayHourOf(each.number),
      ...each.counts,
      jurisdiction: jurisdictionOf(run, each.post),
      postId: Number(each.post),
      isOver: each.isOver,
      expected: each.expected,
      scores: [fever.score, high.score, low.score],
      alarms: [fever.alarm, high.alarm, low.alarm],
    }
  })

const raisingRun = (run: Run): RaisingRun => {
  const { needs } = run.plan
  return {
    runId: run.id,
    modelVersion: monitoringVersion,
    dataFrom: run.plan.dataFrom,
    nowMs: run.city.nowMs,
    timeZone: run.city.timeZone,
    areas: run.city.areas,
    thresholds: needs.thresholds,
    windowHours: { fever: watchWindows.feverWindowHours, flow: watchWindows.flowWindowHours },
    daysPerFalseAlarm: needs.policy.daysPerFalseAlarm,
    jurisdictionOf: (postId) => run.reference.post(postId)?.jurisdiction,
  }
}

const writeFolded = async (tx: AreaTransaction, run: Run, folded: Folded): Promise<void> => {
  const { needs } = run.plan
  await writeJudgedHours(tx, rowsOf(run, folded.judged))
  for (const { number, content } of folded.states)
    await writeState(tx, ownerOf(run), {
      part: partOf(number),
      digest: stateDigest(needs.postsDigest, needs.eventDays, number),
      content: Buffer.from(content),
      notedAt: new Date(run.city.nowMs),
    })
  const recent = folded.judged.filter(({ number }) => needs.presentHour - number <= raisedWithinHours)
  const { raised } = await raiseAlarms(tx, recent, raisingRun(run))
  if (raised > 0) run.log.info({ raised, runId: run.id }, 'alarms were raised')
}

/** Drops states that rest on what was counted before late records came, and those that were kept to go on from. */
const dropLaterStates = (tx: AreaTransaction, run: Run): Promise<void> =>
  dropStatesFrom(tx, ownerOf(run), partOf(run.plan.needs.firstHour))

const judge = async (run: Run): Promise<RunResults> => {
  const { needs } = run.plan
  const { firstHour, firstRunning, presentHour } = needs
  const posts = needs.posts.map(({ id }) => String(id))
  const settings = { ...watchWindows, thresholds: needs.thresholds }
  let state =
    needs.from === undefined ? null : ((await readState(run.db.query, ownerOf(run), needs.from.part)) ?? null)
  const order = { posts, settings, running: [] }
  let first = firstHour
  for (; firstRunning - first > hoursOfStep; first += hoursOfStep) {
    const last = first + hoursOfStep - 1
    const hours = await hoursToJudge(run, first, last)
    const folded = await run.compute('monitoring.fold', {
      ...order,
      state,
      hours,
      keep: hoursToKeep(run, first, last),
    })
    state = Buffer.from(folded.states.at(-1)?.content ?? [])
    await run.step((last - firstHour) / (presentHour - firstHour + 1), async (tx) => {
      if (last - hoursOfStep < firstHour) await dropLaterStates(tx, run)
      await writeFolded(tx, run, folded)
    })
  }
  const last = firstRunning - 1
  const folded = await run.compute('monitoring.fold', {
    ...order,
    state,
    hours: await hoursToJudge(run, first, last),
    keep: hoursToKeep(run, first, last),
    running: await hoursToJudge(run, firstRunning, presentHour),
  })
  // What is unusual is said at once; what is to come may take some seconds.
  await run.step(0.5, async (tx) => {
    if (first === firstHour && first <= last) await dropLaterStates(tx, run)
    await writeFolded(tx, run, folded)
  })
  const writeForecasts = await forecastFlows(run)
  return { areas: run.city.areas, write: async (tx) => writeForecasts?.(tx) }
}

/** A city so quiet that the simulation sees too few false alarms keeps the thresholds it has. */
const leavingThresholds =
  ({ log, id }: Run) =>
  (error: unknown): undefined => {
    if (!(error instanceof RangeError)) throw error
    log.info({ err: error, runId: id }, 'too little has been counted to calibrate thresholds')
  }

const calibrate = async (run: Run): Promise<RunResults> => {
  const { needs } = run.plan
  const state = needs.from && (await readState(run.db.query, ownerOf(run), needs.from.part))
  if (state === undefined) throw new Error('there is no state to calibrate from')
  const made = await run
    .compute('monitoring.calibrate', {
      state,
      posts: needs.posts.map(({ id }) => String(id)),
      settings: watchWindows,
      daysPerFalseAlarm: needs.policy.daysPerFalseAlarm,
    })
    .catch(leavingThresholds(run))
  if (made === undefined) return { areas: [run.city.code], write: async () => {} }
  const { fever, flow } = made
  const perDay = (of: 'perPoint' | 'low95' | 'high95'): number => (fever[of] + flow[of]) * 24
  return {
    areas: [run.city.code],
    write: (tx) =>
      insertThresholds(tx, run.city.code, {
        madeAt: new Date(run.city.nowMs),
        modelVersion: monitoringVersion,
        daysPerFalseAlarm: needs.policy.daysPerFalseAlarm,
        postsDigest: needs.postsDigest,
        fever: fever.cArl,
        flow: flow.cArl,
        falsePerDay: perDay('perPoint'),
        falseLow: perDay('low95'),
        falseHigh: perDay('high95'),
        falseAlarms: fever.alarms + flow.alarms,
      }),
  }
}

/**
 * Watches every post: judges each hour when it is over and the one that is under way as records arrive, goes back to hours that
 * records came late for, forecasts the next two days, and calibrates its thresholds to the budget.
 */
export const monitoringJob = defineModelJob<MonitoringNeeds>({
  model: 'monitoring',
  version: monitoringVersion,
  plan: planMonitoring,
  work: (run) => (run.plan.needs.does === 'calibrate' ? calibrate(run) : judge(run)),
  prune: async ({ db, city }) => {
    const today = Date.parse(`${city.today}T00:00:00Z`)
    const owner = { jurisdiction: city.code, model: 'monitoring', modelVersion: monitoringVersion }
    await pruneStates(db.query, owner, partOf((today / msPerDay - lateDays - 2) * 24))
    await pruneJudgedHours(db.query, addDays(city.today, -Math.max(historyDays, 400)))
    await pruneRuns(db.query, 'monitoring', new Date(city.nowMs - msPerDay))
  },
})
