import type { FigureInterval } from '@guankou/contract/models/model-stamp.ts'
import type { OriginRisk, OriginRuleFairness } from '@guankou/contract/origin/risk.ts'
import { NotedFigure } from '@guankou/ui/figures/NotedFigure.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { formatRate } from '#src/origins/format-risk.ts'
import { useNotes } from '#src/origins/use-notes.ts'

const rateText = (locale: Locale, rate: FigureInterval | null): string | null =>
  rate === null || rate.value === null || rate.low === null || rate.high === null
    ? null
    : `${formatRate(locale, rate.value)} (${formatRate(locale, rate.low)}–${formatRate(locale, rate.high)})`

export type FairnessNoteProps = {
  readonly fairness: OriginRuleFairness
  /** Of the origin. */
  readonly name: string
  readonly counted: Pick<OriginRisk, 'from' | 'until' | 'countedAt'>
  readonly timeZone: string
}

/** What the counts say of a rule that singles an origin out: verdict, warning, and findings per screened with interval. */
export const FairnessNote = ({ fairness, name, counted, timeZone }: FairnessNoteProps) => {
  const { t } = useTranslation()
  const { t: tUi } = useTranslation('ui')
  const locale = useLocale()
  const notes = useNotes()
  const { verdict, isWarned, found, foundElsewhere, rulesVersion } = fairness
  const here = rateText(locale, found) ?? t('originsPage.withheld')
  const elsewhere = rateText(locale, foundElsewhere) ?? t('originsPage.withheld')
  const hint = [
    t('originsPage.fairnessOf', { version: rulesVersion, here, elsewhere }),
    tUi('stamp.window', { from: counted.from, until: counted.until }),
    tUi('stamp.dataAt', { time: formatInstant(counted.countedAt, timeZone) }),
  ].join('\n')
  return (
    <span className="fairness-note">
      <StatusPill state={isWarned ? 'look' : 'well'}>{t(`originsPage.verdict.${verdict}`)}</StatusPill>
      <NotedFigure
        name={t('originsPage.foundOf', { origin: name })}
        text={here}
        value={found?.value ?? null}
        hint={hint}
        note={notes.fairness}
      />
    </span>
  )
}
