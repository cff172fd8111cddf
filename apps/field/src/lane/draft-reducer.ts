import type { TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import type {
  AmbientNote,
  ConveyanceKind,
  ThermometryMethod,
} from '@guankou/contract/screening/vocabulary.ts'
import { needsSecondReading } from '@guankou/domain/screening/fever.ts'
import { secondMethods } from '@guankou/domain/screening/second-reading.ts'
import {
  activeTraveller,
  type Draft,
  type DraftTraveller,
  firstPanel,
  isPlated,
  newTraveller,
  type Panel,
  wasEntered,
} from './draft.ts'
import type { KnownPerson } from './known-vehicle.ts'
import { changePlaces, freeSeat, mostAboard, nextPlace, type PlaceAction } from './place-actions.ts'
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
  /** A whole plate at once: scanned, or chosen among those that passed. */
  | { readonly do: 'plate'; readonly plate: string; readonly kind?: ConveyanceKind }
  /** The people who were confirmed, and how many besides; `underAt`: everyone was measured and is under. */
  | {
      readonly do: 'same-people'
      readonly people: readonly KnownPerson[]
      readonly others: number
      readonly originCode: number
      readonly underAt?: string
    }
  | { readonly do: 'not-same'; readonly seat: number }
  /** A document that was read, for somebody or for one more person; their details open, so that it is looked at. */
  | { readonly do: 'document'; readonly seat: number | 'more'; readonly change: PersonChange }
  /** Somebody who is not aboard after all; the others move up. */
  | { readonly do: 'remove'; readonly seat: number }
  | { readonly do: 'queue'; readonly vehicles: number | null }
  | { readonly do: 'method'; readonly method: ThermometryMethod }
  | { readonly do: 'second-method'; readonly method: ThermometryMethod }
  | { readonly do: 'note'; readonly device?: string; readonly ambient?: AmbientNote | null }
  | { readonly do: 'digit'; readonly digit: string; readonly at: string; readonly thresholdCelsius: number }
  | { readonly do: 'temperature-back' }
  | { readonly do: 'under-threshold'; readonly at: string; readonly everyone: boolean }
  | { readonly do: 'activate'; readonly seat: number; readonly panel: 'temperature' | 'person' }
  | { readonly do: 'person'; readonly seat: number; readonly change: PersonChange }
  | { readonly do: 'panel'; readonly panel: Panel }
  | { readonly do: 'replace'; readonly draft: Draft }
  | PlaceAction

export type PersonChange = Partial<Omit<DraftTraveller, 'seat'>>

const changeTraveller = (
  draft: Draft,
  seat: number,
  change: (traveller: DraftTraveller) => DraftTraveller,
): Draft => ({
  ...draft,
  travellers: draft.travellers.map((traveller) => (traveller.seat === seat ? change(traveller) : traveller)),
})

/** Here, and neither measured nor said not to be. */
const isUnread = ({ readings, notMeasured, presence }: DraftTraveller): boolean =>
  readings.length === 0 && !notMeasured && presence === undefined

/** The next seat, after this one and round again, that has no reading yet. */
const nextUnread = (draft: Draft): number | undefined => {
  const at = draft.travellers.findIndex((traveller) => traveller.seat === draft.activeSeat)
  const order = [...draft.travellers.slice(at + 1), ...draft.travellers.slice(0, at)]
  return order.find(isUnread)?.seat
}

const numbered = (travellers: readonly DraftTraveller[]): readonly DraftTraveller[] =>
  travellers.map((traveller, index) => ({ ...traveller, seat: index + 1 }))

/** Those of whom nothing was entered go, the last first; somebody who was measured by number is never lost to a count. */
const keptOf = (travellers: readonly DraftTraveller[], count: number): readonly DraftTraveller[] => {
  const blank = travellers.filter((each) => !wasEntered(each) && each.sameAs === undefined)
  const surplus = Math.max(0, travellers.length - count)
  const gone = new Set(blank.slice(Math.max(0, blank.length - surplus)))
  return numbered(travellers.filter((each) => !gone.has(each)))
}

const setCount = (draft: Draft, count: number, originCode: number): Draft => {
  const kept = keptOf(draft.travellers, count)
  const added = Array.from({ length: Math.max(0, count - kept.length) }, (_, index) =>
    newTraveller(kept.length + index + 1, originCode),
  )
  const travellers = [...kept, ...added]
  const activeSeat = travellers.find((traveller) => traveller.readings.length === 0)?.seat ?? 1
  return { ...draft, travellers, activeSeat, panel: 'temperature' }
}

/** Where people have places they keep their numbers, by which a place is found; where they are only counted, the others move up. */
const remove = (draft: Draft, seat: number): Draft => {
  const byPlace = draft.atPlace !== undefined
  const rest = draft.travellers.filter((each) => each.seat !== seat)
  if (rest.length === 0 && !byPlace) return draft
  const travellers = byPlace ? rest : numbered(rest)
  const next = travellers.find((each) => each.seat >= seat) ?? travellers.at(-1)
  return { ...draft, travellers, activeSeat: next?.seat ?? 1, panel: draft.backTo ?? 'temperature' }
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

/** How somebody is measured now: a second time by another method than the first. */
export const methodFor = (
  draft: Draft,
  { readings }: Pick<DraftTraveller, 'readings'>,
  thresholdCelsius: number,
): ThermometryMethod => {
  const [first] = readings
  if (first === undefined || !needsSecondReading(readings, thresholdCelsius)) return draft.method
  const [other = draft.method] = secondMethods(first.method)
  return draft.secondMethod === undefined || draft.secondMethod === first.method ? other : draft.secondMethod
}

const readingBegun = (
  draft: Draft,
  traveller: DraftTraveller,
  at: string,
  thresholdCelsius: number,
): TemperatureReading => ({
  at,
  method: methodFor(draft, traveller, thresholdCelsius),
  ...(draft.device === undefined ? {} : { device: draft.device }),
  ...(draft.ambient === undefined ? {} : { ambient: draft.ambient }),
})

/** Whoever was chosen among the places is measured: on to the next place. */
const backToSeats = ({ backTo: _, ...draft }: Draft): Draft => ({
  ...draft,
  panel: 'seats',
  atPlace: nextPlace(draft),
})

const pressDigit = (draft: Draft, action: Extract<DraftAction, { do: 'digit' }>): Draft => {
  const traveller = activeTraveller(draft)
  const typed = typeDigit(traveller.typed, action.digit)
  const celsius = typedCelsius(typed)
  if (celsius === undefined) return changeTraveller(draft, traveller.seat, (each) => ({ ...each, typed }))
  const { thresholdCelsius } = action
  const reading = {
    ...readingBegun(draft, traveller, action.at, thresholdCelsius),
    temperatureCelsius: celsius,
  }
  const next = changeTraveller(draft, traveller.seat, (each) => withReading(each, reading, thresholdCelsius))
  // A second number is due of whoever is hot; after it the next digits belong to somebody else.
  if (needsSecondReading(activeTraveller(next).readings, thresholdCelsius)) return next
  if (next.backTo === 'seats') return backToSeats(next)
  return { ...next, activeSeat: nextUnread(next) ?? next.activeSeat }
}

/** Takes back a digit, or reopens the last whole reading. */
const temperatureBack = (traveller: DraftTraveller): DraftTraveller => {
  if (traveller.typed !== '') return { ...traveller, typed: dropLast(traveller.typed) }
  const last = traveller.readings.at(-1)
  if (last === undefined) return traveller
  const typed = last.temperatureCelsius === undefined ? '' : dropLast(digitsOf(last.temperatureCelsius))
  return { ...traveller, readings: traveller.readings.slice(0, -1), typed }
}

/** A first reading that stays is one that called for the second: any threshold at or under it tells the same. */
const underThreshold = (draft: Draft, at: string, everyone: boolean): Draft => {
  const readingOf = (traveller: DraftTraveller): TemperatureReading => {
    const first = traveller.readings[0]?.temperatureCelsius
    return { ...readingBegun(draft, traveller, at, first ?? Number.POSITIVE_INFINITY), underThreshold: true }
  }
  const isMeant = (traveller: DraftTraveller): boolean =>
    everyone ? isUnread(traveller) : traveller.seat === activeTraveller(draft).seat
  const travellers = draft.travellers.map((traveller) =>
    isMeant(traveller)
      ? {
          ...traveller,
          readings: [...traveller.readings.slice(0, 1), readingOf(traveller)],
          typed: '',
          notMeasured: false,
        }
      : traveller,
  )
  const next = { ...draft, travellers }
  return { ...next, activeSeat: nextUnread(next) ?? next.activeSeat }
}

/** Where people have places, whoever comes besides has none. A record that is full takes nobody more. */
const withDocument = (draft: Draft, { seat, change }: Extract<DraftAction, { do: 'document' }>): Draft => {
  if (seat === 'more' && draft.travellers.length >= mostAboard) return draft
  const at = seat === 'more' ? freeSeat(draft.travellers) : seat
  const filled =
    seat === 'more'
      ? {
          ...draft,
          travellers: [...draft.travellers, newTraveller(at, activeTraveller(draft).originCode)],
        }
      : draft
  const next = changeTraveller(filled, at, (traveller) => ({ ...traveller, ...change }))
  return {
    ...next,
    activeSeat: at,
    panel: 'person',
    ...(draft.atPlace === undefined ? {} : { backTo: 'seats' }),
  }
}

const samePeople = (draft: Draft, action: Extract<DraftAction, { do: 'same-people' }>): Draft => {
  const { people, others, originCode, underAt } = action
  if (draft.travellers.some(wasEntered)) return { ...draft, panel: 'temperature' }
  const known = people.map(({ sameAs, name, document, originCode: from }, index) => ({
    ...newTraveller(index + 1, from),
    sameAs,
    known: { ...(name === undefined ? {} : { name }), ...(document === undefined ? {} : { document }) },
  }))
  const added = Array.from({ length: others }, (_, index) =>
    newTraveller(known.length + index + 1, originCode),
  )
  const travellers = known.length + added.length === 0 ? [newTraveller(1, originCode)] : [...known, ...added]
  const next: Draft = { ...draft, travellers, activeSeat: 1, panel: 'temperature' }
  return underAt === undefined ? next : underThreshold(next, underAt, true)
}

const notSame = (draft: Draft, seat: number): Draft =>
  changeTraveller(draft, seat, ({ sameAs: _, known: __, ...traveller }) => traveller)

/** Another kind is another conveyance, with other rows. */
const setKind = (draft: Draft, kind: ConveyanceKind, plateStart: string): Draft => {
  const { service: _, seatsPerRow: __, atPlace: ___, ...rest } = draft
  return {
    ...(kind === draft.kind ? draft : rest),
    kind,
    plate: isPlated(kind) ? draft.plate || plateStart : '',
    withoutPlate: isPlated(kind) && draft.withoutPlate,
    panel: firstPanel(kind),
  }
}

const withNote = (draft: Draft, { device, ambient }: Extract<DraftAction, { do: 'note' }>): Draft => {
  const { device: hadDevice, ambient: hadAmbient, ...rest } = draft
  const nextDevice = device === undefined ? hadDevice : device
  const nextAmbient = ambient === undefined ? hadAmbient : (ambient ?? undefined)
  return {
    ...rest,
    ...(nextDevice === undefined || nextDevice === '' ? {} : { device: nextDevice }),
    ...(nextAmbient === undefined ? {} : { ambient: nextAmbient }),
  }
}

const typing = (draft: Draft, plate: string): Draft => ({
  ...draft,
  plate,
  withoutPlate: false,
  panel: 'plate',
})

type PlateAction = Extract<DraftAction, { do: `plate${string}` }>

const changePlate = (draft: Draft, action: PlateAction): Draft => {
  switch (action.do) {
    case 'plate-symbol':
      return typing(draft, appendToPlate(draft.plate, action.symbol))
    case 'plate-province':
      return typing(draft, withProvince(draft.plate, action.province))
    case 'plate-back':
      return { ...draft, plate: dropLast(draft.plate), withoutPlate: false }
    case 'plate-none':
      return { ...draft, withoutPlate: true, panel: 'count' }
    case 'plate-read':
      return { ...draft, plate: action.plate, withoutPlate: false, panel: 'count' }
    case 'plate':
      return { ...draft, kind: action.kind ?? draft.kind, plate: action.plate, withoutPlate: false }
  }
}

const change = (draft: Draft, action: DraftAction): Draft => {
  switch (action.do) {
    case 'plate-symbol':
    case 'plate-province':
    case 'plate-back':
    case 'plate-none':
    case 'plate-read':
    case 'plate':
      return changePlate(draft, action)
    case 'same-people':
      return samePeople(draft, action)
    case 'document':
      return withDocument(draft, action)
    case 'remove':
      return remove(draft, action.seat)
    case 'not-same':
      return notSame(draft, action.seat)
    case 'kind':
      return setKind(draft, action.kind, action.plateStart)
    case 'count':
      return setCount(draft, action.count, action.originCode)
    case 'queue':
      return { ...draft, queueVehicles: action.vehicles, panel: 'temperature' }
    case 'method':
      return { ...draft, method: action.method }
    case 'second-method':
      return { ...draft, secondMethod: action.method }
    case 'note':
      return withNote(draft, action)
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
    default:
      return changePlaces(draft, action)
  }
}

/** Looking about is not work: only entering something starts the clock of a vehicle. */
const startsClock = (action: DraftAction): boolean =>
  !['panel', 'activate', 'replace', 'method', 'second-method', 'note', 'place-go', 'rows'].includes(action.do)

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
