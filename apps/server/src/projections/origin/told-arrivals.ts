import type { ArrivalCount } from '@guankou/db/queries/origin/arrivals.ts'
import type { ToldOrigins } from '@guankou/domain/situation/withhold-origins.ts'
import { toldOfDay } from '#src/projections/situation/told-of-day.ts'

const nobody: ToldOrigins = { tooFew: false, origins: new Map() }

/**
 * What may be told of arrivals by origin, day by day, exactly as Situation tells it: both make the same choice from the
 * same counts, so that one never gives away what the other withholds.
 * @param whole  counts of the whole city, which decide   @param readable  those that whoever asks can read
 */
export const toldArrivals = (
  whole: readonly ArrivalCount[],
  readable: readonly ArrivalCount[],
  { top, area, days }: { readonly top: number; readonly area: number; readonly days: readonly string[] },
): ReadonlyMap<string, ToldOrigins> => {
  const seen = new Set(readable.map(({ day, originCode }) => `${day} ${originCode}`))
  return new Map(
    days.map((day) => {
      const counts = whole.filter((each) => each.day === day)
      if (counts.length === 0) return [day, nobody]
      const told = toldOfDay(counts, top)(area)
      const origins = new Map([...told.origins].filter(([origin]) => seen.has(`${day} ${origin}`)))
      return [day, { tooFew: told.tooFew && readable.some((each) => each.day === day), origins }]
    }),
  )
}

/** People of an origin on a day: a number, 0 where nobody came, null where it is withheld. */
export const toldOn = (told: ToldOrigins | undefined, origin: number): number | null => {
  if (told === undefined) return 0
  if (told.tooFew) return null
  const known = told.origins.get(origin)
  return known === undefined ? 0 : known.travellers
}
