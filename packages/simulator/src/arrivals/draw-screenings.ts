import type { PostType } from '@guankou/contract/places/place.ts'
import type { Response, RuleSet } from '@guankou/contract/responses/response.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { addDays, daySlotOf, daysBetween } from '@guankou/domain/places/calendar.ts'
import { spansOfDay, startOfDayMs } from '#src/arrivals/arrival-times.ts'
import { type CommandContext, commandOfStop } from '#src/arrivals/command-of-stop.ts'
import { riskDayOf } from '#src/arrivals/exposures.ts'
import { type Draws, drawPostDay, prepareDraws, type Stop } from '#src/arrivals/post-day.ts'
import type { ArrivalScenario } from '#src/arrivals/scenario.ts'
import type { City } from '#src/cities/city.ts'

export type DrawOptions = {
  readonly city: Pick<City, 'code' | 'jurisdictions' | 'posts'>
  readonly response: Response
  readonly rulesVersion: number
  readonly scenario: ArrivalScenario
  /** Any integer; the same seed gives the same screenings. */
  readonly seed: number
  /** First instant, Unix time in milliseconds. */
  readonly fromMs: number
  /** The instant before which the stream ends. */
  readonly untilMs: number
}

type Prepared = {
  readonly options: DrawOptions
  readonly ruleSet: RuleSet
  readonly timeZone: string
  readonly drawsByType: ReadonlyMap<PostType, Draws>
  readonly originCodes: ReadonlySet<number>
}

const prepare = (options: DrawOptions): Prepared => {
  const { city, response, rulesVersion, scenario } = options
  const ruleSet = response.ruleSets.find((one) => one.version === rulesVersion)
  if (ruleSet === undefined) throw new RangeError(`response ${response.id} has no rules ${rulesVersion}`)
  const timeZone = city.jurisdictions.find((one) => one.code === city.code)?.timeZone
  if (timeZone === undefined) throw new RangeError(`the city ${city.code} is not among its jurisdictions`)
  const types = new Set(city.posts.map((post) => post.type))
  const lists = [scenario.originShares, ...Object.values(scenario.originSharesByPostType ?? {})]
  return {
    options,
    ruleSet,
    timeZone,
    drawsByType: new Map([...types].map((type) => [type, prepareDraws(scenario, type)])),
    originCodes: new Set(lists.flatMap((list) => list.map((one) => one.originCode))),
  }
}

type Ready = { readonly stop: Stop; readonly context: CommandContext }

const stopsOfDay = (prepared: Prepared, day: string): Ready[] => {
  const { options, ruleSet, timeZone, drawsByType, originCodes } = prepared
  const { city, scenario, seed, response } = options
  const risk = riskDayOf(ruleSet, originCodes, day)
  const context = { responseId: response.id, ruleSet, health: scenario.health, risk, cityCode: city.code }
  const spans = spansOfDay(timeZone, day, addDays(day, 1), scenario.profile)
  const latestMs = startOfDayMs(timeZone, addDays(day, 2))
  const dayNumber = daysBetween('1970-01-01', day)
  return city.posts.flatMap((post) => {
    const draws = drawsByType.get(post.type)
    if (draws === undefined) return []
    const stops = drawPostDay({ post, draws, spans, scenario, ruleSet, risk, seed, dayNumber })
    if (stops.some((stop) => stop.occurredMs >= latestMs))
      throw new RangeError(`post ${post.id} cannot serve the arrivals of ${day} within the next day`)
    return stops.map((stop) => ({ stop, context }))
  })
}

const inOrder = (a: Ready, b: Ready): number =>
  a.stop.occurredMs - b.stop.occurredMs || a.stop.post.id - b.stop.post.id || a.stop.lane - b.stop.lane

/**
 * Screenings at all posts of a city whose `occurredAt` lies between two instants, in order of time.
 *
 * Each post and civil day has random streams of its own, so the screenings of an hour are the same, ids included, whether
 * the hour is drawn alone or within a week: a demo that is started again sends the same records, not new ones beside the old.
 *
 * Arrivals are a Poisson process by slot of the day; a line in front of the open lanes gives start, end and the number
 * waiting; a party shares one origin. Lines are empty at each local midnight, and vehicles in service then are not
 * counted against the lanes of the new day.
 *
 * @throws RangeError where the rules, the city's time zone or something to draw from is missing, or where a post is so
 * overloaded that a day's arrivals are not through by the end of the next
 * Cost: the stops of one day are held in memory; who is aboard is drawn when the item is taken. To begin costs the drawing
 * of two days of stops, so take one generator for a whole run rather than one for each minute.
 */
export function* drawScreenings(options: DrawOptions): Generator<RecordScreening, void, void> {
  const prepared = prepare(options)
  const { fromMs, untilMs } = options
  if (!(fromMs < untilMs)) return
  const lastDay = daySlotOf(prepared.timeZone, untilMs - 1).day
  let day = addDays(daySlotOf(prepared.timeZone, fromMs).day, -1)
  let carried: Ready[] = []
  for (; day <= lastDay; day = addDays(day, 1)) {
    const endMs = Math.min(untilMs, startOfDayMs(prepared.timeZone, addDays(day, 1)))
    const ready = [...carried, ...stopsOfDay(prepared, day)].sort(inOrder)
    const firstLater = ready.findIndex(({ stop }) => stop.occurredMs >= endMs)
    const due = firstLater === -1 ? ready : ready.slice(0, firstLater)
    carried = firstLater === -1 ? [] : ready.slice(firstLater)
    for (const { stop, context } of due) if (stop.occurredMs >= fromMs) yield commandOfStop(stop, context)
  }
}
