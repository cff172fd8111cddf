import type { ModelRunState } from '@guankou/contract/models/model-stamp.ts'
import type { OriginQuery } from '@guankou/contract/origin/risk.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { readLatestRun, readOutputs } from '@guankou/db/queries/models/model-runs.ts'
import { readArrivals } from '@guankou/db/queries/origin/arrivals.ts'
import { readResultDays } from '@guankou/db/queries/origin/results.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { ToldOrigins } from '@guankou/domain/situation/withhold-origins.ts'
import type { ServerContext } from '#src/context.ts'
import type { ModelOutput } from '#src/jobs/model-stamp-of.ts'
import { toldArrivals } from '#src/projections/origin/told-arrivals.ts'
import { isAskable } from '#src/projections/situation/days.ts'
import { done, type Result, refused } from '#src/result.ts'

/** What a question about origins is about. */
export type OriginScope = {
  readonly area: number
  /** The widest area of the installation: what is withheld is chosen once for all of it. */
  readonly top: number
  readonly whole: readonly number[]
  readonly jurisdictions: readonly number[]
  readonly posts: readonly Post[]
  readonly timeZone: string
  readonly today: string
  readonly askedDay: string | undefined
}

export const originScope = (
  { reference, now }: ServerContext,
  { area, day }: OriginQuery,
): Result<OriginScope> => {
  const data = reference.current()
  const jurisdictions = data.jurisdictionsIn(area)
  const timeZone = data.jurisdiction(area)?.timeZone
  if (jurisdictions === undefined || timeZone === undefined) return refused('UNKNOWN_AREA', '/area')
  if (day !== undefined && !isAskable(day)) return refused('INVALID_INPUT', '/day')
  const city = data.installation?.cityCode
  const top = city !== undefined && liesIn(area, city) ? city : area
  return done({
    area,
    top,
    whole: data.jurisdictionsIn(top) ?? jurisdictions,
    jurisdictions,
    posts: data.posts.filter((post) => jurisdictions.includes(post.jurisdiction)),
    timeZone,
    today: daySlotOf(timeZone, now()).day,
    askedDay: day,
  })
}

/** Arrivals as they may be told, day by day. What to withhold is chosen over the whole city, in the server's own role. */
export const readTold = async (
  { db }: ServerContext,
  tx: AreaTransaction,
  { area, top, whole, jurisdictions }: OriginScope,
  days: readonly string[],
): Promise<ReadonlyMap<string, ToldOrigins>> => {
  const range = { from: days[0] ?? '', until: days.at(-1) ?? '' }
  const all = await readArrivals(db.query, whole, range)
  const own = await readArrivals(tx, jurisdictions, range)
  return toldArrivals(all, own, { top, area, days })
}

/** The result that is shown of a day, and how far the next one is. */
export type ShownResult = {
  readonly day: string
  readonly daysWithResult: readonly string[]
  readonly output: ModelOutput | undefined
  readonly run: ModelRunState | null
}

/** Finds the day that is meant, and the result that the area is shown of it. */
export const findResult = async (
  tx: AreaTransaction,
  { area, top, today, askedDay }: OriginScope,
): Promise<ShownResult> => {
  const daysWithResult = await readResultDays(tx, area, 'origins')
  const day = askedDay ?? daysWithResult.find((each) => each <= today) ?? today
  const [output] = await readOutputs(tx, [area], { model: 'origins', part: day })
  const latest = await readLatestRun(tx, top, 'origins')
  return {
    day,
    daysWithResult,
    output,
    run:
      latest === undefined
        ? null
        : {
            state: latest.state as ModelRunState['state'],
            progress: latest.progress,
            startedAt: latest.startedAt.toISOString(),
            attempts: latest.attempts,
          },
  }
}
