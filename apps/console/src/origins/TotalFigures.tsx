import type { OriginRisk } from '@guankou/contract/origin/risk.ts'
import { ModelFigure } from '@guankou/ui/figures/ModelFigure.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { formatCases, formatChance, intervalOf } from '#src/origins/format-risk.ts'
import { useNotes } from '#src/origins/use-notes.ts'

type TotalFiguresProps = { readonly risk: OriginRisk; readonly timeZone: string }

const Computing = ({ risk }: { readonly risk: OriginRisk }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (risk.run?.state === 'running')
    return (
      <StatusPill state="info">
        {t('originsPage.running', { percent: formatNumber(locale, risk.run.progress * 100) })}
      </StatusPill>
    )
  return risk.run?.state === 'failed' ? <StatusPill state="look">{t('originsPage.failed')}</StatusPill> : null
}

const Risk = ({ risk, timeZone }: TotalFiguresProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const notes = useNotes()
  const { total, stamp } = risk
  if (total === null || stamp === null) return <p className="muted">{t('originsPage.noResult')}</p>
  const shared = { timeZone, note: notes.risk }
  return (
    <>
      <div>
        <h2 className="kpi-name">{t('originsPage.totalExpected')}</h2>
        <p className="kpi-value">
          <ModelFigure
            stamp={stamp}
            name={t('originsPage.totalExpected')}
            text={formatCases(locale, total.expected)}
            value={total.expected}
            interval={intervalOf(locale, total)}
            {...shared}
          />
        </p>
        <p className="kpi-detail">{t('originsPage.unitCases')}</p>
      </div>
      <div>
        <h2 className="kpi-name">{t('originsPage.chance')}</h2>
        <p className="kpi-value">
          <ModelFigure
            stamp={{ ...stamp, unit: 'probability' }}
            name={t('originsPage.chance')}
            text={formatChance(locale, total.pAtLeastOne)}
            value={total.pAtLeastOne}
            {...shared}
          />
        </p>
        <p className="kpi-detail">{t('originsPage.chanceHint')}</p>
      </div>
    </>
  )
}

/** All origins together, from which reports, and how far a new result is. */
export const TotalFigures = (props: TotalFiguresProps) => {
  const { risk } = props
  const { t } = useTranslation()
  const warned = risk.origins.filter(({ fairness }) => fairness?.isWarned === true).length
  return (
    <section className="card origin-totals" aria-label={t('originsPage.totals')}>
      <Risk {...props} />
      <div className="origin-sources">
        <p>
          {risk.casesPublishedOn === null
            ? t('originsPage.noReports')
            : t('originsPage.reportsUntil', { day: risk.casesPublishedOn })}{' '}
          {risk.sources.map(({ source, licence }) => (
            <span key={`${source}${licence}`} className="muted">
              {source} ({licence}){' '}
            </span>
          ))}
        </p>
        <p>
          <Computing risk={risk} />
          {warned > 0 ? (
            <StatusPill state="look" hint={t('originsPage.note.fairness.what')}>
              {t('originsPage.warned', { count: warned })}
            </StatusPill>
          ) : null}
        </p>
      </div>
    </section>
  )
}
