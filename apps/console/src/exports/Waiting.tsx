import {
  exportColumnNames,
  exportPurposeNames,
  exportSubjectNames,
} from '@guankou/contract/exports/columns.ts'
import type { ExportView } from '@guankou/contract/exports/endpoints.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useDecide } from '#src/exports/queries.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useRefusalText } from '#src/look-up/use-look-up.ts'

const Decision = ({ one }: { readonly one: ExportView }) => {
  const { t } = useTranslation()
  const { accountId } = useSession()
  const decide = useDecide()
  const refusalText = useRefusalText()
  if (one.requestedBy.accountId === accountId) return <p className="muted">{t('exports.own')}</p>
  const button = (decision: 'approve' | 'refuse', label: string, className: string) => (
    <button
      type="button"
      className={className}
      disabled={decide.isPending}
      onClick={() => decide.mutate({ exportId: one.id, decision })}
    >
      {label}
    </button>
  )
  return (
    <>
      <span className="row-buttons">
        {button('approve', t('exports.approve'), 'primary-button')}
        {button('refuse', t('exports.refuse'), 'quiet-button')}
      </span>
      {decide.isError ? <p role="alert">{refusalText(decide.error)}</p> : null}
    </>
  )
}

/** What a list holds and for whom, in a few lines: enough to decide on it. */
const Request = ({ one }: { readonly one: ExportView }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <li>
      <p>
        <strong>
          {inLocale(exportSubjectNames[one.subject], locale)} ·{' '}
          {inLocale(exportPurposeNames[one.purpose], locale)}
        </strong>{' '}
        · {t('exports.people', { count: one.rowTotal })} · {one.fromDay} – {one.toDay}
      </p>
      <p>
        {t('exports.byWhom', {
          name: inLocale(one.requestedBy.officer, locale),
          organisation: one.stated?.organisation ?? '—',
        })}
      </p>
      <p>{one.stated?.reason ?? '—'}</p>
      <p className="muted">
        {one.columns.map((column) => inLocale(exportColumnNames[column], locale)).join(' · ')}
      </p>
      <Decision one={one} />
    </li>
  )
}

/** Lists that wait for the decision of a second person. */
export const Waiting = ({ exports }: { readonly exports: readonly ExportView[] }) => {
  const { t } = useTranslation()
  const waiting = exports.filter(({ state }) => state === 'requested')
  return (
    <section className="card identity-section">
      <h2>{t('exports.waiting')}</h2>
      {waiting.length === 0 ? <EmptyState title={t('exports.waitingNone')} /> : null}
      <ul className="trace-list">
        {waiting.map((one) => (
          <Request key={one.id} one={one} />
        ))}
      </ul>
    </section>
  )
}
