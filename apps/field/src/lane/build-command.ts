import type {
  RecordScreening,
  TemperatureReading,
  Traveller,
} from '@guankou/contract/screening/record-screening.ts'
import { unmistakableKind } from '@guankou/domain/identity/documents/unmistakable-kind.ts'
import { type PlateProblem, plateProblem } from '@guankou/domain/identity/plates/plate-problem.ts'
import { isImplausible } from '@guankou/domain/screening/second-reading.ts'
import { aboardOf, type Draft, type DraftTraveller, isPlated, isScheduled } from './draft.ts'

/** Why a draft cannot be finished yet, first things first. */
export type Missing =
  | { readonly is: 'plate' }
  | { readonly is: 'temperature'; readonly seats: readonly number[] }
  /** Of a list, people who are neither here nor not aboard yet. */
  | { readonly is: 'expected'; readonly count: number }
  | { readonly is: 'people' }
  /** A number that no thermometer should show; taken once somebody says that it is right. */
  | { readonly is: 'implausible'; readonly seat: number; readonly celsius: number }
  /** A telephone number too short to be one. */
  | { readonly is: 'phone'; readonly seat: number }

const lacksReading = (traveller: DraftTraveller): boolean =>
  traveller.readings.length === 0 && !traveller.notMeasured

const dialled = (phone: string): string => phone.replace(/[^0-9+ ()-]/g, '').trim()

const shortestPhone = 3

const hasShortPhone = ({ phone }: DraftTraveller): boolean => {
  const { length } = dialled(phone)
  return length > 0 && length < shortestPhone
}

const implausible = ({ seat, readings, checkedCelsius }: DraftTraveller): readonly Missing[] => {
  const celsius = readings
    .flatMap(({ temperatureCelsius }) => temperatureCelsius ?? [])
    .find((value) => isImplausible(value) && checkedCelsius?.includes(value) !== true)
  return celsius === undefined ? [] : [{ is: 'implausible', seat, celsius }]
}

/** What is still to be entered. */
export const missingOf = (draft: Draft): readonly Missing[] => {
  const aboard = aboardOf(draft)
  const seats = aboard.filter(lacksReading).map((traveller) => traveller.seat)
  const expected = draft.travellers.filter(({ presence }) => presence === 'expected').length
  const plate = isPlated(draft.kind) && !draft.withoutPlate && draft.plate.length < 3
  return [
    ...(plate ? [{ is: 'plate' } as const] : []),
    ...(expected > 0 ? [{ is: 'expected', count: expected } as const] : []),
    ...(aboard.length === 0 && expected === 0 ? [{ is: 'people' } as const] : []),
    ...(seats.length > 0 ? [{ is: 'temperature', seats } as const] : []),
    ...aboard.flatMap(implausible),
    ...aboard.filter(hasShortPhone).map(({ seat }) => ({ is: 'phone', seat }) as const),
  ]
}

/** What deserves a second look about a plate before it is taken. */
export const plateDoubt = ({ kind, plate, withoutPlate }: Draft): PlateProblem | undefined =>
  isPlated(kind) && !withoutPlate ? plateProblem(plate) : undefined

const msPerDay = 86_400_000
const iso = (ms: number): string => new Date(ms).toISOString()

/** A clock that was set back meanwhile must not make a reading later than its record. */
const notAfter = (reading: TemperatureReading, nowMs: number): TemperatureReading =>
  Date.parse(reading.at) > nowMs ? { ...reading, at: iso(nowMs) } : reading

/** Control characters slip in with pasted text; the contract takes none. */
const clean = (text: string): string =>
  text
    .replace(/\p{Cc}|[\u2028\u2029\ufeff]/gu, '')
    .trim()
    .toWellFormed()

const optional = <K extends string>(key: K, value: string): { readonly [P in K]?: string } =>
  (value === '' ? {} : { [key]: value }) as { readonly [P in K]?: string }

/** A number whose kind nobody chose is that of some paper all the same. */
const kindOf = ({ documentKind, documentNumber }: DraftTraveller): DraftTraveller['documentKind'] => {
  const number = clean(documentNumber)
  return documentKind === 'none' && number !== '' ? (unmistakableKind(number) ?? 'other') : documentKind
}

const toTraveller = (traveller: DraftTraveller, nowMs: number): Traveller => ({
  seat: traveller.seat,
  ...(traveller.seatLabel === undefined ? {} : { seatLabel: traveller.seatLabel }),
  ...(traveller.sameAs === undefined ? {} : { sameAs: traveller.sameAs }),
  ...optional('name', clean(traveller.name)),
  document: {
    kind: kindOf(traveller),
    ...optional('number', clean(traveller.documentNumber)),
  },
  ...optional('phone', dialled(traveller.phone)),
  origin: { code: traveller.originCode, evidence: traveller.originEvidence },
  exposures: [...traveller.exposures],
  contactWithCase: traveller.contactWithCase,
  readings: traveller.readings.map((reading) => notAfter(reading, nowMs)),
  symptoms: [...traveller.symptoms],
  ...((traveller.certificates ?? []).length === 0
    ? {}
    : { certificates: [...(traveller.certificates ?? [])] }),
})

export type Circumstances = {
  readonly jurisdiction: number
  readonly postId: number
  readonly lane: number
  readonly responseId: string
  readonly rulesVersion: number
  /** Unix time of completion, milliseconds. */
  readonly nowMs: number
  /** Makes a UUID version 7 that carries the milliseconds given. */
  readonly newId: (ms: number) => string
}

/**
 * The command of a finished draft. The id carries the milliseconds of `occurredAt`. A start that the clock has since
 * passed backwards, or a form left open over a day, is drawn in to what the contract takes.
 */
export const buildCommand = (draft: Draft, at: Circumstances): RecordScreening => {
  const startedAtMs = Math.min(at.nowMs, Math.max(draft.startedAtMs ?? at.nowMs, at.nowMs - msPerDay))
  const plated = isPlated(draft.kind)
  const aboard = aboardOf(draft)
  const hasPlaces = aboard.some(({ seatLabel }) => seatLabel !== undefined)
  return {
    kind: 'screening.record',
    schemaVersion: 1,
    id: at.newId(at.nowMs),
    jurisdiction: at.jurisdiction,
    postId: at.postId,
    lane: at.lane,
    startedAt: iso(startedAtMs),
    occurredAt: iso(at.nowMs),
    responseId: at.responseId,
    rulesVersion: at.rulesVersion,
    conveyance: {
      kind: draft.kind,
      ...(plated && !draft.withoutPlate ? { plate: draft.plate } : {}),
      ...(plated && draft.withoutPlate ? { withoutPlate: true as const } : {}),
      ...(draft.service !== undefined && isScheduled(draft.kind) ? { service: draft.service } : {}),
      ...(draft.seatsPerRow !== undefined && hasPlaces ? { seatsPerRow: draft.seatsPerRow } : {}),
    },
    ...(draft.queueVehicles === null ? {} : { queueVehicles: draft.queueVehicles }),
    travellers: aboard.map((traveller) => toTraveller(traveller, at.nowMs)),
  }
}
