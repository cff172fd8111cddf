import { needsSecondReading } from '@guankou/domain/screening/fever.ts'
import type { TFunction } from 'i18next'
import { aboardOf, type Draft, type DraftTraveller, placeKeyOf } from '#src/lane/draft.ts'
import { isHot } from '#src/lane/temperature.ts'
import { personName, readingText } from '#src/screens/lane/person-text.ts'
import type { SeatMark } from './SeatMap.tsx'

/** Who is at a place, or is meant to be. */
export const personAt = (draft: Draft, key: string | undefined): DraftTraveller | undefined =>
  draft.travellers.find((traveller) => placeKeyOf(traveller) === key)

/** What a place shows: that somebody is waited for, is not aboard, is to be measured, or how they were measured. */
export const markOf = (
  t: TFunction,
  traveller: DraftTraveller | undefined,
  thresholdCelsius: number,
): SeatMark => {
  if (traveller === undefined) return { sign: '', tone: 'free', words: t('seats.free') }
  const { presence, readings } = traveller
  if (presence === 'expected') return { sign: '…', tone: 'expected', words: t('seats.expected') }
  if (presence === 'absent') return { sign: '×', tone: 'absent', words: t('seats.absent') }
  if (readings.length === 0 && !traveller.notMeasured)
    return { sign: '○', tone: 'taken', words: t('seats.unmeasured') }
  const value = readingText(t, traveller, thresholdCelsius)
  const hot =
    needsSecondReading(readings, thresholdCelsius) || readings.some((each) => isHot(each, thresholdCelsius))
  return hot ? { sign: `▲${value}`, tone: 'hot', words: value } : { sign: '✓', tone: 'taken', words: value }
}

/** “Seat 3A · 王*”, or the number of somebody who has no place. */
export const placeText = (t: TFunction, draft: Draft): string => {
  const { atPlace = '' } = draft
  const there = personAt(draft, atPlace)
  if (there !== undefined) return personName(t, there, { people: 2, plated: false })
  return atPlace.startsWith('#')
    ? t('person.seat', { n: atPlace.slice(1) })
    : t('seats.place', { place: atPlace })
}

export const tallyOf = (draft: Draft) => ({
  aboard: aboardOf(draft).length,
  expected: draft.travellers.filter(({ presence }) => presence === 'expected').length,
  absent: draft.travellers.filter(({ presence }) => presence === 'absent').length,
})
