import { useTranslation } from 'react-i18next'
import { HandoverBadge } from '#src/handovers/HandoverCount.tsx'
import { PageLink } from '#src/layout/PageLink.tsx'
import { isOpenTo, pages } from '#src/layout/pages.ts'
import { useSession } from '#src/layout/use-session.ts'
import { AlarmBadge } from '#src/monitoring/AlarmCount.tsx'
import { outside, paths } from '#src/path-builder.ts'
import { RequestsBadge } from '#src/requests/RequestsBadge.tsx'

/** The way to every page there is. */
export const Rail = () => {
  const { t } = useTranslation()
  const { role } = useSession()
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <span className="rail-mark" aria-hidden="true">
        关
      </span>
      {pages
        .filter(({ endpoint }) => isOpenTo(role, endpoint))
        .map(({ page }) => (
          <PageLink key={page} path={paths[page]} className="rail-link">
            {t(`nav.${page}`)}
            {page === 'monitoring' ? <AlarmBadge /> : null}
            {page === 'handovers' ? <HandoverBadge /> : null}
            {page === 'requests' ? <RequestsBadge /> : null}
          </PageLink>
        ))}
      <a
        className="rail-link"
        href={outside.apiDocs}
        target="_blank"
        rel="noreferrer"
        title={t('nav.apiDocsHint')}
      >
        {t('nav.apiDocs')}
      </a>
    </nav>
  )
}
