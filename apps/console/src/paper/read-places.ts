import type { PaperPerson } from '@guankou/contract/paper/form.ts'
import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import { areaName } from '@guankou/geodata/divisions/area-name.ts'
import { findDivision } from '@guankou/geodata/divisions/divisions.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import { searchOrigins } from '@guankou/geodata/divisions/search-origins.ts'

/** The place that a few letters, a name or a code mean; the first of those that fit. */
export const readPlace = (text: string): number | undefined =>
  searchOrigins(text.trim(), { limit: 1 })[0]?.code

/** An area by its code, down to a street, or by the name of its prefecture. */
const readArea = (text: string): number | undefined => {
  const code = /^\d{6}(\d{3})?$/.test(text) ? Number(text) : undefined
  if (code !== undefined && findDivision(Math.trunc(code >= 1e6 ? code / 1_000 : code)) !== undefined)
    return code
  return readPlace(text)
}

/** Day and month as they stand on paper, in the year before the day of the form at most. */
export const readDay = (text: string, day: string): string | undefined => {
  const whole = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(text)
  const short = /^(\d{1,2})[-./月](\d{1,2})日?$/.exec(text)
  const pad = (part: string | undefined): string => (part ?? '').padStart(2, '0')
  const inYear = (year: number): string | undefined => {
    const found =
      whole === null
        ? `${year}-${pad(short?.[1])}-${pad(short?.[2])}`
        : `${whole[1]}-${pad(whole[2])}-${pad(whole[3])}`
    return isCivilDate(found) ? found : undefined
  }
  if (whole === null && short === null) return undefined
  const year = Number(day.slice(0, 4))
  const found = inYear(year)
  if (found !== undefined && found <= day) return found
  const before = inYear(year - 1)
  return before !== undefined && before <= day ? before : undefined
}

type Stay = PaperPerson['stays'][number]

/** As many as a paper form can hold. */
const mostStays = 10

/** The parts of a line of stays. */
export const stayParts = (text: string): readonly string[] =>
  text
    .split(/[;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '-')

/**
 * Stays as they are typed, a place and the day it was left each, with semicolons between them.
 * @param day  of the form, YYYY-MM-DD   @returns `undefined` where one of them cannot be read, or there are too many
 */
export const readStays = (text: string, day: string): readonly Stay[] | undefined => {
  const parts = stayParts(text)
  if (parts.length > mostStays) return undefined
  const stays: Stay[] = []
  for (const part of parts) {
    const written = /(?:\d{4}[-./])?\d{1,2}[-./月]\d{1,2}日?$/.exec(part)
    const place = part
      .slice(0, written?.index ?? 0)
      .replaceAll(/[,，]/g, ' ')
      .trim()
    const areaCode = place === '' ? undefined : readArea(place)
    const leftOn = written === null ? undefined : readDay(written[0], day)
    if (areaCode === undefined || leftOn === undefined) return undefined
    stays.push({ areaCode, leftOn })
  }
  return stays
}

/** The name of an origin or area. */
export const placeName = (code: number, locale: 'zh' | 'en'): string =>
  originName(code, locale) ?? areaName(code, locale)
