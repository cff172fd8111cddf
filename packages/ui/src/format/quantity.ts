import { type Locale, localeTag } from '#src/i18n/locale.ts'

/** What a figure counts or measures. */
export type Unit =
  | 'vehicle'
  | 'person'
  | 'person-per-vehicle'
  | 'vehicle-per-hour'
  | 'minute'
  | 'second'
  | 'post'
  | 'record'
  | 'celsius'
  | 'day'

const zh: Readonly<Record<Unit, string>> = {
  vehicle: '辆',
  person: '人',
  'person-per-vehicle': '人/车',
  'vehicle-per-hour': '辆/小时',
  minute: '分钟',
  second: '秒',
  post: '个点位',
  record: '条',
  celsius: '℃',
  day: '天',
}

/** English by plural category; one form where the unit does not change. */
const en: Readonly<Record<Unit, readonly [one: string, other: string]>> = {
  vehicle: ['vehicle', 'vehicles'],
  person: ['person', 'people'],
  'person-per-vehicle': ['person per vehicle', 'people per vehicle'],
  'vehicle-per-hour': ['vehicle per hour', 'vehicles per hour'],
  minute: ['min', 'min'],
  second: ['s', 's'],
  post: ['post', 'posts'],
  record: ['record', 'records'],
  celsius: ['°C', '°C'],
  day: ['day', 'days'],
}

/** Kept, because making one costs a hundred times what using it does, and tables have thousands of numbers. */
const formats = new Map<string, Intl.NumberFormat>()

const formatOf = (locale: Locale, digits: number): Intl.NumberFormat => {
  const key = `${locale} ${digits}`
  const kept = formats.get(key)
  if (kept !== undefined) return kept
  const made = new Intl.NumberFormat(localeTag[locale], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  formats.set(key, made)
  return made
}

/** A number with the grouping of the language. @param digits decimals, fixed */
export const formatNumber = (locale: Locale, value: number, digits = 0): string =>
  formatOf(locale, digits).format(value)

/** The unit alone, in the form that the number asks for. */
export const unitText = (locale: Locale, unit: Unit, value = 2): string => {
  if (locale === 'zh') return zh[unit]
  return en[unit][new Intl.PluralRules(localeTag.en).select(value) === 'one' ? 0 : 1]
}

/** Number and unit. @example formatQuantity('en', 1, 'person') // '1 person' */
export const formatQuantity = (locale: Locale, value: number, unit: Unit, digits = 0): string =>
  `${formatNumber(locale, value, digits)} ${unitText(locale, unit, value)}`

/** A share as per cent. @param share 0.061 for 6.1 % */
export const formatShare = (locale: Locale, share: number, digits = 1): string =>
  `${formatNumber(locale, share * 100, digits)} %`

/** A relative change with its sign, true minus included; no sign where it rounds to nothing. */
export const formatChange = (locale: Locale, change: number, digits = 1): string => {
  const text = formatNumber(locale, Math.abs(change) * 100, digits)
  const rounded = Number((change * 100).toFixed(digits))
  if (rounded === 0) return `${text} %`
  return `${rounded > 0 ? '+' : '−'}${text} %`
}
