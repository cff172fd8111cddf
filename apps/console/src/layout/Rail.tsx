import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { useTranslation } from 'react-i18next'
import { PageLink } from '#src/layout/PageLink.tsx'
import { useSession } from '#src/layout/use-session.ts'
import { outside, paths } from '#src/path-builder.ts'

/** Every page with the endpoint it lives from: whoever may not call that does not see the page. */
const pages = [
  { page: 'situation', endpoint: endpoints.situationSummary },
  { page: 'posts', endpoint: endpoints.situationPosts },
  { page: 'devices', endpoint: endpoints.listDevices },
  { page: 'retention', endpoint: endpoints.readRetentionPlan },
] as const satisfies readonly { readonly page: keyof typeof paths; readonly endpoint: EndpointDeclaration }[]

const isOpenTo = (role: Role, { access: { roles } }: EndpointDeclaration): boolean =>
  roles === 'anyone' || roles.includes(role)

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
