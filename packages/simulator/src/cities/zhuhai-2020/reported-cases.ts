import { addDays } from '@guankou/domain/places/calendar.ts'
import { originPoint } from '@guankou/geodata/boundaries/origin-points.ts'
import { allOrigins } from '@guankou/geodata/divisions/origins.ts'
import { normal, streamOf, uniform } from '#src/random/stream.ts'

/** What an origin is said to have had up to the end of a day, and when it was said. */
export type ReportedCases = {
  readonly originCode: number
  readonly day: string
  readonly publishedOn: string
  readonly confirmedTotal: number
}

const wuhan = 420100
const hubei = 420000
const earthRadiusKm = 6371

/** Great-circle distance by the haversine formula. */
const distanceKm = (from: readonly [number, number], to: readonly [number, number]): number => {
  const radians = Math.PI / 180
  const h =
    Math.sin(((to[1] - from[1]) * radians) / 2) ** 2 +
    Math.cos(from[1] * radians) * Math.cos(to[1] * radians) * Math.sin(((to[0] - from[0]) * radians) / 2) ** 2
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(h))
}

/** Rounded public figures of the end of March 2020: confirmed in Wuhan, in the rest of Hubei, and elsewhere in the country. */
const finalTotals = { wuhan: 50_000, hubei: 17_800, elsewhere: 13_000 }
/** Places that sent and received more than their distance says; rough, made up. */
const pulls: ReadonlyMap<number, number> = new Map([
  [440300, 6],
  [440100, 5],
  [330300, 8],
  [110000, 6],
  [310000, 5],
  [500000, 5],
  [430100, 3],
  [330100, 3],
  [820000, 0.1],
  [810000, 0.6],
])

type Outbreak = {
  readonly originCode: number
  readonly final: number
  /** Day of the middle of the curve, counted from the first. */
  readonly middle: number
  readonly steepness: number
}

const finalOf = (originCode: number, weights: ReadonlyMap<number, number>, inHubei: boolean): number => {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  return ((weights.get(originCode) ?? 0) / total) * (inHubei ? finalTotals.hubei : finalTotals.elsewhere)
}

const weightsOf = (seed: number, inHubei: boolean): ReadonlyMap<number, number> => {
  const centre = originPoint(wuhan)
  const weights = new Map<number, number>()
  for (const { code, kind, provinceCode } of allOrigins()) {
    const point = originPoint(code)
    if (kind === 'country' || code === wuhan || centre === undefined || point === undefined) continue
    if ((provinceCode === hubei) !== inHubei) continue
    const noise = Math.exp(0.5 * normal(streamOf(seed, code, 1)))
    weights.set(code, ((pulls.get(code) ?? 1) * noise) / Math.max(60, distanceKm(centre, point)) ** 1.5)
  }
  return weights
}

const outbreaksOf = (seed: number): readonly Outbreak[] => {
  const shape = (originCode: number, final: number, middle: number): Outbreak => ({
    originCode,
    final,
    middle: middle + 1.5 * normal(streamOf(seed, originCode, 2)),
    steepness: 0.28 + 0.08 * uniform(streamOf(seed, originCode, 3)),
  })
  const inHubei = weightsOf(seed, true)
  const elsewhere = weightsOf(seed, false)
  return [
    shape(wuhan, finalTotals.wuhan, 27),
    ...[...inHubei.keys()].map((code) => shape(code, finalOf(code, inHubei, true), 19)),
    ...[...elsewhere.keys()].map((code) => shape(code, finalOf(code, elsewhere, false), 16)),
  ]
}

/** Cases that a curve comes to, whole and never falling. */
const totalOn = ({ final, middle, steepness }: Outbreak, index: number): number =>
  Math.floor(final / (1 + Math.exp(-steepness * (index - middle))))

/** So many numbers are put right the day after: what was said first was a little too low. */
const correctedShare = 0.06

/**
 * Cases as health authorities of a made-up winter report them: logistic curves about the size and speed of January and
 * February 2020, spread from Wuhan by distance, with noise by seed. No row of any table is copied. What is known up to the
 * end of a day is published on the next; some numbers are corrected a day later, so that a number can have versions.
 * @param firstDay  day that stands for 18 January 2020   @param days  how many days are made
 * @param seed  any whole number; the same one gives the same rows
 * @returns rows where anything changed, by origin and day
 */
export const drawReportedCases = (firstDay: string, days: number, seed: number): readonly ReportedCases[] =>
  outbreaksOf(seed).flatMap((outbreak) => {
    const { originCode } = outbreak
    const rows: ReportedCases[] = []
    let before = 0
    for (let index = 0; index < days; index += 1) {
      const total = totalOn(outbreak, index)
      if (total === before) continue
      const day = addDays(firstDay, index)
      const isLow = total - before > 4 && uniform(streamOf(seed, originCode, 4, index)) < correctedShare
      const said = isLow ? total - Math.ceil((total - before) / 4) : total
      rows.push({ originCode, day, publishedOn: addDays(day, 1), confirmedTotal: said })
      if (isLow) rows.push({ originCode, day, publishedOn: addDays(day, 2), confirmedTotal: total })
      before = total
    }
    return rows
  })
