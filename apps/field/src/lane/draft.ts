import type { ShownCertificate } from '@guankou/contract/certificates/shown.ts'
import type {
  Exposure,
  SameAs,
  Service,
  TemperatureReading,
} from '@guankou/contract/screening/record-screening.ts'
import {
  type AmbientNote,
  type ConveyanceKind,
  type DocumentKind,
  type EvidenceKind,
  platedConveyances,
  scheduledConveyances,
  type ThermometryMethod,
} from '@guankou/contract/screening/vocabulary.ts'
import type { PlaceStyle } from '@guankou/domain/manifest/seats.ts'

export type DraftTraveller = {
  readonly seat: number
  /** Where they sit, as the ticket names it. */
  readonly seatLabel?: string
  /** Of somebody on a list: waited for, or not aboard. Left out of those who are here. */
  readonly presence?: 'expected' | 'absent'
  readonly name: string
  readonly documentKind: DocumentKind
  readonly documentNumber: string
  readonly phone: string
  readonly originCode: number
  readonly originEvidence: EvidenceKind
  readonly exposures: readonly Exposure[]
  readonly contactWithCase: boolean
  readonly symptoms: readonly string[]
  readonly readings: readonly TemperatureReading[]
  /** Digits of a reading that is not whole yet. */
  readonly typed: string
  /** Said on purpose, so that a missing temperature is never an oversight. */
  readonly notMeasured: boolean
  /** Confirmed to be somebody of an earlier screening, and what of them may be shown. */
  readonly sameAs?: SameAs
  readonly known?: { readonly name?: string; readonly document?: string }
  /** Health certificates that were shown and attached; not in drafts of older versions. */
  readonly certificates?: readonly ShownCertificate[]
  /** Implausible numbers that were looked at twice and are right, degrees Celsius. */
  readonly checkedCelsius?: readonly number[]
}

/** What the lower half of the lane shows. */
export type Panel =
  | 'plate'
  | 'province'
  | 'suffix'
  | 'kind'
  | 'count'
  | 'returning'
  | 'service'
  | 'seats'
  | 'parked'
  | 'queue'
  | 'temperature'
  | 'person'

/** A vehicle being entered; survives a reload, so it is plain data. */
export type Draft = {
  /** The declaration that it was filled in from; to be noted as shown once the vehicle is recorded. */
  readonly declarationId?: string
  /** When the first key was pressed; nothing while the form is untouched. Unix time, milliseconds. */
  readonly startedAtMs: number | null
  readonly kind: ConveyanceKind
  readonly plate: string
  readonly withoutPlate: boolean
  readonly queueVehicles: number | null
  readonly method: ThermometryMethod
  /** Chosen for second readings; left out while the first other method will do. */
  readonly secondMethod?: ThermometryMethod
  /** The thermometer and what is around it, noted with each reading; not in drafts of older versions. */
  readonly device?: string
  readonly ambient?: AmbientNote
  /** When the vehicle was put aside to wait for a second reading, and for how long it was before; milliseconds. */
  readonly parkedAtMs?: number
  readonly parkedForMs?: number
  /** The run that a train, ferry, flight or coach is. */
  readonly service?: Service
  readonly seatsPerRow?: number
  readonly placeStyle?: PlaceStyle
  /** People are entered one by one, and this place is next; see `placeKeyOf`. */
  readonly atPlace?: string
  /** Who is measured by number was chosen among the places, and there entry goes on. */
  readonly backTo?: 'seats'
  readonly travellers: readonly DraftTraveller[]
  /** Seat of the traveller whose temperature or details are on. */
  readonly activeSeat: number
  readonly panel: Panel
}

export type DraftDefaults = {
  readonly plateStart: string
  readonly originCode: number
  readonly kind: ConveyanceKind
  /** The conveyance of before, whose people are still coming. */
  readonly same?: Pick<Draft, 'service' | 'seatsPerRow' | 'placeStyle' | 'atPlace'> | undefined
  readonly method: ThermometryMethod
  readonly device?: string | undefined
  readonly ambient?: AmbientNote | undefined
}

export const newTraveller = (seat: number, originCode: number): DraftTraveller => ({
  seat,
  name: '',
  documentKind: 'none',
  documentNumber: '',
  phone: '',
  originCode,
  originEvidence: 'declared',
  exposures: [],
  contactWithCase: false,
  symptoms: [],
  readings: [],
  typed: '',
  notMeasured: false,
})

export const isPlated = (kind: ConveyanceKind): boolean => platedConveyances.has(kind)
export const isScheduled = (kind: ConveyanceKind): boolean => scheduledConveyances.has(kind)

/** Where entry begins for a kind: its plate, which run it is, or whom to measure. */
export const firstPanel = (kind: ConveyanceKind): Panel => {
  if (isPlated(kind)) return 'plate'
  return kind === 'on-foot' ? 'temperature' : 'service'
}

/** Names a place, or somebody who has none. */
export const placeKeyOf = ({ seat, seatLabel }: Pick<DraftTraveller, 'seat' | 'seatLabel'>): string =>
  seatLabel ?? `#${seat}`

/** Those who are here, whoever else is on a list. */
export const aboardOf = ({ travellers }: Pick<Draft, 'travellers'>): readonly DraftTraveller[] =>
  travellers.filter(({ presence }) => presence === undefined)

/** What goes on to the next people of the same train, ferry or flight; a coach is another one with the next plate. */
export const sameConveyance = (last: Draft | undefined): DraftDefaults['same'] => {
  if (last === undefined || isPlated(last.kind) || !isScheduled(last.kind)) return undefined
  const { service, seatsPerRow, placeStyle, atPlace } = last
  return {
    ...(service === undefined ? {} : { service }),
    ...(seatsPerRow === undefined ? {} : { seatsPerRow }),
    ...(placeStyle === undefined ? {} : { placeStyle }),
    ...(atPlace === undefined ? {} : { atPlace: atPlace.startsWith('#') ? '#1' : atPlace }),
  }
}

const panelOf = ({ kind, same }: DraftDefaults): Panel => {
  if (same === undefined) return firstPanel(kind)
  return same.atPlace === undefined ? 'count' : 'seats'
}

export const newDraft = (defaults: DraftDefaults): Draft => {
  const { plateStart, originCode, kind, same, method, device, ambient } = defaults
  return {
    startedAtMs: null,
    kind,
    plate: isPlated(kind) ? plateStart : '',
    withoutPlate: false,
    queueVehicles: null,
    method,
    ...(device === undefined ? {} : { device }),
    ...(ambient === undefined ? {} : { ambient }),
    ...same,
    travellers: same?.atPlace === undefined ? [newTraveller(1, originCode)] : [],
    activeSeat: 1,
    panel: panelOf(defaults),
  }
}

export const isUntouched = (draft: Draft): boolean => draft.startedAtMs === null

export const activeTraveller = (draft: Draft): DraftTraveller =>
  draft.travellers.find((traveller) => traveller.seat === draft.activeSeat) ??
  draft.travellers[0] ??
  newTraveller(1, 0)

/** Whether it was said who somebody is. */
export const isNamed = ({ name, documentNumber, phone }: DraftTraveller): boolean =>
  name !== '' || documentNumber !== '' || phone !== ''

/** Whether somebody was measured by number, or anything was said of their health or of where they were. */
export const wasExamined = (traveller: DraftTraveller): boolean =>
  traveller.readings.some(({ temperatureCelsius }) => temperatureCelsius !== undefined) ||
  traveller.notMeasured ||
  traveller.exposures.length > 0 ||
  traveller.symptoms.length > 0 ||
  (traveller.certificates ?? []).length > 0 ||
  traveller.contactWithCase

/** What no key for the whole vehicle may lose. */
export const wasEntered = (traveller: DraftTraveller): boolean => isNamed(traveller) || wasExamined(traveller)

/** Whether something was entered about a traveller that removing the seat would lose. */
export const hasContent = (traveller: DraftTraveller): boolean =>
  wasEntered(traveller) || traveller.sameAs !== undefined || traveller.readings.length > 0
