import { type OriginCounts, type OriginQuery, originWindowDays } from '@guankou/contract/origin/risk.ts'
import { smallCountThreshold } from '@guankou/contract/situation/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { type PostOriginCount, readArrivals, readPostOrigins } from '@guankou/db/queries/origin/arrivals.ts'
import { type ToldPosts, withholdPosts } from '@guankou/domain/origin/withhold-posts.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { findOrigin } from '@guankou/geodata/divisions/origins.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { bilingualName, daysOf } from '#src/projections/origin/names.ts'
import { toldArrivals } from '#src/projections/origin/told-arrivals.ts'
import { done, type Result, refused } from '#src/result.ts'
import { findResult, originScope } from '#src/use-cases/origin/origin-scope.ts'

type Row = OriginCounts['rows'][number]

const rowsOf = (
  day: string,
  origin: number,
  counts: readonly PostOriginCount[],
  toldOf: (district: number) => ToldPosts,
): { readonly rows: readonly Row[]; readonly isWithheld: boolean } => {
  const own = counts.filter((count) => count.day === day && count.originCode === origin)
  const rows = own.flatMap(({ jurisdiction, postId }): Row[] => {
    const travellers = toldOf(jurisdiction).get(origin)?.get(postId)
    return travellers === undefined ? [] : [{ day, postId, travellers }]
  })
  return { rows, isWithheld: rows.length < own.length }
}

/** How many came from an origin on which day at which post, as far as it may be told. */
export const readCounts = async (
  context: ServerContext,
  actor: Actor,
  query: OriginQuery & { readonly origin: number },
): Promise<Result<OriginCounts>> => {
  const scope = originScope(context, query)
  if (!scope.ok) return scope
  if (findOrigin(query.origin) === undefined) return refused('UNKNOWN_ORIGIN', '/origin')
  const { top, whole, jurisdictions } = scope.value
  return inArea(context.db, actor.areaCode, async (tx) => {
    const { day } = await findResult(tx, scope.value)
    const from = addDays(day, 1 - originWindowDays)
    const days = daysOf(from, day, addDays)
    const range = { from, until: day }
    const all = await readArrivals(context.db.query, whole, range)
    const counts = await readPostOrigins(tx, jurisdictions, range)
    const districts = [...new Set(counts.map(({ jurisdiction }) => jurisdiction))]
    const told = new Map(
      districts.map((district) => {
        const readable = all.filter((each) => each.jurisdiction === district)
        return [district, toldArrivals(all, readable, { top, area: district, days })] as const
      }),
    )
    const read = days.toReversed().map((each) => {
      const byDistrict = new Map(
        districts.map((district) => {
          const ofDay = told.get(district)?.get(each) ?? { tooFew: true, origins: new Map() }
          const here = counts.filter((count) => count.day === each && count.jurisdiction === district)
          return [district, withholdPosts(here, ofDay, smallCountThreshold)] as const
        }),
      )
      const toldOf = (district: number): ToldPosts => byDistrict.get(district) ?? new Map()
      return { day: each, ...rowsOf(each, query.origin, counts, toldOf) }
    })
    return done({
      originCode: query.origin,
      name: bilingualName(query.origin),
      from,
      until: day,
      smallCountThreshold,
      rows: read
        .flatMap(({ rows }) => rows)
        .toSorted((a, b) => b.day.localeCompare(a.day) || (b.travellers ?? -1) - (a.travellers ?? -1)),
      daysWithheld: read.filter(({ isWithheld }) => isWithheld).map((each) => each.day),
    })
  })
}
