import type { WaitEstimate } from '@guankou/contract/posts/shown-post.ts'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatClockMinute } from '@guankou/ui/format/time.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import type { TFunction } from 'i18next'

const minutesText = (locale: Locale, value: number | null): string =>
  value === null ? '—' : formatNumber(locale, value, value < 10 ? 1 : 0)

/** A wait with its interval, or why there is none. */
export const waitText = (t: TFunction, locale: Locale, wait: WaitEstimate): string => {
  if (wait.is === 'unknown') return t(`postPage.unknown.${wait.why}`)
  const { value, low, high } = wait.waitMinutes
  return t('postPage.board.from', {
    value: minutesText(locale, value),
    low: minutesText(locale, low),
    high: minutesText(locale, high),
  })
}

/** What a wait was estimated from. */
export const waitHint = (t: TFunction, wait: WaitEstimate, timeZone: string): string =>
  wait.is === 'unknown'
    ? t(`postPage.unknown.${wait.why}`)
    : t('postPage.waitHint', {
        version: wait.version,
        basis: t(`postPage.basis.${wait.basis}`),
        from: formatClockMinute(wait.dataFrom, timeZone),
        until: formatClockMinute(wait.dataUntil, timeZone),
      })
