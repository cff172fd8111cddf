import type { QuarantineBoard } from '@guankou/contract/quarantine/views.ts'
import { helpKindNames } from '@guankou/contract/quarantine/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { PageLink } from '#src/layout/PageLink.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { paths } from '#src/path-builder.ts'
import { shortId } from '#src/quarantine/BoardCard.tsx'

/** Open requests for supplies and help, the oldest first. */
export const NeedsCard = ({ board }: { readonly board: QuarantineBoard }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const needs = board.lines
    .flatMap((line) => line.openHelp.map((asked) => ({ ...asked, line })))
    .toSorted((a, b) => a.askedAt.localeCompare(b.askedAt))
  return (
    <Card title={t('quarantine.needs')} note={t('quarantine.needsCount', { count: needs.length })}>
      {needs.length === 0 ? <p className="muted">{t('quarantine.needsNone')}</p> : null}
      <ol className="need-list">
        {needs.map(({ id, help, askedAt, line }) => (
          <li key={id}>
            <PageLink path={paths.episode} view={{ area: line.jurisdiction, episode: line.id }}>
              {inLocale(helpKindNames[help], locale)}
            </PageLink>{' '}
            <span className="muted">
              {formatInstant(askedAt, line.timeZone).slice(5, 16)} · {inLocale(line.district, locale)} ·{' '}
              {shortId(line.id)}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
