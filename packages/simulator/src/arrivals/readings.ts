import type { PostType } from '@guankou/contract/places/place.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import type { ThermometryMethod } from '@guankou/contract/screening/vocabulary.ts'
import type { HealthModel } from '#src/arrivals/scenario.ts'
import { happens, normal, type Random } from '#src/random/stream.ts'

/** What is true of a body and what the first thermometer showed, °C to one decimal. */
export type Measured = { readonly bodyCelsius: number; readonly shownCelsius: number }

/** Gates stand in halls; on a road the thermometer is held to the forehead, now and then to the ear. */
export const drawMethod = (type: PostType, random: Random): ThermometryMethod => {
  if (type === 'road-main' || type === 'road-minor') return happens(random, 0.9) ? 'forehead' : 'ear'
  return happens(random, 0.8) ? 'gate' : 'forehead'
}

const toTenths = (celsius: number): number => Math.round(celsius * 10) / 10

const show = (
  bodyCelsius: number,
  method: ThermometryMethod,
  health: HealthModel,
  random: Random,
): number => {
  const { biasCelsius, noiseSdCelsius } = health.instruments[method]
  return toTenths(bodyCelsius + biasCelsius + noiseSdCelsius * normal(random))
}

/** One person's temperature and first reading. @param riskFactor  how much likelier fever is in this person */
export const drawMeasured = (
  method: ThermometryMethod,
  health: HealthModel,
  riskFactor: number,
  random: Random,
): Measured => {
  const bodyCelsius = happens(random, health.febrileShare * riskFactor)
    ? health.febrileCelsius + health.febrileSdCelsius * normal(random)
    : health.normalCelsius + health.personSdCelsius * normal(random)
  return { bodyCelsius, shownCelsius: show(bodyCelsius, method, health, random) }
}

type Taking = {
  readonly measured: Measured
  readonly method: ThermometryMethod
  readonly atMs: number
  readonly ruleSet: RuleSet
  readonly health: HealthModel
}

/** A gate seldom writes down a number for somebody under the threshold. */
const gateNotesOnly = 0.7

/**
 * The readings of one person as entered: one, or where it is at or over the threshold a second with an ear or armpit
 * thermometer after the wait that the rules ask for.
 */
export const takeReadings = (taking: Taking, random: Random): TemperatureReading[] => {
  const { measured, method, atMs, ruleSet, health } = taking
  const at = new Date(atMs).toISOString()
  if (measured.shownCelsius < ruleSet.feverThresholdCelsius) {
    if (method === 'gate' && happens(random, gateNotesOnly)) return [{ at, method, underThreshold: true }]
    return [{ at, method, temperatureCelsius: measured.shownCelsius }]
  }
  const second = happens(random, 0.5) ? 'ear' : 'axillary'
  return [
    { at, method, temperatureCelsius: measured.shownCelsius },
    {
      at: new Date(atMs + ruleSet.secondReadingWaitMinutes * 60_000).toISOString(),
      method: second,
      temperatureCelsius: show(measured.bodyCelsius, second, health, random),
    },
  ]
}
