import { listHandovers } from '@guankou/contract/handovers/endpoints.ts'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { handoversQuery } from '#src/handovers/queries.ts'
import { PageLink } from '#src/layout/PageLink.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { useSession } from '#src/layout/use-session.ts'
import { paths } from '#src/path-builder.ts'

/** How many hand-overs of the own area are overdue, beside the way to them. */
export const HandoverBadge = () => {
  const { t } = useTranslation()
  const { areaCode } = useSession()
  const overdue = useQuery(handoversQuery(areaCode)).data?.overdue ?? 0
  if (overdue === 0) return null
  return (
    <>
      <span className="rail-badge" aria-hidden="true">
        {overdue}
      </span>
      <span className="only-heard">{t('handovers.badge', { count: overdue })}</span>
    </>
  )
}

const Open = ({ area }: { readonly area: number }) => {
  const { t } = useTranslation()
  const found = useQuery(handoversQuery(area)).data
  if (found === undefined || found.open === 0) return null
  const { open, overdue } = found
  return (
    <PageLink path={paths.handovers} view={{ area }} title={t('handovers.pillHint')} className="alarm-pill">
      <StatusPill state={overdue > 0 ? 'act' : 'look'}>{t('handovers.pill', { open, overdue })}</StatusPill>
    </PageLink>
  )
}

/** The hand-overs of an area in a word, for pages that are about something else. */
export const HandoverPill = ({ area }: { readonly area: number }) => {
  const { role } = useSession()
  return isOpenTo(role, listHandovers) ? <Open area={area} /> : null
}
