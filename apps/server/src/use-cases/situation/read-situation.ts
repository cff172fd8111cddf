import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import { type Disposition, dispositionRank } from '@guankou/contract/screening/dispositions.ts'
import type {
  SituationCurve,
  SituationEvents,
  SituationOrigins,
  SituationPosts,
  SituationQuery,
  SituationSummary,
} from '@guankou/contract/situation/endpoints.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  type NotableScreening,
  readLatestPostSlots,
  readNotableScreenings,
  readOriginCounts,
  readOriginDays,
  readOverriddenScreenings,
  readPostDayStates,
  readSlots,
} from '@guankou/db/queries/situation/read-rollups.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { curveOf } from '#src/projections/situation/curve.ts'
import { type DayView, dayViewOf, instantsOfDay, isAskable } from '#src/projections/situation/days.ts'
import { originsOf } from '#src/projections/situation/origins.ts'
import { postsOf, slotsBack } from '#src/projections/situation/posts.ts'
import { summaryOf } from '#src/projections/situation/summary.ts'
import { done, type Result, refused } from '#src/result.ts'

const eventsShown = 50

type Scope = {
  readonly area: Jurisdiction
  readonly jurisdictions: readonly number[]
  readonly posts: readonly Post[]
  readonly view: DayView
}

const scopeOf = ({ reference, now }: ServerContext, query: SituationQuery): Result<Scope> => {
  const data = reference.current()
  const area = data.jurisdiction(query.area)
  const jurisdictions = data.jurisdictionsIn(query.area)
  if (area === undefined || jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  if (query.day !== undefined && !isAskable(query.day)) return refused('INVALID_INPUT', '/day')
  return done({
    area,
    jurisdictions,
    posts: data.posts.filter((post) => jurisdictions.includes(post.jurisdiction)),
    view: dayViewOf(area.timeZone, now(), query.day),
  })
}

/** Reads the situation in the scope of a query: rows first, in the area of whoever asks, then a pure projection. */
const reading =
  <T>(read: (tx: AreaTransaction, scope: Scope) => Promise<T>) =>
  async (context: ServerContext, actor: Actor, query: SituationQuery): Promise<Result<T>> => {
    const scope = scopeOf(context, query)
    if (!scope.ok) return scope
    return done(await inArea(context.db, actor.areaCode, (tx) => read(tx, scope.value)))
  }

export const readSummary = reading<SituationSummary>(async (tx, { area, jurisdictions, posts, view }) => {
  const slots = await readSlots(tx, jurisdictions, [view.day, view.yesterday])
  // The last hour may have begun before midnight.
  const days = view.when === 'today' ? [view.day, view.yesterday] : [view.day]
  const states = await readPostDayStates(tx, jurisdictions, days)
  return summaryOf(area, view, posts, slots, states)
})

export const readPostSituations = reading<SituationPosts>(async (tx, { jurisdictions, posts, view }) => {
  const slots = await readLatestPostSlots(tx, jurisdictions, {
    day: view.day,
    ...(view.when === 'today' ? { last: view.fullSlots } : {}),
    slotsBack,
  })
  const states = await readPostDayStates(tx, jurisdictions, [view.day])
  return postsOf(view, posts, slots, states)
})

const bilingualName = (code: number) => ({
  zh: originName(code, 'zh') ?? String(code),
  en: originName(code, 'en') ?? String(code),
})

/** The widest area of this installation that an area lies in: what is withheld is chosen once for all of it. */
const widestAround = ({ reference }: ServerContext, area: number): number => {
  const city = reference.current().installation?.cityCode
  return city !== undefined && liesIn(area, city) ? city : area
}

/**
 * What to withhold is chosen over the whole city, in the server's own role: what a district withholds depends on what its
 * neighbours tell, and every district has to come to the same choice. What is told are rows read as whoever asks.
 */
export const readOrigins = async (
  context: ServerContext,
  actor: Actor,
  query: SituationQuery,
): Promise<Result<SituationOrigins>> => {
  const scope = scopeOf(context, query)
  if (!scope.ok) return scope
  const { view, jurisdictions } = scope.value
  const top = widestAround(context, query.area)
  const all = context.reference.current().jurisdictionsIn(top) ?? jurisdictions
  const days = [view.day, view.yesterday]
  const whole = await readOriginCounts(context.db.query, all, days)
  const own = await inArea(context.db, actor.areaCode, (tx) => readOriginDays(tx, jurisdictions, days))
  return done(originsOf(view, { area: query.area, top, whole, own }, bilingualName))
}

export const readCurve = reading<SituationCurve>(async (tx, { jurisdictions, view }) =>
  curveOf(view, await readSlots(tx, jurisdictions, [view.day, view.yesterday])),
)

/**
 * What is notable by what counts now: a screening that a lead made milder stays in sight as such, and one that was made
 * stricter joins.
 */
const notableNow = (
  notable: readonly NotableScreening[],
  overridden: readonly NotableScreening[],
): readonly (NotableScreening & { readonly overridden: boolean })[] => {
  const now = new Map(overridden.map((each) => [each.id, each]))
  const known = new Set(notable.map(({ id }) => id))
  const joined = overridden.filter(
    ({ id, disposition }) =>
      !known.has(id) && dispositionRank(disposition as Disposition) >= dispositionRank('second-check'),
  )
  return [...notable.map((each) => now.get(each.id) ?? each), ...joined]
    .toSorted((a, b) => b.occurredAt.getTime() - a.occurredAt.getTime())
    .slice(0, eventsShown)
    .map((each) => ({ ...each, overridden: now.has(each.id) }))
}

export const readEvents = reading<SituationEvents>(async (tx, { jurisdictions, view }) => {
  const window = { day: view.day, ...instantsOfDay(view.timeZone, view.day), limit: eventsShown }
  const rows = notableNow(
    await readNotableScreenings(tx, jurisdictions, window),
    await readOverriddenScreenings(tx, jurisdictions, window),
  )
  return {
    day: view.day,
    asOf: new Date(view.nowMs).toISOString(),
    events: rows.map((row) => ({
      screeningId: row.id,
      postId: row.postId,
      lane: row.lane,
      occurredAt: row.occurredAt.toISOString(),
      disposition: row.disposition as Disposition,
      travellers: row.travellers,
      febrile: row.febrile,
      ruleIds: [...row.ruleIds],
      ...(row.overridden ? { overridden: true as const } : {}),
    })),
  }
})
