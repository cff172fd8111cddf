import { monitoringAlarms } from '@guankou/contract/monitoring/endpoints.ts'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PageLink } from '#src/layout/PageLink.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { useSession } from '#src/layout/use-session.ts'
import { alarmsQuery } from '#src/monitoring/queries.ts'
import { paths } from '#src/path-builder.ts'

/** How many alarms of the own area are not closed, beside the way to them. */
export const AlarmBadge = () => {
  const { t } = useTranslation()
  const { areaCode } = useSession()
  const open = useQuery(alarmsQuery(areaCode)).data?.open ?? 0
  if (open === 0) return null
  return (
    <>
      <span className="rail-badge" aria-hidden="true">
        {open}
      </span>
      <span className="only-heard">{t('monitoring.badge', { count: open })}</span>
    </>
  )
}

const OpenAlarms = ({ area }: { readonly area: number }) => {
  const { t } = useTranslation()
  const alarms = useQuery(alarmsQuery(area)).data
  if (alarms === undefined || alarms.open === 0) return null
  return (
    <PageLink path={paths.monitoring} view={{ area }} title={t('monitoring.pillHint')} className="alarm-pill">
      <StatusPill state={alarms.unacknowledged > 0 ? 'act' : 'look'}>
        {t('monitoring.pill', { count: alarms.open })}
      </StatusPill>
    </PageLink>
  )
}

/** The alarms of an area in a word, for pages that are about something else. */
export const AlarmPill = ({ area }: { readonly area: number }) => {
  const { role } = useSession()
  return isOpenTo(role, monitoringAlarms) ? <OpenAlarms area={area} /> : null
}
