import type { FigureInterval } from '@guankou/contract/models/model-stamp.ts'
import { formatNumber, formatShare } from '@guankou/ui/format/quantity.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import type { TFunction } from 'i18next'

/** A share that may be small: two digits that count below 1 %. */
export const smallShare = (locale: Locale, share: number): string =>
  formatShare(locale, share, share < 0.001 ? 3 : share < 0.01 ? 2 : 1)

/** A number of people or minutes: whole where it is large. */
export const amount = (locale: Locale, value: number): string =>
  formatNumber(locale, value, value < 10 && !Number.isInteger(value) ? 1 : 0)

/** An interval in words; without an upper bound it says “at least”. */
export const intervalText = (
  t: TFunction,
  of: FigureInterval,
  format: (value: number) => string,
): string | undefined => {
  if (of.low === null && of.high === null) return undefined
  if (of.high === null) return t('testing.from', { low: format(of.low ?? 0) })
  return t('testing.interval', { low: format(of.low ?? 0), high: format(of.high) })
}
