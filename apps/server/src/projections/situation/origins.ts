import type { Bilingual } from '@guankou/contract/primitives.ts'
import {
  type OriginArrivals,
  type SituationOrigins,
  smallCountThreshold,
} from '@guankou/contract/situation/endpoints.ts'
import type { OriginCountRow, OriginDay } from '@guankou/db/queries/situation/read-rollups.ts'
import type { ToldOrigins } from '@guankou/domain/situation/withhold-origins.ts'
import type { DayView } from '#src/projections/situation/days.ts'
import { toldOfDay } from '#src/projections/situation/told-of-day.ts'

/** The area asked for, with its own counts and those of the whole that decide what is withheld. */
export type OriginScope = {
  readonly area: number
  readonly top: number
  readonly whole: readonly OriginCountRow[]
  readonly own: readonly OriginDay[]
}

/** Told of the area on a day; nothing of an origin that whoever asks could not read a row of. */
const toldOn = (day: string, { area, top, whole, own }: OriginScope): ToldOrigins => {
  const told = toldOfDay(
    whole.filter((row) => row.day === day),
    top,
  )(area)
  const readable = new Set(own.filter((row) => row.day === day).map((row) => row.originCode))
  return {
    tooFew: told.tooFew && readable.size > 0,
    origins: new Map([...told.origins].filter(([origin]) => readable.has(origin))),
  }
}

/** How many came the day before, as far as that may be told. */
const toldBefore = (yesterday: ToldOrigins, origin: number): number | null => {
  if (yesterday.tooFew) return null
  const told = yesterday.origins.get(origin)
  return told === undefined ? 0 : told.travellers
}

/** What is withheld comes last: its place among the others would tell how many it is. */
const byTravellers = (a: OriginArrivals, b: OriginArrivals): number =>
  (b.travellers ?? -1) - (a.travellers ?? -1) || a.originCode - b.originCode

/** Arrivals by origin, most first, without the small counts and without what they could be worked out from. */
export const originsOf = (
  view: DayView,
  scope: OriginScope,
  nameOf: (code: number) => Bilingual,
): SituationOrigins => {
  const today = toldOn(view.day, scope)
  const yesterday = toldOn(view.yesterday, scope)
  const travellersTotal = scope.own
    .filter((row) => row.day === view.day)
    .reduce((sum, row) => sum + row.travellers, 0)
  return {
    day: view.day,
    asOf: new Date(view.nowMs).toISOString(),
    travellersTotal,
    smallCountThreshold,
    tooFew: today.tooFew,
    origins: [...today.origins]
      .map(
        ([originCode, { travellers, febrile }]): OriginArrivals => ({
          originCode,
          name: nameOf(originCode),
          travellers,
          travellersYesterday: toldBefore(yesterday, originCode),
          febrile,
          share: travellers === null ? null : travellers / travellersTotal,
        }),
      )
      .sort(byTravellers),
  }
}
