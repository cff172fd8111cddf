import type { Bilingual } from '@guankou/contract/primitives.ts'
import { originOfDivision } from '@guankou/geodata/divisions/origin-of-division.ts'
import { findOrigin } from '@guankou/geodata/divisions/origins.ts'
import { isCivilDate } from '#src/places/calendar.ts'

/** A row of a file of reported cases that fits. */
export type CaseRow = {
  readonly originCode: number
  readonly day: string
  readonly publishedOn: string
  readonly confirmedTotal: number
}

/** Why a row does not fit, and in which column; null where the row as a whole is meant. */
export type CaseRowError = { readonly column: string | null; readonly reason: Bilingual }

export type ReadCaseRow =
  | { readonly ok: true; readonly value: CaseRow }
  | { readonly ok: false; readonly error: CaseRowError }

const refuse = (column: string | null, zh: string, en: string): ReadCaseRow => ({
  ok: false,
  error: { column, reason: { zh, en } },
})

const shown = (text: string): string => {
  const visible = text.toWellFormed().replace(/\p{C}+/gu, ' ')
  return visible.length > 40 ? `“${visible.slice(0, 40)}…”` : `“${visible}”`
}

/** As many as PostgreSQL keeps in an integer. */
const mostCases = 2_147_483_647
/** Nothing before a response is of use, and a slip of the keyboard is likelier. */
const earliestDay = '2000-01-01'

const checkOrigin = (text: string): ReadCaseRow | number => {
  const code = /^\d{6}$/.test(text) ? Number(text) : Number.NaN
  if (findOrigin(code) !== undefined) return code
  const today = originOfDivision(code)
  return refuse(
    'origin_code',
    `${shown(text)} 不是已知的来源地代码${today === undefined ? '' : `（现属 ${today}）`}`,
    `${shown(text)} is not the code of a known origin${today === undefined ? '' : `, which today lies in ${today}`}`,
  )
}

const checkDay = (column: string, text: string, latest: string): ReadCaseRow | string => {
  if (!isCivilDate(text) || text < earliestDay)
    return refuse(
      column,
      `${shown(text)} 不是 2020-01-18 形式的日期`,
      `${shown(text)} is not a day such as 2020-01-18`,
    )
  return text > latest
    ? refuse(column, `${text} 在今天（${latest}）之后`, `${text} is after today (${latest})`)
    : text
}

/**
 * Reads one row of reported cases: `date`, `origin_code`, `confirmed_cum`, `published_on`.
 * @param cells  by column   @param today  local day; nothing can have been published later
 * @returns the row, or the first thing that is wrong with it
 */
export const readCaseRow = (cells: Readonly<Record<string, string>>, today: string): ReadCaseRow => {
  const text = (column: string): string => (Object.hasOwn(cells, column) ? (cells[column] ?? '') : '').trim()
  const originCode = checkOrigin(text('origin_code'))
  if (typeof originCode === 'object') return originCode
  const day = checkDay('date', text('date'), today)
  if (typeof day === 'object') return day
  const publishedOn = checkDay('published_on', text('published_on'), today)
  if (typeof publishedOn === 'object') return publishedOn
  if (publishedOn < day)
    return refuse(
      'published_on',
      `${publishedOn} 早于所报日期 ${day}`,
      `${publishedOn} is before the day reported, ${day}`,
    )
  const given = text('confirmed_cum')
  const confirmedTotal = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN
  if (!(confirmedTotal <= mostCases))
    return refuse(
      'confirmed_cum',
      `${shown(given)} 不是非负整数`,
      `${shown(given)} is not a whole number, 0 or more`,
    )
  return { ok: true, value: { originCode, day, publishedOn, confirmedTotal } }
}
