import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Nothing to show, why, and what to do about it. */
export const EmptyState = ({
  title,
  children,
}: {
  readonly title: string
  readonly children?: ReactNode
}) => (
  <div className="feedback">
    <p className="feedback-title">{title}</p>
    {children === undefined ? null : <div className="feedback-text">{children}</div>}
  </div>
)

/** Something is on its way; holds the place so that nothing jumps when it comes. */
export const LoadingState = () => {
  const { t } = useTranslation('ui')
  return (
    <div className="feedback" aria-busy="true">
      <p className="feedback-text">{t('loading')}</p>
    </div>
  )
}

export type ErrorStateProps = {
  readonly text: string
  readonly correlationId?: string | undefined
  readonly onRetry?: (() => void) | undefined
}

/** What went wrong in words, the id to report, and a way to try again. */
export const ErrorState = ({ text, correlationId, onRetry }: ErrorStateProps) => {
  const { t } = useTranslation('ui')
  return (
    <div className="feedback feedback-error" role="alert">
      <p className="feedback-title">{t('errorTitle')}</p>
      <p className="feedback-text">{text}</p>
      {correlationId === undefined ? null : (
        <p className="feedback-text">{t('correlation', { id: correlationId })}</p>
      )}
      {onRetry === undefined ? null : (
        <button type="button" className="quiet-button" onClick={onRetry}>
          {t('retry')}
        </button>
      )}
    </div>
  )
}
