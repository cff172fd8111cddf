import type { TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import type { ConveyanceKind, ThermometryMethod } from '@guankou/contract/screening/vocabulary.ts'
import { needsSecondReading } from '@guankou/domain/screening/fever.ts'
import {
  activeTraveller,
  type Draft,
  type DraftTraveller,
  firstPanel,
  isPlated,
  newTraveller,
  type Panel,
} from './draft.ts'
import { appendToPlate, dropLast, withProvince } from './plate.ts'
import { digitsOf, typeDigit, typedCelsius } from './temperature.ts'

export type DraftAction =
  | { readonly do: 'plate-symbol'; readonly symbol: string }
  | { readonly do: 'plate-province'; readonly province: string }
  | { readonly do: 'plate-back' }
  | { readonly do: 'plate-none' }
  /** A whole plate, as the camera read it and somebody confirmed. */
  | { readonly do: 'plate-read'; readonly plate: string }
  | { readonly do: 'kind'; readonly kind: ConveyanceKind; readonly plateStart: string }
  | { readonly do: 'count'; readonly count: number; readonly originCode: number }
  | { readonly do: 'queue'; readonly vehicles: number | null }
  | { readonly do: 'method'; readonly method: ThermometryMethod }
  | { readonly do: 'digit'; readonly digit: string; readonly at: string; readonly thresholdCelsius: number }
  | { readonly do: 'temperature-back' }
  | { readonly do: 'under-threshold'; readonly at: string; readonly everyone: boolean }
  | { readonly do: 'activate'; readonly seat: number; readonly panel: 'temperature' | 'person' }
  | { readonly do: 'person'; readonly seat: number; readonly change: PersonChange }
  | { readonly do: 'panel'; readonly panel: Panel }
  | { readonly do: 'replace'; readonly draft: Draft }

export type PersonChange = Partial<Omit<DraftTraveller, 'seat' | 'readings' | 'typed'>>

const changeTraveller = (
  draft: Draft,
  seat: number,
  change: (traveller: DraftTraveller) => DraftTraveller,
): Draft => ({
  ...draft,
  travellers: draft.travellers.map((traveller) => (traveller.seat === seat ? change(traveller) : traveller)),
})

/** The next seat, after this one and round again, that has no reading yet. */
const nextUnread = (draft: Draft): number | undefined => {
  const at = draft.travellers.findIndex((traveller) => traveller.seat === draft.activeSeat)
  const order = [...draft.travellers.slice(at + 1), ...draft.travellers.slice(0, at)]
  return order.find((traveller) => traveller.readings.length === 0 && !traveller.notMeasured)?.seat
}

const setCount = (draft: Draft, count: number, originCode: number): Draft => {
  const kept = draft.travellers.slice(0, count)
  const added = Array.from({ length: count - kept.length }, (_, index) =>
    newTraveller(kept.length + index + 1, originCode),
  )
  const travellers = [...kept, ...added]
  const activeSeat = travellers.find((traveller) => traveller.readings.length === 0)?.seat ?? 1
  return { ...draft, travellers, activeSeat, panel: 'temperature' }
}

/** A whole reading: the second where the first calls for one, else in place of the last. */
const withReading = (
  traveller: DraftTraveller,
  reading: TemperatureReading,
  thresholdCelsius: number,
): DraftTraveller => {
  const kept = needsSecondReading(traveller.readings, thresholdCelsius)
    ? traveller.readings
    : traveller.readings.slice(0, -1)
  return { ...traveller, readings: [...kept, reading], typed: '', notMeasured: false }
}

const pressDigit = (draft: Draft, action: Extract<DraftAction, { do: 'digit' }>): Draft => {
  const traveller = activeTraveller(draft)
  const typed = typeDigit(traveller.typed, action.digit)
  const celsius = typedCelsius(typed)
  if (celsius === undefined) return changeTraveller(draft, traveller.seat, (each) => ({ ...each, typed }))
  const reading = { at: action.at, method: draft.method, temperatureCelsius: celsius }
  const next = changeTraveller(draft, traveller.seat, (each) =>
    withReading(each, reading, action.thresholdCelsius),
  )
  const hot = celsius >= action.thresholdCelsius
  return hot ? next : { ...next, activeSeat: nextUnread(next) ?? next.activeSeat }
}

/** Takes back a digit, or reopens the last whole reading. */
const temperatureBack = (traveller: DraftTraveller): DraftTraveller => {
  if (traveller.typed !== '') return { ...traveller, typed: dropLast(traveller.typed) }
  const last = traveller.readings.at(-1)
  if (last === undefined) return traveller
  const typed = last.temperatureCelsius === undefined ? '' : dropLast(digitsOf(last.temperatureCelsius))
  return { ...traveller, readings: traveller.readings.slice(0, -1), typed }
}

const underThreshold = (draft: Draft, at: string, everyone: boolean): Draft => {
  const reading: TemperatureReading = { at, method: draft.method, underThreshold: true }
  const isMeant = (traveller: DraftTraveller): boolean =>
    everyone
      ? traveller.readings.length === 0 && !traveller.notMeasured
      : traveller.seat === activeTraveller(draft).seat
  const travellers = draft.travellers.map((traveller) =>
    isMeant(traveller)
      ? {
          ...traveller,
          readings: [...traveller.readings.slice(0, 1), reading],
          typed: '',
          notMeasured: false,
        }
      : traveller,
  )
  const next = { ...draft, travellers }
  return { ...next, activeSeat: nextUnread(next) ?? next.activeSeat }
}

const setKind = (draft: Draft, kind: ConveyanceKind, plateStart: string): Draft => ({
  ...draft,
  kind,
  plate: isPlated(kind) ? draft.plate || plateStart : '',
  withoutPlate: isPlated(kind) && draft.withoutPlate,
  panel: firstPanel(kind),
})

const change = (draft: Draft, action: DraftAction): Draft => {
  switch (action.do) {
    case 'plate-symbol':
      return {
        ...draft,
        plate: appendToPlate(draft.plate, action.symbol),
        withoutPlate: false,
        panel: 'plate',
      }
    case 'plate-province':
      return {
        ...draft,
        plate: withProvince(draft.plate, action.province),
        withoutPlate: false,
        panel: 'plate',
      }
    case 'plate-back':
      return { ...draft, plate: dropLast(draft.plate), withoutPlate: false }
    case 'plate-none':
      return { ...draft, withoutPlate: true, panel: 'count' }
    case 'plate-read':
      return { ...draft, plate: action.plate, withoutPlate: false, panel: 'count' }
    case 'kind':
      return setKind(draft, action.kind, action.plateStart)
    case 'count':
      return setCount(draft, action.count, action.originCode)
    case 'queue':
      return { ...draft, queueVehicles: action.vehicles, panel: 'temperature' }
    case 'method':
      return { ...draft, method: action.method }
    case 'digit':
      return pressDigit(draft, action)
    case 'temperature-back':
      return changeTraveller(draft, activeTraveller(draft).seat, temperatureBack)
    case 'under-threshold':
      return underThreshold(draft, action.at, action.everyone)
    case 'activate':
      return { ...draft, activeSeat: action.seat, panel: action.panel }
    case 'person':
      return changeTraveller(draft, action.seat, (traveller) => ({ ...traveller, ...action.change }))
    case 'panel':
      return { ...draft, panel: action.panel }
    case 'replace':
      return action.draft
  }
}

/** Looking about is not work: only entering something starts the clock of a vehicle. */
const startsClock = (action: DraftAction): boolean =>
  !['panel', 'activate', 'replace', 'method'].includes(action.do)

/**
 * One step of entry; pure.
 * @param nowMs  Unix time, milliseconds, of the key
 */
export const reduceDraft = (draft: Draft, action: DraftAction, nowMs: number): Draft => {
  const next = change(draft, action)
  return next.startedAtMs === null && startsClock(action) && next !== draft
    ? { ...next, startedAtMs: nowMs }
    : next
}
