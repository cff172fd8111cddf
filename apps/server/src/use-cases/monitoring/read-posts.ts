import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { ModelStamp } from '@guankou/contract/models/model-stamp.ts'
import type {
  Measure,
  MonitoredHour,
  monitoringCalendar,
  monitoringPosts,
  monitoringSlots,
} from '@guankou/contract/monitoring/endpoints.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readLatestRun, readOutputs } from '@guankou/db/queries/models/model-runs.ts'
import { readForecasts } from '@guankou/db/queries/monitoring/forecasts.ts'
import { readHourTotals, readJudgedHours } from '@guankou/db/queries/monitoring/judged-hours.ts'
import { dayHourOf, hourNumberOf } from '@guankou/domain/monitoring/hours.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { stampOf } from '#src/jobs/model-stamp-of.ts'
import { done, type Result, refused } from '#src/result.ts'
import { forecastHour, intervalLevel, monitoredHour } from '#src/use-cases/monitoring/monitored-hours.ts'

const defaultHoursBack = 24
const defaultHoursAhead = 12
const defaultDays = 21

const unitOf = (measure: Measure) => (measure === 'vehicles' ? 'vehicle' : 'person')

/** What an area is shown: the run that it was told of last. */
const stampIn = async (
  tx: AreaTransaction,
  jurisdictions: readonly number[],
  measure: Measure,
): Promise<ModelStamp | null> => {
  const outputs = await readOutputs(tx, jurisdictions, { model: 'monitoring', part: '' })
  const newest = outputs.toSorted((a, b) => b.computedAt.getTime() - a.computedAt.getTime())[0]
  return newest === undefined ? null : stampOf('monitoring', newest, unitOf(measure))
}

const runIn = async ({ db, reference }: ServerContext) => {
  const city = reference.current().installation?.cityCode
  const latest = city === undefined ? undefined : await readLatestRun(db.query, city, 'monitoring')
  if (latest === undefined) return null
  const { progress, attempts, startedAt } = latest
  return {
    state: latest.state as 'running' | 'finished' | 'failed',
    progress,
    attempts,
    startedAt: startedAt.toISOString(),
  }
}

const presentIn = ({ reference, now }: ServerContext, area: number) => {
  const data = reference.current()
  const timeZone = data.jurisdiction(area)?.timeZone ?? 'UTC'
  const { day, slot } = daySlotOf(timeZone, now())
  return { day, number: hourNumberOf(day, Math.floor(slot / 3)) }
}

const within = (first: number, last: number) => {
  return ({ day, hour }: { readonly day: string; readonly hour: number }): boolean => {
    const number = hourNumberOf(day, hour)
    return first <= number && number <= last
  }
}

/** Past and coming hours of every post of an area. */
export const readPosts = async (
  context: ServerContext,
  actor: Actor,
  query: QueryOf<typeof monitoringPosts>,
): Promise<Result<OutputOf<typeof monitoringPosts>>> => {
  const { area, measure, hoursBack = defaultHoursBack, hoursAhead = defaultHoursAhead } = query
  const { jurisdictionsIn, posts } = context.reference.current()
  const jurisdictions = jurisdictionsIn(area)
  if (jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  const present = presentIn(context, area)
  const [first, last] = [present.number - hoursBack, present.number + hoursAhead]
  const run = await runIn(context)
  return inArea(context.db, actor.areaCode, async (tx) => {
    const span = { from: dayHourOf(first).day, until: present.day }
    const judged = (await readJudgedHours(tx, jurisdictions, span)).filter(within(first, present.number))
    const coming = measure === 'febrile' ? [] : await readForecasts(tx, jurisdictions, measure)
    const judgedByPost = Map.groupBy(judged, (row) => row.post_id)
    const comingByPost = Map.groupBy(coming.filter(within(first, last)), (row) => row.post_id)
    const hoursOf = (postId: number): MonitoredHour[] => {
      const own = judgedByPost.get(postId) ?? []
      const lastJudged = own.at(-1)
      const from = lastJudged === undefined ? first : hourNumberOf(lastJudged.day, lastJudged.hour) + 1
      const next = (comingByPost.get(postId) ?? []).filter(within(from, last))
      return [...own.map((row) => monitoredHour(row, measure)), ...next.map(forecastHour)]
    }
    return done({
      asOf: new Date(context.now()).toISOString(),
      measure,
      stamp: await stampIn(tx, jurisdictions, measure),
      run,
      posts: posts
        .filter(({ jurisdiction }) => jurisdictions.includes(jurisdiction))
        .map(({ id }) => ({ postId: id, hours: hoursOf(id) })),
    })
  })
}

/** The forecast of a post by slots. */
export const readSlots = async (
  context: ServerContext,
  actor: Actor,
  { area, post, measure }: QueryOf<typeof monitoringSlots>,
): Promise<Result<OutputOf<typeof monitoringSlots>>> => {
  const { jurisdictionsIn, post: postById } = context.reference.current()
  const jurisdictions = jurisdictionsIn(area)
  if (jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  const known = postById(post)
  if (known === undefined || !jurisdictions.includes(known.jurisdiction))
    return refused('UNKNOWN_POST', '/post')
  return inArea(context.db, actor.areaCode, async (tx) => {
    const rows = (await readForecasts(tx, jurisdictions, measure)).filter((row) => row.post_id === post)
    return done({
      asOf: new Date(context.now()).toISOString(),
      stamp: await stampIn(tx, jurisdictions, measure),
      slots: rows.flatMap((row) =>
        row.slot_mean.map((value, third) => ({
          day: row.day,
          slot: row.hour * 3 + third,
          expected: {
            value,
            low: row.slot_low[third] ?? 0,
            high: row.slot_high[third] ?? 0,
            level: intervalLevel,
          },
        })),
      ),
    })
  })
}

type Totals = Awaited<ReturnType<typeof readHourTotals>>[number]

const meanOf = (row: Totals, measure: Measure): number => {
  if (measure === 'febrile') return row.febrileMean
  return measure === 'vehicles' ? row.vehiclesMean : row.travellersMean
}

/** Hours of the last weeks, of an area or of one post. */
export const readCalendar = async (
  context: ServerContext,
  actor: Actor,
  query: QueryOf<typeof monitoringCalendar>,
): Promise<Result<OutputOf<typeof monitoringCalendar>>> => {
  const { area, measure, post, days = defaultDays } = query
  const jurisdictions = context.reference.current().jurisdictionsIn(area)
  if (jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  const { day: today } = presentIn(context, area)
  return inArea(context.db, actor.areaCode, async (tx) => {
    const span = { from: addDays(today, 1 - days), until: today }
    const rows = await readHourTotals(
      tx,
      jurisdictions,
      post === undefined ? span : { ...span, postId: post },
    )
    return done({
      asOf: new Date(context.now()).toISOString(),
      measure,
      stamp: await stampIn(tx, jurisdictions, measure),
      hours: rows.map((row) => ({
        day: row.day,
        hour: row.hour,
        observed: row[measure],
        expected: meanOf(row, measure),
        isOver: row.isOver,
      })),
    })
  })
}
