import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { inboxQuery } from '#src/requests/queries.ts'

/** How many requests wait for the role that is signed in; nothing where none does. */
export const RequestsBadge = () => {
  const { t } = useTranslation()
  const waiting = useQuery(inboxQuery).data?.waitingForMe ?? 0
  if (waiting === 0) return null
  return (
    <>
      <span className="rail-badge" aria-hidden="true">
        {waiting}
      </span>
      <span className="only-heard">{t('requests.waiting', { count: waiting })}</span>
    </>
  )
}
