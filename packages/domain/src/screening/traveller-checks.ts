import type { Refusal } from '@guankou/contract/errors.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type {
  RecordScreening,
  TemperatureReading,
  Traveller,
} from '@guankou/contract/screening/record-screening.ts'
import { instantMs, isCivilDate } from '#src/places/calendar.ts'
import type { Reference } from '#src/screening/decide.ts'

type Context = {
  readonly reference: Reference
  readonly ruleSet: RuleSet
  readonly occurredAtMs: number
  /** Local day of the screening. */
  readonly day: string
}

const msPerDay = 86_400_000

const checkReading = (reading: TemperatureReading, path: string, context: Context): Refusal | undefined => {
  if ((reading.temperatureCelsius === undefined) === (reading.underThreshold === undefined))
    return { code: 'READING_INCOMPLETE', path }
  const celsius = reading.temperatureCelsius ?? 0
  if (Math.abs(celsius * 10 - Math.round(celsius * 10)) > 1e-6)
    return { code: 'READING_TOO_FINE', path: `${path}/temperatureCelsius` }
  const at = instantMs(reading.at)
  if (at === undefined || at > context.occurredAtMs || context.occurredAtMs - at > msPerDay)
    return { code: 'IMPOSSIBLE_TIME', path: `${path}/at` }
  return undefined
}

const checkText = (traveller: Traveller, path: string): Refusal | undefined => {
  if (traveller.name?.isWellFormed() === false) return { code: 'TEXT_NOT_WELL_FORMED', path: `${path}/name` }
  if (traveller.document.number?.isWellFormed() === false)
    return { code: 'TEXT_NOT_WELL_FORMED', path: `${path}/document/number` }
  return undefined
}

/** The first thing wrong with what was found of somebody, or nothing. */
export const findFindingRefusal = (
  traveller: Pick<Traveller, 'origin' | 'symptoms' | 'exposures' | 'readings'>,
  path: string,
  context: Context,
): Refusal | undefined => {
  if (!context.reference.isKnownOrigin(traveller.origin.code))
    return { code: 'UNKNOWN_ORIGIN', path: `${path}/origin/code` }
  const listed = new Set(context.ruleSet.symptoms.map((symptom) => symptom.code))
  const symptom = traveller.symptoms.findIndex((code) => !listed.has(code))
  if (symptom >= 0) return { code: 'UNKNOWN_SYMPTOM', path: `${path}/symptoms/${symptom}` }
  const exposure = traveller.exposures.findIndex((e) => !isCivilDate(e.leftOn) || e.leftOn > context.day)
  if (exposure >= 0) return { code: 'IMPOSSIBLE_TIME', path: `${path}/exposures/${exposure}/leftOn` }
  for (const [index, reading] of traveller.readings.entries()) {
    const refusal = checkReading(reading, `${path}/readings/${index}`, context)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

const checkTraveller = (traveller: Traveller, path: string, context: Context): Refusal | undefined =>
  checkText(traveller, path) ?? findFindingRefusal(traveller, path, context)

/** The first thing wrong with the people aboard, or nothing. */
export const findTravellerRefusal = (command: RecordScreening, context: Context): Refusal | undefined => {
  const seats = new Set<number>()
  const labels = new Set<string>()
  if (command.conveyance.plate?.isWellFormed() === false)
    return { code: 'TEXT_NOT_WELL_FORMED', path: '/conveyance/plate' }
  for (const [index, traveller] of command.travellers.entries()) {
    const path = `/travellers/${index}`
    if (seats.has(traveller.seat)) return { code: 'SEAT_TAKEN_TWICE', path: `${path}/seat` }
    seats.add(traveller.seat)
    const { seatLabel } = traveller
    if (seatLabel !== undefined && labels.has(seatLabel))
      return { code: 'SEAT_TAKEN_TWICE', path: `${path}/seatLabel` }
    if (seatLabel !== undefined) labels.add(seatLabel)
    const refusal = checkTraveller(traveller, path, context)
    if (refusal !== undefined) return refusal
  }
  return undefined
}
