import type { Post } from '@guankou/contract/places/place.ts'
import type {
  Exposure,
  RecordScreening,
  TemperatureReading,
  Traveller,
} from '@guankou/contract/screening/record-screening.ts'
import { platedConveyances } from '@guankou/contract/screening/vocabulary.ts'
import { instantMs, isCivilDate } from '#src/places/calendar.ts'
import { normalisePlate } from '#src/screening/plates.ts'
import { findServiceRefusal } from '#src/screening/service.ts'

/** What a refused screening is put right by: what the inspector states, and what holds here and now. */
export type RefusedCorrection = {
  /** As entered; empty where the vehicle has none. */
  readonly plate: string
  readonly post: Pick<Post, 'id' | 'jurisdiction' | 'lanes'>
  readonly lane: number
  readonly responseId: string
  readonly rulesVersion: number
  /** Symptoms that those rules list. */
  readonly symptoms: ReadonlySet<string>
  readonly isKnownOrigin: (code: number) => boolean
  /** Where people here most likely come from. */
  readonly homeOrigin: number
  /** Local day of the record at the post. */
  readonly dayOf: (ms: number) => string
  readonly nowMs: number
  /** Makes a UUID version 7 that carries the milliseconds given. */
  readonly newId: (ms: number) => string
}

const msPerDay = 86_400_000
const iso = (ms: number): string => new Date(ms).toISOString()
const within = (ms: number | undefined, least: number, most: number): number =>
  Math.min(most, Math.max(least, ms ?? most))

/** A number beats the note without one, and is rounded up: nobody gets milder by being put right. */
const rightReading = (reading: TemperatureReading, occurredAtMs: number): TemperatureReading => {
  const { temperatureCelsius, underThreshold: _, ...rest } = reading
  const at = iso(within(instantMs(reading.at), occurredAtMs - msPerDay, occurredAtMs))
  return temperatureCelsius === undefined
    ? { ...rest, at, underThreshold: true }
    : { ...rest, at, temperatureCelsius: Math.ceil(temperatureCelsius * 10 - 1e-6) / 10 }
}

/** A stay whose day cannot be lasted until the day of the record: the strictest that it can mean. */
const rightExposure = (exposure: Exposure, day: string): Exposure =>
  isCivilDate(exposure.leftOn) && exposure.leftOn <= day ? exposure : { ...exposure, leftOn: day }

const rightTraveller = (
  traveller: Traveller,
  seat: number,
  { occurredAtMs, by }: { readonly occurredAtMs: number; readonly by: RefusedCorrection },
): Traveller => {
  const { name, document, origin } = traveller
  return {
    ...traveller,
    seat,
    ...(name === undefined ? {} : { name: name.toWellFormed() }),
    document:
      document.number === undefined ? document : { ...document, number: document.number.toWellFormed() },
    origin: by.isKnownOrigin(origin.code) ? origin : { code: by.homeOrigin, evidence: 'declared' },
    exposures: traveller.exposures.map((each) => rightExposure(each, by.dayOf(occurredAtMs))),
    readings: traveller.readings.map((each) => rightReading(each, occurredAtMs)),
    symptoms: traveller.symptoms.filter((code) => by.symptoms.has(code)),
  }
}

const rightPlate = (
  { kind, plate: before }: RecordScreening['conveyance'],
  entered: string,
): Pick<RecordScreening['conveyance'], 'plate' | 'withoutPlate'> => {
  const plate = entered.toWellFormed()
  if (normalisePlate(plate) !== '') return { plate }
  if (platedConveyances.has(kind)) return { withoutPlate: true }
  return before === undefined || normalisePlate(before) === '' ? {} : { plate: before }
}

/** A run that cannot be is left out: that it was another is not for a machine to say. */
const rightConveyance = (
  conveyance: RecordScreening['conveyance'],
  entered: string,
  day: string,
): RecordScreening['conveyance'] => {
  const { kind, service, seatsPerRow } = conveyance
  return {
    kind,
    ...rightPlate(conveyance, entered),
    ...(service === undefined || findServiceRefusal(conveyance, day) !== undefined ? {} : { service }),
    ...(seatsPerRow === undefined ? {} : { seatsPerRow }),
  }
}

/** Places as they were; of two people on one place the second has none. */
const withOwnPlaces = (travellers: readonly Traveller[]): readonly Traveller[] => {
  const taken = new Set<string>()
  return travellers.map((traveller) => {
    const { seatLabel, ...rest } = traveller
    if (seatLabel === undefined || taken.has(seatLabel)) return rest
    taken.add(seatLabel)
    return traveller
  })
}

/** Seats as they were, unless two hold the same. */
const seatsOf = (travellers: readonly Traveller[]): readonly number[] => {
  const seats = travellers.map(({ seat }) => seat)
  return new Set(seats).size === seats.length ? seats : seats.map((_, index) => index + 1)
}

/**
 * A screening that was refused, put right as a new command that names it: under another id of the same moment, for what
 * was refused may be known under its own. What the rules look at only ever gets stricter, but for symptoms that the rules
 * do not list.
 */
export const correctRefused = (refused: RecordScreening, by: RefusedCorrection): RecordScreening => {
  const stated = instantMs(refused.occurredAt)
  const occurredAtMs = stated === undefined || stated > by.nowMs ? by.nowMs : stated
  const startedAtMs = within(instantMs(refused.startedAt), occurredAtMs - msPerDay, occurredAtMs)
  const seats = seatsOf(refused.travellers)
  return {
    ...refused,
    id: by.newId(occurredAtMs),
    jurisdiction: by.post.jurisdiction,
    postId: by.post.id,
    lane: Math.min(by.lane, by.post.lanes),
    startedAt: iso(startedAtMs),
    occurredAt: iso(occurredAtMs),
    responseId: by.responseId,
    rulesVersion: by.rulesVersion,
    conveyance: rightConveyance(refused.conveyance, by.plate, by.dayOf(occurredAtMs)),
    travellers: withOwnPlaces(refused.travellers).map((each, index) =>
      rightTraveller(each, seats[index] ?? index + 1, { occurredAtMs, by }),
    ),
    corrects: refused.id,
  }
}
