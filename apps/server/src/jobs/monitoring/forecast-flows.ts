import { createHash } from 'node:crypto'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import {
  readState,
  readStateMarks,
  type StateOwner,
  writeState,
} from '@guankou/db/queries/models/model-states.ts'
import { type CountedSlot, readCountedSlots } from '@guankou/db/queries/monitoring/counted-hours.ts'
import { type ForecastHour, replaceForecasts } from '@guankou/db/queries/monitoring/forecasts.ts'
import { dropStates } from '@guankou/db/queries/monitoring/states.ts'
import { dayHourOf } from '@guankou/domain/monitoring/hours.ts'
import { addDays, daysBetween } from '@guankou/domain/places/calendar.ts'
import type { FlowSeries, WindowForecast } from '@guankou/models/forecast/forecast-posts.ts'
import type { ModelRun } from '#src/jobs/model-job.ts'
import { calendarDays, policyEvents } from '#src/jobs/monitoring/city-calendar.ts'
import type { Forecasted } from '#src/jobs/monitoring/forecast-city.ts'
import { forecastDays, forecastHours, monitoringVersion } from '#src/jobs/monitoring/monitoring-settings.ts'
import { type MonitoringNeeds, partOf } from '#src/jobs/monitoring/plan-monitoring.ts'

type Run = ModelRun<MonitoringNeeds>

const measures = ['vehicles', 'travellers'] as const
const slotsPerHour = 3
/** Windows of an hour, and of a slot. */
const grids = [1, slotsPerHour] as const
type Grid = (typeof grids)[number]

const ownerOf = (run: Run, perHour: Grid): StateOwner => ({
  jurisdiction: run.city.code,
  model: `monitoring-forecast-${60 / perHour}`,
  modelVersion: monitoringVersion,
})

const digestOf = ({ plan }: Run, hour: number): Buffer => {
  const { day } = dayHourOf(hour)
  const events = plan.needs.eventDays.filter((each) => each <= day)
  return createHash('sha256').update(plan.needs.postsDigest).update(JSON.stringify(events)).digest()
}

/** The hour up to which a state has learned, where nothing that it learned has changed since. */
const learnedUntil = async (run: Run, perHour: Grid): Promise<number | undefined> => {
  const marks = await readStateMarks(run.db.query, ownerOf(run, perHour))
  const fitting = marks.find(({ part, digest }) => digest.equals(digestOf(run, Number(part))))
  const hour = fitting === undefined ? undefined : Number(fitting.part)
  return hour !== undefined && hour <= run.plan.needs.firstHour ? hour : undefined
}

/** Series of every post over hours, 0 where a post counted nobody. */
const seriesOf = (
  run: Run,
  counted: readonly CountedSlot[],
  { first, end, perHour }: { first: number; end: number; perHour: Grid },
): FlowSeries[] => {
  const values = new Map(
    run.plan.needs.posts.flatMap(({ id }) =>
      measures.map(
        (measure) => [`${id} ${measure}`, new Array<number>((end - first) * perHour).fill(0)] as const,
      ),
    ),
  )
  for (const row of counted) {
    const slot = daysBetween('1970-01-01', row.day) * 24 * slotsPerHour + row.slot
    const window = Math.floor((slot * perHour) / slotsPerHour) - first * perHour
    if (window < 0 || window >= (end - first) * perHour) continue
    for (const measure of measures) {
      const own = values.get(`${row.postId} ${measure}`)
      if (own !== undefined) own[window] = (own[window] ?? 0) + row[measure]
    }
  }
  return [...values].map(([name, own]) => ({
    name,
    unit: 'counts',
    firstWindow: first * perHour,
    values: own,
  }))
}

const forecastGrid = async (run: Run, perHour: Grid): Promise<Forecasted> => {
  const { firstRunning, presentHour, eventDays } = run.plan.needs
  const learned = await learnedUntil(run, perHour)
  const historyFrom = Math.max(
    daysBetween('1970-01-01', run.plan.dataFrom) * 24,
    firstRunning - forecastDays * 24,
  )
  const first = learned ?? historyFrom
  const span = { from: dayHourOf(first).day, until: dayHourOf(firstRunning).day }
  const counted = await readCountedSlots(run.db.query, run.city.areas, span)
  const state =
    learned === undefined ? undefined : await readState(run.db.query, ownerOf(run, perHour), partOf(learned))
  return run.compute('monitoring.forecast', {
    state: state ?? null,
    windowMinutes: 60 / perHour,
    series: seriesOf(run, counted, { first, end: firstRunning, perHour }),
    asOf: firstRunning * perHour,
    windows: (forecastHours + presentHour - firstRunning) * perHour,
    events: policyEvents(eventDays, 24 * perHour),
    calendar: calendarDays(dayHourOf(historyFrom).day, addDays(dayHourOf(presentHour).day, 14)),
  })
}

const expectedOf = ({ mean, q05, q95 }: WindowForecast) => ({ mean, low: q05, high: q95 })

const rowsOf = (run: Run, hours: Forecasted, slots: Forecasted): ForecastHour[] => {
  const slotByKey = new Map(slots.forecasts.map((one) => [`${one.series} ${one.window}`, one]))
  return hours.forecasts.map((one) => {
    const [post = '', measure] = one.series.split(' ')
    const postId = Number(post)
    const own = Array.from({ length: slotsPerHour }, (_, third) =>
      slotByKey.get(`${one.series} ${one.window * slotsPerHour + third}`),
    )
    return {
      ...expectedOf(one),
      ...dayHourOf(one.window),
      jurisdiction: run.reference.post(postId)?.jurisdiction ?? 0,
      postId,
      measure: measure === 'travellers' ? 'travellers' : 'vehicles',
      slots: own.map((slot) => (slot === undefined ? { mean: 0, low: 0, high: 0 } : expectedOf(slot))),
    }
  })
}

const writeGrid = async (
  tx: AreaTransaction,
  run: Run,
  perHour: Grid,
  { state }: Forecasted,
): Promise<void> => {
  const owner = ownerOf(run, perHour)
  const { firstRunning } = run.plan.needs
  await dropStates(tx, owner)
  await writeState(tx, owner, {
    part: partOf(firstRunning),
    digest: digestOf(run, firstRunning),
    content: Buffer.from(state),
    notedAt: new Date(run.city.nowMs),
  })
}

/**
 * Forecasts the hours to come of every post and their slots, once an hour: what was counted since is learned, and all of the
 * last weeks again where records came late.
 * @returns what writes them, or nothing where there is nothing new to learn
 */
export const forecastFlows = async (
  run: Run,
): Promise<((tx: AreaTransaction) => Promise<void>) | undefined> => {
  const { firstRunning, firstHour } = run.plan.needs
  const learned = await learnedUntil(run, 1)
  if (learned === firstRunning && firstHour === firstRunning) return undefined
  const hours = await forecastGrid(run, 1)
  const slots = await forecastGrid(run, slotsPerHour)
  return async (tx) => {
    await writeGrid(tx, run, 1, hours)
    await writeGrid(tx, run, slotsPerHour, slots)
    await replaceForecasts(tx, run.city.areas, rowsOf(run, hours, slots))
  }
}
