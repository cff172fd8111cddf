import type { FigureInterval, ModelStamp } from '@guankou/contract/models/model-stamp.ts'
import type { OriginRuleFairness } from '@guankou/contract/origin/risk.ts'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { formatChance } from '#src/origins/format-risk.ts'

const rateText = (locale: Locale, rate: FigureInterval | null): string | null =>
  rate === null || rate.value === null || rate.low === null || rate.high === null
    ? null
    : `${formatChance(locale, rate.value)} (${formatChance(locale, rate.low)}–${formatChance(locale, rate.high)})`

export type FairnessNoteProps = {
  readonly fairness: OriginRuleFairness
  readonly stamp?: ModelStamp | null
}

/** What the counts say of a rule that singles an origin out: verdict, warning, and findings per screened with interval. */
export const FairnessNote = ({ fairness }: FairnessNoteProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { verdict, isWarned, found, foundElsewhere, rulesVersion } = fairness
  const here = rateText(locale, found) ?? t('originsPage.withheld')
  const elsewhere = rateText(locale, foundElsewhere) ?? t('originsPage.withheld')
  return (
    <span className="fairness-note">
      <StatusPill
        state={isWarned ? 'look' : 'well'}
        hint={t('originsPage.fairnessOf', { version: rulesVersion, here, elsewhere })}
      >
        {t(`originsPage.verdict.${verdict}`)}
      </StatusPill>
      <span className="muted">{here}</span>
    </span>
  )
}
