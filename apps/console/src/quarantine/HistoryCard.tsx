import type { QuarantineFactView, QuarantineFile } from '@guankou/contract/quarantine/views.ts'
import {
  contactResultNames,
  contactWayNames,
  extensionReasonNames,
  helpKindNames,
  helpResultNames,
  leaveReasonNames,
  quarantineFactNames,
  releaseReasonNames,
} from '@guankou/contract/quarantine/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

type Names = Readonly<Record<string, { readonly zh: string; readonly en: string }>>
const reasons: Names = { ...leaveReasonNames, ...extensionReasonNames, ...releaseReasonNames }
const results: Names = { ...contactResultNames, ...helpResultNames }

const named = (names: Names, word: string | null, locale: Locale): string[] => {
  const name = word === null ? undefined : names[word]
  if (name === undefined) return word === null ? [] : [word]
  return [inLocale(name, locale)]
}

/** What a fact says beside its kind, in words. */
const detailOf = (fact: QuarantineFactView, file: QuarantineFile, locale: Locale): string =>
  [
    ...named(contactWayNames, fact.way, locale),
    ...named(results, fact.result, locale),
    ...named(reasons, fact.reason, locale),
    ...named(helpKindNames, fact.help, locale),
    ...(fact.lastDay === null ? [] : [fact.lastDay]),
    ...(fact.toArea === null ? [] : [inLocale(fact.toArea, locale)]),
    ...(fact.temperatureCelsius === null ? [] : [`${fact.temperatureCelsius.toFixed(1)} °C`]),
    ...fact.signs.map((code) => {
      const sign = file.signs.find((each) => each.code === code)
      return sign === undefined ? code : inLocale(sign.name, locale)
    }),
  ].join(' · ')

/** Everything that happened, oldest first, with who did it. */
export const HistoryCard = ({ file }: { readonly file: QuarantineFile }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { timeZone, orderedAt } = file.line
  const byWhom = ({ by, kind }: QuarantineFactView): string => {
    if (by !== null) return inLocale(by.officer, locale)
    return kind === 'report' || kind === 'help' ? t('quarantine.byPerson') : t('quarantine.byClock')
  }
  return (
    <Card title={t('quarantine.history')}>
      <ol className="fact-list">
        <li>
          <time dateTime={orderedAt}>{formatInstant(orderedAt, timeZone).slice(0, 16)}</time>{' '}
          <strong>{t('quarantine.ordered')}</strong>
        </li>
        {file.facts.map((fact) => (
          <li key={fact.id} data-kind={fact.kind}>
            <time dateTime={fact.at}>{formatInstant(fact.at, timeZone).slice(0, 16)}</time>{' '}
            <strong>{inLocale(quarantineFactNames[fact.kind], locale)}</strong> {detailOf(fact, file, locale)}{' '}
            <span className="muted">{byWhom(fact)}</span>
            {fact.note === null ? null : <p className="fact-note">{fact.note}</p>}
          </li>
        ))}
      </ol>
    </Card>
  )
}
