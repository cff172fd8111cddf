import { originPoint } from '@guankou/geodata/boundaries/origin-points.ts'
import type { Origin } from '@guankou/geodata/divisions/division.ts'
import { allOrigins } from '@guankou/geodata/divisions/origins.ts'
import type { OriginShare } from '#src/arrivals/scenario.ts'

const zhuhai = 440400
const hubeiProvince = 420000
const earthRadiusKm = 6371

/** Rounded public figures for January 2020: last leg into the city. */
const known: readonly OriginShare[] = [
  { originCode: 442000, share: 0.37 },
  { originCode: 440100, share: 0.13 },
  { originCode: 820000, share: 0.099 },
  { originCode: 420100, share: 0.0053 },
]
const otherHubeiShare = 0.0074 - 0.0053
const abroadShare = 0.002

/** How many travellers a place sends, relative to an ordinary prefecture; rough, made up. */
const pulls: ReadonlyMap<number, number> = new Map([
  [440300, 4],
  [440600, 4],
  [441900, 4],
  [440700, 2],
  [440800, 3],
  [440900, 4],
  [810000, 0.5],
  [110000, 12],
  [310000, 9],
  [500000, 5],
  [510100, 5],
  [430100, 4],
  [410100, 3],
  [330100, 3],
  [320100, 3],
  [450100, 2],
])

/** Countries people came back from in the spring of 2020, relative to each other; made up. */
const countries: readonly (readonly [code: number, weight: number])[] = [
  [900826, 3],
  [900840, 3],
  [900608, 2],
  [900764, 2],
  [900392, 2],
  [900410, 2],
  [900702, 1],
]

/** Great-circle distance from the city in kilometres, by the haversine formula; undefined for a place without a point. */
export const distanceFromZhuhaiKm = (originCode: number): number | undefined => {
  const [from, to] = [originPoint(zhuhai), originPoint(originCode)]
  if (from === undefined || to === undefined) return undefined
  const radians = Math.PI / 180
  const [dLon, dLat] = [(to[0] - from[0]) * radians, (to[1] - from[1]) * radians]
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(from[1] * radians) * Math.cos(to[1] * radians) * Math.sin(dLon / 2) ** 2
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(h))
}

/** Weight by a gravity law: pull divided by distance to the power 1.7, with nothing counted as nearer than 40 km. */
const gravity = (origin: Origin): number => {
  const distanceKm = distanceFromZhuhaiKm(origin.code)
  return distanceKm === undefined ? 0 : (pulls.get(origin.code) ?? 1) / Math.max(40, distanceKm) ** 1.7
}

const spread = (origins: readonly Origin[], share: number): readonly OriginShare[] => {
  const weights = origins.map(gravity)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return origins.map(({ code }, index) => ({
    originCode: code,
    share: (share * (weights[index] ?? 0)) / total,
  }))
}

const build = (): readonly OriginShare[] => {
  const listed = new Set([zhuhai, ...known.map((one) => one.originCode)])
  const others = allOrigins().filter(({ code, kind }) => kind !== 'country' && !listed.has(code))
  const inHubei = others.filter((origin) => origin.provinceCode === hubeiProvince)
  const elsewhere = others.filter((origin) => origin.provinceCode !== hubeiProvince)
  const rest = 1 - known.reduce((sum, one) => sum + one.share, 0) - otherHubeiShare - abroadShare
  const countryTotal = countries.reduce((sum, [, weight]) => sum + weight, 0)
  return [
    ...known,
    ...spread(inHubei, otherHubeiShare),
    ...spread(elsewhere, rest),
    ...countries.map(([originCode, weight]) => ({
      originCode,
      share: (abroadShare * weight) / countryTotal,
    })),
  ]
}

/**
 * Where arrivals in the demo come from: four rounded public figures, and for every other origin of China a share from a
 * gravity law (pull over distance), so that the whole is smooth and copies no table. Adds up to 1; the city itself is no
 * origin.
 */
export const zhuhaiOriginShares: readonly OriginShare[] = build()
