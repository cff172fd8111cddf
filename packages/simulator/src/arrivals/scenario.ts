import type { PostType } from '@guankou/contract/places/place.ts'
import type { ConveyanceKind, ThermometryMethod } from '@guankou/contract/screening/vocabulary.ts'

/** Share of all travellers who come from one origin. Shares need not add up to 1: they are taken in proportion. */
export type OriginShare = { readonly originCode: number; readonly share: number }

/**
 * How arrivals spread over a week: seven days from Sunday, each of 72 slots of 20 minutes. The 504 numbers are relative
 * to a mean day: each day adds up to its weekday's factor, and the seven factors average 1.
 */
export type WeekProfile = readonly (readonly number[])[]

/** How long a conveyance occupies a lane: lognormal about `base + perTraveller × travellers`. */
export type ServiceTimes = {
  readonly baseSeconds: number
  readonly perTravellerSeconds: number
  /** Standard deviation of the logarithm. */
  readonly logSd: number
  /** Part of a post's lanes that is open, at least one lane. */
  readonly openLaneShare: Readonly<Record<PostType, number>>
}

/** What thermometers show and what people tell. Probabilities are per traveller. */
export type HealthModel = {
  readonly normalCelsius: number
  /** Between people, without the instrument's own noise. */
  readonly personSdCelsius: number
  readonly febrileShare: number
  readonly febrileCelsius: number
  readonly febrileSdCelsius: number
  /** Bias and noise of each way of measuring. */
  readonly instruments: Readonly<
    Record<ThermometryMethod, { readonly biasCelsius: number; readonly noiseSdCelsius: number }>
  >
  readonly symptomShare: number
  readonly contactShare: number
  /** Fever, symptoms and contact are this much likelier in people from an area at risk. */
  readonly riskFactor: number
  /** People from elsewhere who have nevertheless been in an area at risk in the last three weeks. */
  readonly hiddenExposureShare: number
}

/** More fevers than usual at one post for a while, as when a bus brings an outbreak. */
export type FeverCluster = {
  readonly postId: number
  /** Arrivals between two instants, Unix time in milliseconds. */
  readonly fromMs: number
  readonly untilMs: number
  /** Share of them with a fever, instead of the usual one. */
  readonly febrileShare: number
}

/** All that is needed to draw arrivals; a plain value, so that it can be kept with a result. */
export type ArrivalScenario = {
  readonly originShares: readonly OriginShare[]
  /** Where given, used instead of `originShares` at posts of that type. */
  readonly originSharesByPostType?: Partial<Readonly<Record<PostType, readonly OriginShare[]>>>
  readonly profile: WeekProfile
  /** Conveyances (at stations: groups of travellers) at an average post of the type on an average day. */
  readonly conveyancesPerDay: Readonly<Record<PostType, number>>
  /** Volume of a post relative to others of its type; 1 where not listed. */
  readonly postWeights: ReadonlyMap<number, number>
  readonly conveyanceMix: Readonly<Record<PostType, Partial<Readonly<Record<ConveyanceKind, number>>>>>
  /** Weights of 1, 2, 3 … people aboard. */
  readonly partySizes: Readonly<Record<ConveyanceKind, readonly number[]>>
  readonly service: ServiceTimes
  readonly health: HealthModel
  /** Left out: none. */
  readonly clusters?: readonly FeverCluster[]
}

/** Mean number of people aboard, from weights of 1, 2, 3 … people. */
export const meanPartySize = (weights: readonly number[]): number => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.reduce((sum, weight, index) => sum + weight * (index + 1), 0) / total
}

/** Mean number of travellers per conveyance at posts of a type. */
export const travellersPerConveyance = (
  { conveyanceMix, partySizes }: Pick<ArrivalScenario, 'conveyanceMix' | 'partySizes'>,
  type: PostType,
): number => {
  const mix = Object.entries(conveyanceMix[type]) as [ConveyanceKind, number][]
  const total = mix.reduce((sum, [, share]) => sum + share, 0)
  return mix.reduce((sum, [kind, share]) => sum + share * meanPartySize(partySizes[kind]), 0) / total
}

/** The same scenario with all volumes multiplied, for surges and for load. */
export const scaleVolume = (scenario: ArrivalScenario, factor: number): ArrivalScenario => {
  const scaled = Object.entries(scenario.conveyancesPerDay).map(([type, count]) => [type, count * factor])
  return {
    ...scenario,
    conveyancesPerDay: Object.fromEntries(scaled) as ArrivalScenario['conveyancesPerDay'],
  }
}
