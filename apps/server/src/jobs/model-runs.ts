import type { ModelName } from '@guankou/contract/models/model-stamp.ts'
import type { Database } from '@guankou/db/database.ts'
import {
  failRun,
  insertRun,
  noteProgress,
  pruneRuns,
  publishRun,
  type RunKey,
  type RunSubject,
  readLatestRun,
  readOutputs,
  resumeRun,
} from '@guankou/db/queries/models/model-runs.ts'
import { aloneAt } from '@guankou/db/queries/models/run-lock.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { Logger } from 'pino'
import { v7 } from 'uuid'
import {
  type ModelJob,
  type ModelParts,
  type ModelRun,
  type RunPlan,
  RunStopped,
} from '#src/jobs/model-job.ts'
import { createNumericsThread, type NumericsThread } from '#src/jobs/numerics/numerics-thread.ts'
import type { ReferenceCache } from '#src/reference/reference-cache.ts'

const everyMs = 60_000
/** What arrives within this time is computed at once. */
const gatherMs = 5_000
const mostAttempts = 3
/** After this a run that failed is tried again with the same inputs. */
const againAfterMs = 15 * 60_000
const keepRunsMs = 30 * 86_400_000

export type ModelRunner = {
  /** Looks every minute from now on. What only writes facts leaves it, and computes nothing. */
  readonly start: () => void
  /** Says that something arrived which a model computes from. Returns at once. */
  readonly kick: (model: ModelName) => void
  /** Looks at every model now. Resolves when what was due is done. */
  readonly runOnce: () => Promise<void>
  /** Ends with the step that is committed; the rest is done after the next start. */
  readonly stop: () => Promise<void>
}

export type RunnerParts = {
  readonly db: Database
  readonly reference: ReferenceCache
  readonly now: () => number
  readonly log: Logger
  readonly jobs: readonly ModelJob[]
}

type Occasion = RunSubject['occasion']

const modelParts = ({ db, reference, now, log }: RunnerParts): ModelParts | undefined => {
  const current = reference.current()
  const city = current.jurisdictions.find(({ code }) => code === current.installation?.cityCode)
  if (city === undefined) return undefined
  const nowMs = now()
  const areas = current.jurisdictions.filter(({ code }) => liesIn(code, city.code)).map(({ code }) => code)
  const today = daySlotOf(city.timeZone, nowMs).day
  return {
    db,
    reference: current,
    log,
    city: { code: city.code, areas, timeZone: city.timeZone, today, nowMs },
  }
}

const inputsOf = (parameters: object): unknown => (parameters as { inputs?: unknown }).inputs

/** Whether what is planned is shown already, or failed a moment ago. */
const isNotDue = async (
  { db, city }: ModelParts,
  { model, version }: ModelJob,
  plan: RunPlan<unknown>,
): Promise<boolean> => {
  const [shown] = await readOutputs(db.query, [city.code], { model, part: plan.part })
  if (shown?.version === version && inputsOf(shown.parameters) === plan.inputs) return true
  const latest = await readLatestRun(db.query, city.code, model)
  return (
    latest?.state === 'failed' &&
    inputsOf(latest.parameters) === plan.inputs &&
    city.nowMs - latest.notedAt.getTime() < againAfterMs
  )
}

/** Takes up the run that was cut off, if it was about the same, else begins one. */
const beginRun = async (
  { db, city }: ModelParts,
  { model }: ModelJob,
  subject: RunSubject,
): Promise<RunKey | undefined> => {
  const at = new Date(city.nowMs)
  const latest = await readLatestRun(db.query, city.code, model)
  const keyOf = (id: string): RunKey => ({ jurisdiction: city.code, model, id })
  if (latest?.state === 'running') {
    const isSame = latest.part === subject.part && latest.modelVersion === subject.modelVersion
    if (isSame && latest.attempts < mostAttempts) {
      await resumeRun(db.query, keyOf(latest.id), subject, at)
      return keyOf(latest.id)
    }
    await failRun(db.query, keyOf(latest.id), isSame ? 'cut off too often' : 'overtaken', at)
    if (isSame) return undefined
  }
  const key = keyOf(v7({ msecs: city.nowMs }))
  await insertRun(db.query, key, subject, at)
  return key
}

/** The error as it may be stored: its kind, and never what it says, which can hold data. */
const kindOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? `${error.name} ${code}` : error.name
}

type Beside = {
  readonly thread: NumericsThread
  readonly isStopped: () => boolean
  readonly now: () => number
}

const carryOut = async (
  parts: ModelParts,
  job: ModelJob,
  planned: { readonly plan: RunPlan<unknown>; readonly occasion: Occasion },
  { thread, isStopped, now }: Beside,
): Promise<void> => {
  const { db, city, log } = parts
  const { plan, occasion } = planned
  const subject: RunSubject = {
    part: plan.part,
    modelVersion: job.version,
    occasion,
    dataFrom: plan.dataFrom,
    dataUntil: plan.dataUntil,
    dataAt: new Date(city.nowMs),
    parameters: { ...plan.parameters, inputs: plan.inputs },
  }
  const key = await beginRun(parts, job, subject)
  if (key === undefined) return
  const step: ModelRun<unknown>['step'] = async (progress, write) => {
    if (isStopped()) throw new RunStopped()
    await db.query.transaction().execute(async (tx) => {
      await write?.(tx)
      await noteProgress(tx, key, progress, new Date(now()))
    })
  }
  try {
    const { areas, write } = await job.work({ ...parts, id: key.id, plan, compute: thread.compute, step })
    if (isStopped()) throw new RunStopped()
    await db.query.transaction().execute(async (tx) => {
      await write(tx)
      await publishRun(tx, key, { subject, areas, at: new Date(now()) })
    })
  } catch (error) {
    if (isStopped()) return
    log.error({ err: error, model: job.model, runId: key.id }, 'a model did not run')
    await failRun(db.query, key, kindOf(error), new Date(now()))
  }
}

const runJob = async (
  parts: ModelParts,
  job: ModelJob,
  occasion: Occasion,
  beside: Beside,
): Promise<void> => {
  await aloneAt(parts.db, `model|${parts.city.code}|${job.model}`, async () => {
    const plan = await job.plan(parts)
    if (plan === null || (await isNotDue(parts, job, plan))) return
    await carryOut(parts, job, { plan, occasion }, beside)
    await job.prune?.(parts)
    await pruneRuns(parts.db.query, job.model, new Date(parts.city.nowMs - keepRunsMs))
  })
}

/** One model with its own thread and its own queue of looks: no model waits for another. */
type ModelLane = {
  /** Looks after every look that is under way, so that it sees what is there then. */
  readonly look: (occasion: Occasion) => Promise<void>
  /** The same, but where a look is waiting already that one is enough. */
  readonly lookSoon: (occasion: Occasion) => void
  readonly stop: () => Promise<void>
}

const createLane = (parts: RunnerParts, job: ModelJob, isStopped: () => boolean): ModelLane => {
  const thread = createNumericsThread()
  const beside: Beside = { thread, isStopped, now: parts.now }
  let last: Promise<void> = Promise.resolve()
  let isWaiting = false
  const lookNow = async (occasion: Occasion): Promise<void> => {
    const about = isStopped() ? undefined : modelParts(parts)
    if (about === undefined) return
    await runJob(about, job, occasion, beside).catch((error: unknown) =>
      parts.log.warn({ err: error, model: job.model }, 'a model was not looked at; it is tried again'),
    )
  }
  const look = (occasion: Occasion): Promise<void> => {
    last = last.then(() => {
      isWaiting = false
      return lookNow(occasion)
    })
    return last
  }
  return {
    look,
    lookSoon: (occasion) => {
      if (isWaiting) return
      isWaiting = true
      void look(occasion)
    },
    stop: async () => {
      await thread.stop()
      await last
    },
  }
}

/**
 * Runs models by themselves: every minute it is asked whether there is something new to compute from, and soon after
 * something arrived. One run of a model at a time, over all servers of a city. Reads and writes go between requests;
 * the numerics of each model have a thread of their own, so that taking records never waits for them.
 */
export const createModelRunner = (parts: RunnerParts): ModelRunner => {
  let stopped = false
  const lanes = new Map(parts.jobs.map((job) => [job.model, createLane(parts, job, () => stopped)]))
  const kicked = new Set<ModelName>()
  let gathering: NodeJS.Timeout | undefined
  let timer: NodeJS.Timeout | undefined
  const lookAtAll = (): void => {
    for (const lane of lanes.values()) lane.lookSoon('schedule')
  }
  const gather = (): void => {
    gathering = undefined
    for (const model of kicked) lanes.get(model)?.lookSoon('arrival')
    kicked.clear()
  }
  return {
    start: () => {
      timer = setInterval(lookAtAll, everyMs)
      timer.unref()
      lookAtAll()
    },
    kick: (model) => {
      if (stopped || timer === undefined) return
      kicked.add(model)
      gathering ??= setTimeout(gather, gatherMs)
      gathering.unref()
    },
    runOnce: async () => {
      await Promise.all([...lanes.values()].map((lane) => lane.look('schedule')))
    },
    stop: async () => {
      stopped = true
      clearInterval(timer)
      clearTimeout(gathering)
      await Promise.all([...lanes.values()].map((lane) => lane.stop()))
    },
  }
}
