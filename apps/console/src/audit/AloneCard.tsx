import { type RulesPutAlone, reviewPutAlone } from '@guankou/contract/rescreen/proposals.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { putAloneQuery, useReviewPutAlone } from '#src/rescreen/queries.ts'

type OneProps = { readonly one: RulesPutAlone; readonly timeZone: string }

const Reviewed = ({ one, timeZone }: OneProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const failureText = useFailureText()
  const review = useReviewPutAlone()
  const { responseId, version, reviewedAt, reviewedBy } = one
  if (reviewedAt !== null)
    return (
      <p className="muted">
        {t('audit.aloneRead', {
          who: reviewedBy === null ? '' : inLocale(reviewedBy, locale),
          time: formatInstant(reviewedAt, timeZone).slice(0, 16),
        })}
      </p>
    )
  if (!isOpenTo(role, reviewPutAlone)) return <p className="muted">{t('audit.aloneUnread')}</p>
  return (
    <p>
      <button
        type="button"
        className="quiet-button"
        disabled={review.isPending}
        onClick={() => review.mutate({ responseId, version })}
      >
        {t('audit.aloneReview')}
      </button>
      {review.isError ? <span role="alert"> {failureText(review.error).text}</span> : null}
    </p>
  )
}

/** What one person put into force alone although two decide, with why; what nobody has looked at is on top. */
export const AloneCard = ({ timeZone }: { readonly timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const read = useQuery(putAloneQuery)
  return (
    <Query query={read}>
      {({ alone }) =>
        alone.length === 0 ? null : (
          <Card title={t('audit.alone')} note={t('audit.aloneNote')}>
            <ul className="alone-list">
              {alone.map((one) => (
                <li key={`${one.responseId} ${one.version}`}>
                  <strong>
                    {t('audit.aloneLine', {
                      version: one.version,
                      who: inLocale(one.publishedBy, locale),
                      time: formatInstant(one.publishedAt, timeZone).slice(0, 16),
                    })}
                  </strong>
                  <p>{one.because ?? t('audit.aloneGone')}</p>
                  <Reviewed one={one} timeZone={timeZone} />
                </li>
              ))}
            </ul>
          </Card>
        )
      }
    </Query>
  )
}
