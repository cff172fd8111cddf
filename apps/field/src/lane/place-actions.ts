import type { Service, TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import { type PlaceStyle, placeAfter } from '@guankou/domain/manifest/seats.ts'
import {
  type Draft,
  type DraftTraveller,
  hasContent,
  isNamed,
  newTraveller,
  placeKeyOf,
  wasExamined,
} from './draft.ts'

/** Steps of entering many people of one conveyance, one place after the other. */
export type PlaceAction =
  | {
      readonly do: 'service'
      readonly service: Service | undefined
      readonly seatsPerRow: number | undefined
      readonly next: 'seats' | 'count'
    }
  | { readonly do: 'by-seat'; readonly seatsPerRow: number | undefined }
  | { readonly do: 'rows'; readonly seatsPerRow: number; readonly style: PlaceStyle }
  | { readonly do: 'place-go'; readonly place: string }
  /** Somebody is there, measured and under the threshold. */
  | { readonly do: 'place-under'; readonly at: string; readonly originCode: number; readonly unplaced?: true }
  /** Somebody is there, and is measured by number or asked. */
  | { readonly do: 'place-here'; readonly originCode: number; readonly panel: 'temperature' | 'person' }
  /** Nobody is there, or somebody of the list is not aboard. */
  | { readonly do: 'place-empty' }
  /** Everyone still waited for is aboard. */
  | { readonly do: 'rest-here' }
  /** Nobody still waited for is aboard. */
  | { readonly do: 'rest-absent' }

/** One record holds no more people. */
export const mostAboard = 100

/** Where entry of places begins, as they are written here. */
const firstPlace = ({ seatsPerRow, placeStyle }: Draft): string => {
  if (seatsPerRow === undefined) return '#1'
  return placeStyle === 'numbers' ? '1' : '1A'
}

const at = (draft: Draft): DraftTraveller | undefined =>
  draft.travellers.find((traveller) => placeKeyOf(traveller) === draft.atPlace)

/** The next of the list, after this one and round again; where there is none, the next place that nobody has. */
export const nextPlace = (draft: Draft): string => {
  const { travellers, atPlace = firstPlace(draft), seatsPerRow } = draft
  const index = travellers.findIndex((traveller) => placeKeyOf(traveller) === atPlace)
  const inOrder = [...travellers.slice(index + 1), ...travellers.slice(0, index + 1)]
  const expected = inOrder.find(({ presence }) => presence === 'expected')
  if (expected !== undefined) return placeKeyOf(expected)
  if (seatsPerRow === undefined) return `#${freeSeat(travellers)}`
  const taken = new Set(travellers.map(placeKeyOf))
  let next = atPlace.startsWith('#') ? firstPlace(draft) : placeAfter(atPlace, seatsPerRow)
  while (next !== undefined && taken.has(next)) next = placeAfter(next, seatsPerRow)
  return next ?? firstPlace(draft)
}

/** Numbers of a record are from 1 on. */
export const freeSeat = (travellers: readonly DraftTraveller[]): number => {
  const taken = new Set(travellers.map(({ seat }) => seat))
  let seat = 1
  while (taken.has(seat)) seat += 1
  return seat
}

const here = ({ presence: _, ...traveller }: DraftTraveller): DraftTraveller => traveller

/** The draft with somebody at a place, and who that is; nothing where a record can hold no more. */
const withSomebody = (
  draft: Draft,
  originCode: number,
  unplaced: boolean,
): { readonly draft: Draft; readonly seat: number } | undefined => {
  const there = unplaced ? undefined : at(draft)
  if (there !== undefined) {
    const travellers = draft.travellers.map((each) => (each === there ? here(each) : each))
    return { draft: { ...draft, travellers }, seat: there.seat }
  }
  if (draft.travellers.length >= mostAboard) return undefined
  const seat = freeSeat(draft.travellers)
  const place = draft.atPlace
  const hasPlace = !unplaced && place !== undefined && !place.startsWith('#')
  const traveller = { ...newTraveller(seat, originCode), ...(hasPlace ? { seatLabel: place } : {}) }
  return { draft: { ...draft, travellers: [...draft.travellers, traveller] }, seat }
}

const changed = (
  draft: Draft,
  seat: number,
  change: (traveller: DraftTraveller) => DraftTraveller,
): Draft => ({
  ...draft,
  travellers: draft.travellers.map((each) => (each.seat === seat ? change(each) : each)),
})

const under = (draft: Draft, action: Extract<PlaceAction, { do: 'place-under' }>): Draft => {
  const filled = withSomebody(draft, action.originCode, action.unplaced === true)
  if (filled === undefined) return draft
  const { method, device, ambient } = draft
  const reading: TemperatureReading = {
    at: action.at,
    method,
    underThreshold: true,
    ...(device === undefined ? {} : { device }),
    ...(ambient === undefined ? {} : { ambient }),
  }
  // What was measured stands: a note never takes the place of a number.
  const next = changed(filled.draft, filled.seat, (each) =>
    each.readings.length > 0 ? each : { ...each, readings: [reading], typed: '', notMeasured: false },
  )
  return action.unplaced === true
    ? { ...next, activeSeat: filled.seat }
    : { ...next, activeSeat: filled.seat, atPlace: nextPlace(next) }
}

const goThere = (draft: Draft, action: Extract<PlaceAction, { do: 'place-here' }>): Draft => {
  const filled = withSomebody(draft, action.originCode, false)
  return filled === undefined
    ? draft
    : { ...filled.draft, activeSeat: filled.seat, panel: action.panel, backTo: 'seats' }
}

/** Not aboard, and to be measured should they come after all. */
const absent = (traveller: DraftTraveller): DraftTraveller => ({
  ...traveller,
  presence: 'absent',
  readings: [],
  typed: '',
})

/**
 * Takes back a tap too many as well: whoever has a name stays on the list as not aboard, anybody else goes. Somebody who was
 * measured by number or asked is there, and only taken out on their own page.
 */
const empty = (draft: Draft): Draft => {
  const there = at(draft)
  if (there === undefined) return { ...draft, atPlace: nextPlace(draft) }
  if (there.presence === undefined && wasExamined(there)) return draft
  const staysOnList = there.presence !== undefined || isNamed(there)
  const next = staysOnList
    ? changed(draft, there.seat, absent)
    : { ...draft, travellers: draft.travellers.filter((each) => each !== there) }
  return { ...next, atPlace: nextPlace(next) }
}

const rest = (draft: Draft, become: (traveller: DraftTraveller) => DraftTraveller): Draft => {
  const travellers = draft.travellers.map((each) => (each.presence === 'expected' ? become(each) : each))
  const next = { ...draft, travellers }
  return { ...next, atPlace: nextPlace(next) }
}

const withRows = (draft: Draft, seatsPerRow: number | undefined): Draft => {
  const { seatsPerRow: _, ...others } = draft
  return seatsPerRow === undefined ? others : { ...others, seatsPerRow }
}

/** Entry of places begins without the blank people who were counted before. */
const bySeat = (draft: Draft, seatsPerRow: number | undefined): Draft => {
  const next = withRows(draft, seatsPerRow)
  const travellers = draft.travellers.filter((each) => each.seatLabel !== undefined || hasContent(each))
  const begun = { ...next, travellers }
  return {
    ...begun,
    panel: 'seats',
    atPlace: draft.atPlace ?? nextPlace({ ...begun, atPlace: firstPlace(begun) }),
  }
}

const atFirst = (draft: Draft): Draft => {
  const taken = new Set(draft.travellers.map(placeKeyOf))
  const first = firstPlace(draft)
  return { ...draft, atPlace: taken.has(first) ? nextPlace({ ...draft, atPlace: first }) : first }
}

export const changePlaces = (draft: Draft, action: PlaceAction): Draft => {
  switch (action.do) {
    case 'service': {
      const { service: _, ...others } = draft
      const named = action.service === undefined ? others : { ...others, service: action.service }
      if (action.next === 'count') return { ...withRows(named, action.seatsPerRow), panel: 'count' }
      return atFirst(bySeat(named, action.seatsPerRow))
    }
    case 'by-seat':
      return atFirst(bySeat(draft, action.seatsPerRow))
    case 'rows':
      return atFirst({ ...withRows(draft, action.seatsPerRow), placeStyle: action.style })
    case 'place-go':
      return { ...draft, atPlace: action.place, panel: 'seats' }
    case 'place-under':
      return under(draft, action)
    case 'place-here':
      return goThere(draft, action)
    case 'place-empty':
      return empty(draft)
    case 'rest-here':
      return rest(draft, here)
    case 'rest-absent':
      return rest(draft, (each) => ({ ...each, presence: 'absent' }))
  }
}
