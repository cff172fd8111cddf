import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatAgo, formatClockSecond } from '@guankou/ui/format/time.ts'
import { useTranslation } from 'react-i18next'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import type { Line } from '#src/live/line.ts'

/** Whether the figures are live, with the time from the last commit to the screen; or since when they are not. */
export const LivePill = ({ line, timeZone }: { readonly line: Line; readonly timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const nowMs = useNow(1_000)
  if (line.is === 'stale') {
    const text =
      line.sinceMs === null
        ? t('live.connecting')
        : t('live.staleSince', {
            time: formatClockSecond(line.sinceMs, timeZone),
            ago: formatAgo(locale, nowMs - line.sinceMs),
          })
    return (
      <StatusPill state="look" hint={t('live.staleHint')}>
        {text}
      </StatusPill>
    )
  }
  const latency =
    line.latencyMs === null
      ? ''
      : ` · ${formatNumber(locale, line.latencyMs / 1_000, 1)} ${t('live.seconds')}`
  return (
    <StatusPill state="well" hint={t('live.hint', { time: formatClockSecond(line.confirmedAtMs, timeZone) })}>
      {t('live.live')}
      {latency}
    </StatusPill>
  )
}
