import type { IssuedLink } from '@guankou/contract/access/accounts.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { useTranslation } from 'react-i18next'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

/** A sign-in link, once, to be handed over. */
export const IssuedLinkNote = ({ link }: { readonly link: IssuedLink }) => {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  return (
    <div role="status">
      <p>{t('accounts.linkLead', { until: formatInstant(link.expiresAt, timeZone) })}</p>
      <pre className="command">
        <code>{`${window.location.origin}/${link.front}/sign-in#token=${link.token}`}</code>
      </pre>
    </div>
  )
}
