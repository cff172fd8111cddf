import { originName } from '@guankou/geodata/divisions/origins.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import type { TFunction } from 'i18next'
import type { DraftTraveller } from '#src/lane/draft.ts'
import { displayTyped } from '#src/lane/temperature.ts'
import { formatCelsius } from '#src/screens/format.ts'

/** Only the family name is shown where others look on. */
const masked = (name: string): string => {
  const [first, ...rest] = [...name.trim()]
  if (first === undefined) return ''
  return /\p{Script=Han}/u.test(first)
    ? first + '*'.repeat(Math.min(rest.length, 2))
    : (name.split(' ')[0] ?? '')
}

/** “Driver · 王*”, “No. 2”. */
export const personName = (
  t: TFunction,
  person: {
    readonly seat: number
    readonly seatLabel?: string | undefined
    readonly name?: string | undefined
    readonly known?: { readonly name?: string } | undefined
  },
  of: { readonly people: number; readonly plated: boolean },
): string => {
  const place = person.seatLabel === undefined ? undefined : t('seats.place', { place: person.seatLabel })
  const own = of.people === 1 && !of.plated ? t('person.alone') : t('person.seat', { n: person.seat })
  const seat = place ?? (person.seat === 1 && of.plated ? t('person.driver') : own)
  const name = masked(person.name ?? '') || (person.known?.name ?? '')
  return name === '' ? seat : t('person.named', { seat, name })
}

/** One line of what is known: document, origin, and everything that matters for the outcome. */
export const personSummary = (t: TFunction, traveller: DraftTraveller, locale: Locale): string => {
  const { documentNumber, originCode, exposures, symptoms, contactWithCase } = traveller
  const document =
    documentNumber === ''
      ? traveller.known?.document !== undefined
        ? t('person.documentShort', { tail: traveller.known.document.replaceAll('*', '') })
        : traveller.documentKind === 'none'
          ? ''
          : t(`document.${traveller.documentKind}`)
      : t('person.documentShort', { tail: documentNumber.slice(-4) })
  return [
    document,
    originName(originCode, locale) ?? String(originCode),
    exposures.length > 0 ? t('person.exposureCount', { count: exposures.length }) : '',
    contactWithCase ? t('person.contactShort') : '',
    symptoms.length > 0 ? t('person.symptomCount', { count: symptoms.length }) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

/** What stands large on the card: the digits being typed, the last reading, or that there is none. */
export const readingText = (t: TFunction, traveller: DraftTraveller, thresholdCelsius: number): string => {
  if (traveller.typed !== '') return displayTyped(traveller.typed)
  const last = traveller.readings.at(-1)
  if (last?.temperatureCelsius !== undefined) return formatCelsius(last.temperatureCelsius)
  if (last?.underThreshold === true) return `<${formatCelsius(thresholdCelsius)}`
  return traveller.notMeasured ? '—' : t('lane.notMeasuredYet')
}
