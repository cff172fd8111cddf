import type { MarkedDay } from '@guankou/contract/quarantine/views.ts'
import { type RibbonMark, ribbonMarkNames, ribbonMarks } from '@guankou/contract/quarantine/vocabulary.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

/** A letter for each mark, so that colour never carries it alone. */
export const markSigns: Readonly<Record<RibbonMark, string>> = {
  abnormal: '!',
  missed: '×',
  away: '→',
  late: '~',
  fine: '✓',
  open: '○',
  coming: '·',
  none: '–',
}

/** The days of an episode in a row; read out as counts. */
export const Ribbon = ({ days }: { readonly days: readonly MarkedDay[] }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const counts = ribbonMarks
    .map((mark) => ({ mark, count: days.filter((day) => day.mark === mark).length }))
    .filter(({ count }) => count > 0)
    .map(({ mark, count }) =>
      t('quarantine.daysOf', { count, mark: inLocale(ribbonMarkNames[mark], locale) }),
    )
  return (
    <span className="ribbon" role="img" aria-label={counts.join(locale === 'zh' ? '，' : ', ')}>
      {days.map(({ day, number, mark }) => (
        <span
          key={day}
          className={`ribbon-day ribbon-${mark}`}
          title={`${day} · ${t('quarantine.dayNumber', { number })} · ${inLocale(ribbonMarkNames[mark], locale)}`}
        >
          {markSigns[mark]}
        </span>
      ))}
    </span>
  )
}

/** What the letters mean. */
export const RibbonLegend = () => {
  const locale = useLocale()
  return (
    <ul className="ribbon-legend">
      {ribbonMarks.map((mark) => (
        <li key={mark}>
          <span className={`ribbon-day ribbon-${mark}`} aria-hidden="true">
            {markSigns[mark]}
          </span>
          {inLocale(ribbonMarkNames[mark], locale)}
        </li>
      ))}
    </ul>
  )
}
