import type { ResponseRetention, RetentionPlan } from '@guankou/contract/retention/endpoints.ts'
import { renewalGroundNames, renewCollection, warnDaysBefore } from '@guankou/contract/retention/renewal.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { daysUntil } from '#src/retention/days-left.ts'
import { RenewForm } from '#src/retention/RenewForm.tsx'

const TimeLeft = ({ until, today }: { readonly until: string; readonly today: string }) => {
  const { t } = useTranslation()
  const left = daysUntil(today, until)
  if (left < 0) return <StatusPill state="act">{t('retention.ended')}</StatusPill>
  return (
    <StatusPill state={left <= warnDaysBefore ? 'look' : 'well'}>
      {t('retention.daysLeft', { count: left })}
    </StatusPill>
  )
}

const Renewals = ({ renewals }: Pick<ResponseRetention, 'renewals'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (renewals.length === 0) return null
  return (
    <>
      <h3>{t('retention.renewals')}</h3>
      <ul>
        {renewals.map(({ renewedAt, by, role, collectionUntil, ground }) => (
          <li key={renewedAt}>
            {t('retention.renewedLine', {
              day: renewedAt.slice(0, 10),
              name: inLocale(by, locale),
              role: inLocale(roleNames[role], locale),
              until: collectionUntil,
              ground: inLocale(renewalGroundNames[ground], locale),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Until when each response collects, how long it keeps, and who lets it go on. */
export const CollectionCard = ({ responses, today }: RetentionPlan) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const mayRenew = renewCollection.access.roles.some((each) => each === role)
  return (
    <section className="card retention-card" aria-label={t('retention.collection')}>
      {responses.map((response) => (
        <article key={response.responseId}>
          <h2>
            {inLocale(response.response, locale)} <TimeLeft until={response.collectionUntil} today={today} />
          </h2>
          <p>{t('retention.until', { until: response.collectionUntil })}</p>
          <p className="muted">
            {t('retention.keeps', {
              identity: response.keeps.identityDays,
              health: response.keeps.healthDays,
            })}
            {' · '}
            {response.decided === null
              ? t('retention.byDefault')
              : t('retention.decided', {
                  by: response.decided.by,
                  day: response.decided.at.slice(0, 10),
                })}
          </p>
          <Renewals renewals={response.renewals} />
          {mayRenew ? <RenewForm response={response} today={today} /> : null}
        </article>
      ))}
    </section>
  )
}
