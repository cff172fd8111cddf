import type { TestingAllocation } from '@guankou/contract/testing/allocation.ts'
import { KpiCard } from '@guankou/ui/figures/KpiCard.tsx'
import { stampLines } from '@guankou/ui/figures/stamp-lines.ts'
import { formatNumber, formatShare } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

/** Budget, allocated, taken and by lot of the whole area. */
export const KeyFigures = ({
  allocation,
  timeZone,
}: {
  readonly allocation: TestingAllocation
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const { t: tUi } = useTranslation('ui')
  const locale = useLocale()
  const { totals, stamps, asOf, settings } = allocation
  const noShow = formatShare(locale, settings.noShowShare)
  const counted = t('testing.asOf', { time: formatInstant(asOf, timeZone) })
  const computed = stamps === null ? t('testing.noRun') : stampLines(tUi, { stamp: stamps.tests, timeZone })
  const left = Math.max(0, totals.tests - totals.taken)
  const lot =
    left === 0 ? '—' : t('testing.explorationOf', { share: formatShare(locale, totals.byLot / left) })
  const figures = [
    { key: 'budget', name: 'testing.budgetTotal', value: totals.budget, hint: counted, detail: undefined },
    {
      key: 'allocated',
      name: 'testing.allocated',
      value: totals.tests,
      hint: computed,
      detail: settings.noShowShare === 0 ? undefined : t('testing.noShowIncluded', { share: noShow }),
    },
    { key: 'taken', name: 'testing.taken', value: totals.taken, hint: counted, detail: undefined },
    { key: 'exploration', name: 'testing.exploration', value: totals.byLot, hint: computed, detail: lot },
  ] as const
  return (
    <section className="testing-kpis" aria-label={t('testing.title')}>
      {figures.map(({ key, name, value, hint, detail }) => (
        <KpiCard
          key={key}
          name={t(name)}
          unit={tUi('figureUnit.test')}
          value={value}
          text={formatNumber(locale, value)}
          hint={hint}
          detail={detail}
        />
      ))}
    </section>
  )
}
