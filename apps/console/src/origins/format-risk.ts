import type { RiskInterval } from '@guankou/contract/origin/risk.ts'
import { formatChange, formatShare } from '@guankou/ui/format/quantity.ts'
import { type Locale, localeTag } from '@guankou/ui/i18n/locale.ts'

/** A small number as it is told: two significant digits, and what is nearly nothing as such. */
export const formatCases = (locale: Locale, value: number): string => {
  if (value > 0 && value < 0.005) return '<0.005'
  return new Intl.NumberFormat(localeTag[locale], { maximumSignificantDigits: 2 }).format(value)
}

/** Both ends of an interval. */
export const formatSpan = (locale: Locale, low: number, high: number): string =>
  high > 0 && high < 0.005
    ? formatCases(locale, high)
    : `${formatCases(locale, low)}–${formatCases(locale, high)}`

const decimalsOf = (share: number): number =>
  share === 0 ? 0 : Math.max(0, -1 - Math.floor(Math.log10(Math.abs(share))))

/** A share of which two significant digits are told, as per cent. */
export const formatToldShare = (locale: Locale, share: number): string =>
  formatShare(locale, share, decimalsOf(share))

/** The difference of two such shares, no finer than the coarser of them is told. */
export const formatToldChange = (locale: Locale, [now, before]: readonly [number, number]): string =>
  formatChange(locale, now - before, decimalsOf(Math.max(now, before)))

/** A rate of which one significant digit is told, as per cent; those of fevers are small. */
export const formatRate = (locale: Locale, rate: number): string =>
  `${new Intl.NumberFormat(localeTag[locale], { maximumSignificantDigits: 1 }).format(rate * 100)} %`

/** A probability as per cent. */
export const formatChance = (locale: Locale, value: number): string => {
  if (value > 0 && value < 0.005) return '<0.5 %'
  if (value > 0.995) return '>99.5 %'
  return `${new Intl.NumberFormat(localeTag[locale], { maximumSignificantDigits: 2 }).format(value * 100)} %`
}

/** The 90 % interval as `ModelFigure` wants it. */
export const intervalOf = (locale: Locale, { expected, low90, high90 }: RiskInterval) => ({
  text: formatSpan(locale, low90, high90),
  of: { value: expected, low: low90, high: high90, level: 0.9 },
})
