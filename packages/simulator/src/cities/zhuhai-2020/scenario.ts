import type { Post, PostType } from '@guankou/contract/places/place.ts'
import { type ArrivalScenario, travellersPerConveyance } from '#src/arrivals/scenario.ts'
import { defaultProfile } from '#src/arrivals/week-profile.ts'
import { zhuhaiOriginShares } from '#src/cities/zhuhai-2020/origin-shares.ts'
import { originSharesByPostType } from '#src/cities/zhuhai-2020/origins-by-post-type.ts'

/** Around 2.3 people in a car, as road posts of February 2020 counted 2.0 to 2.9 people a vehicle. */
const carParty = [32, 32, 17, 12, 6, 0.6, 0.4]
const stationParty = [62, 26, 8, 4]

/** A bell of passengers about 24 between 5 and 50 aboard. */
const coachParty = Array.from({ length: 50 }, (_, index) =>
  index + 1 < 5 ? 0 : Math.exp(-(((index + 1 - 24) / 9) ** 2) / 2),
)

const partySizes: ArrivalScenario['partySizes'] = {
  car: carParty,
  coach: coachParty,
  truck: [75, 23, 2],
  motorcycle: [85, 15],
  train: stationParty,
  ferry: stationParty,
  flight: stationParty,
  'on-foot': stationParty,
}

const conveyanceMix: ArrivalScenario['conveyanceMix'] = {
  'road-main': { car: 0.87, truck: 0.09, coach: 0.02, motorcycle: 0.02 },
  'road-minor': { car: 0.82, truck: 0.08, motorcycle: 0.09, 'on-foot': 0.01 },
  railway: { train: 1 },
  coach: { coach: 1 },
  airport: { flight: 1 },
  port: { ferry: 1 },
  border: { 'on-foot': 0.8, car: 0.2 },
}

/** Ordinary road posts about 394 a day and motorway exits about 600, as counted elsewhere in those weeks; the rest made up. */
const conveyancesPerDay: ArrivalScenario['conveyancesPerDay'] = {
  'road-main': 600,
  'road-minor': 394,
  railway: 1500,
  coach: 60,
  airport: 900,
  port: 450,
  border: 2000,
}

const service: ArrivalScenario['service'] = {
  baseSeconds: 8,
  perTravellerSeconds: 6,
  logSd: 0.35,
  openLaneShare: {
    'road-main': 0.2,
    'road-minor': 0.5,
    railway: 0.25,
    coach: 0.34,
    airport: 0.25,
    port: 0.34,
    border: 0.5,
  },
}

const health: ArrivalScenario['health'] = {
  normalCelsius: 36.5,
  personSdCelsius: 0.22,
  febrileShare: 2e-4,
  febrileCelsius: 38.2,
  febrileSdCelsius: 0.5,
  instruments: {
    forehead: { biasCelsius: -0.1, noiseSdCelsius: 0.12 },
    ear: { biasCelsius: 0.1, noiseSdCelsius: 0.1 },
    axillary: { biasCelsius: 0, noiseSdCelsius: 0.08 },
    gate: { biasCelsius: -0.15, noiseSdCelsius: 0.15 },
  },
  symptomShare: 0.002,
  contactShare: 4e-5,
  riskFactor: 10,
  hiddenExposureShare: 0.001,
}

/** Relative volumes that differ from post to post and average 1 within a type. */
const unevenWeights = (posts: readonly Post[]): ReadonlyMap<number, number> => {
  const byType = Map.groupBy(posts, (post) => post.type)
  return new Map(
    [...byType.values()].flatMap((group) => {
      const raw = group.map((_, index) => 0.4 + (((index * 7 + 3) % 10) / 10) * 1.4)
      const mean = raw.reduce((sum, weight) => sum + weight, 0) / raw.length
      return group.map((post, index) => [post.id, (raw[index] ?? mean) / mean] as const)
    }),
  )
}

const travellersByType = (posts: readonly Post[]): Partial<Record<PostType, number>> =>
  Object.fromEntries(
    [...Map.groupBy(posts, (post) => post.type)].map(([type, group]) => {
      const perConveyance = travellersPerConveyance({ conveyanceMix, partySizes }, type)
      return [type, group.length * conveyancesPerDay[type] * perConveyance]
    }),
  )

/**
 * Arrivals as they may have been in January 2020: about 20,000 conveyances and 45,000 travellers a day at the 43 posts of
 * the demo city. Which figures are public is said beside them; everything else is made up to look like it.
 * @param posts  of the city
 */
export const zhuhaiScenario = (posts: readonly Post[]): ArrivalScenario => ({
  originShares: zhuhaiOriginShares,
  originSharesByPostType: originSharesByPostType(zhuhaiOriginShares, travellersByType(posts)),
  profile: defaultProfile,
  conveyancesPerDay,
  postWeights: unevenWeights(posts),
  conveyanceMix,
  partySizes,
  service,
  health,
})
