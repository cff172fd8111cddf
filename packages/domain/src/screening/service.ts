import type { Refusal } from '@guankou/contract/errors.ts'
import type { Conveyance, Service } from '@guankou/contract/screening/record-screening.ts'
import { type ConveyanceKind, scheduledConveyances } from '@guankou/contract/screening/vocabulary.ts'
import { addDays, isCivilDate } from '#src/places/calendar.ts'

/** A run may have left this many days before people are screened: ships are long on the way. */
const longestWayDays = 30

/** The most digits that a run is numbered with, and the letters before them. */
const forms: Readonly<Partial<Record<ConveyanceKind, readonly RegExp[]>>> = {
  train: [/^[CDGKLSTYZ]\d{1,4}$/, /^\d{4}$/],
  // IATA designators of two characters, of which one is a letter; ICAO designators of three letters.
  flight: [/^(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])\d{1,4}[A-Z]?$/, /^[A-Z]{3}\d{1,4}[A-Z]?$/],
}

/**
 * The number of a run in the one form that is stored and compared: capital letters, without blanks and hyphens.
 * @example normaliseServiceNumber('cz 3739') // 'CZ3739'
 */
export const normaliseServiceNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-·•・.]/gu, '')

/**
 * Whether a number looks like one of its kind. What does not is taken after a second look: sailings and coaches of a line
 * are numbered as their companies like.
 * @example looksLikeService('flight', 'CZ3739') // true
 */
export const looksLikeService = (kind: ConveyanceKind, number: string): boolean => {
  const normal = normaliseServiceNumber(number)
  return forms[kind]?.some((form) => form.test(normal)) ?? normal.length >= 2
}

/**
 * Whether people screened on a day can have come by a run that left on another: the next day is taken, for a run leaves by
 * the calendar of where it starts.
 * @example canDepartOn('2020-01-22', '2020-01-23') // true
 */
export const canDepartOn = (departsOn: string, day: string): boolean =>
  isCivilDate(departsOn) && departsOn <= addDays(day, 1) && departsOn >= addDays(day, -longestWayDays)

/** The first thing wrong with the run that is named, or nothing. @param day  local day of the screening */
export const findServiceRefusal = ({ kind, service }: Conveyance, day: string): Refusal | undefined => {
  if (service === undefined) return undefined
  if (!scheduledConveyances.has(kind)) return { code: 'INVALID_INPUT', path: '/conveyance/service' }
  if (!service.number.isWellFormed())
    return { code: 'TEXT_NOT_WELL_FORMED', path: '/conveyance/service/number' }
  if (normaliseServiceNumber(service.number) === '')
    return { code: 'INVALID_INPUT', path: '/conveyance/service/number' }
  return canDepartOn(service.departsOn, day)
    ? undefined
    : { code: 'IMPOSSIBLE_TIME', path: '/conveyance/service/departsOn' }
}

export const normalService = ({ number, ...service }: Service): Service => ({
  ...service,
  number: normaliseServiceNumber(number),
})

/**
 * A run as one text, as it is sealed and shown. The number comes first and holds no blank.
 * @example serviceText({ number: 'G6123', departsOn: '2020-01-23', carriage: '05' }) // 'G6123 2020-01-23 05'
 */
export const serviceText = ({ number, departsOn, carriage }: Service): string =>
  [number, departsOn, ...(carriage === undefined ? [] : [carriage])].join(' ')

/** The number, under which a run is looked for. @example serviceNumberIn('G6123 2020-01-23') // 'G6123' */
export const serviceNumberIn = (text: string): string => text.split(' ', 1)[0] ?? ''
