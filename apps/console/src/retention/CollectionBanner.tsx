import { readRetentionPlan } from '@guankou/contract/retention/endpoints.ts'
import { civilDateOf } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { noticeQuery, placesQuery } from '#src/api/queries.ts'
import { PageLink } from '#src/layout/PageLink.tsx'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { paths } from '#src/path-builder.ts'
import { type Collecting, endingSoon } from '#src/retention/days-left.ts'
import { planQuery } from '#src/retention/queries.ts'

/** Tells everyone in good time that a collection is going to end, or has. */
export const CollectionBanner = () => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const timeZone = useQuery(placesQuery).data?.jurisdictions[0]?.timeZone ?? 'UTC'
  const nowMs = useNow(60_000)
  const mayLook = readRetentionPlan.access.roles.some((each) => each === role)
  const notice = useQuery(noticeQuery).data
  // The public notice leaves out what has ended; whoever may see the plan is told of that as well.
  const plan = useQuery({ ...planQuery, enabled: mayLook }).data
  const collecting: readonly Collecting[] =
    plan?.responses.map(({ responseId, response, collectionUntil }) => ({
      id: responseId,
      name: response,
      collectionUntil,
    })) ??
    notice?.responses ??
    []
  const ending = endingSoon(collecting, plan?.today ?? civilDateOf(nowMs, timeZone))
  if (ending.length === 0) return null
  return (
    <div className="collection-banner" role="status">
      {ending.map(({ id, name, collectionUntil, daysLeft }) => (
        <p key={id}>
          {t(daysLeft < 0 ? 'retention.bannerEnded' : 'retention.banner', {
            name: inLocale(name, locale),
            until: collectionUntil,
            count: daysLeft,
          })}{' '}
          {mayLook ? (
            <PageLink path={paths.retention} className="link-button">
              {t('retention.bannerLink')}
            </PageLink>
          ) : null}
        </p>
      ))}
    </div>
  )
}
