import { exportPurposeNames, exportSubjectNames } from '@guankou/contract/exports/columns.ts'
import type { TraceMatch } from '@guankou/contract/exports/endpoints.ts'
import { traceWayNames } from '@guankou/contract/exports/names.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTrace } from '#src/exports/queries.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useRefusalText } from '#src/look-up/use-look-up.ts'

const Found = ({ match }: { readonly match: TraceMatch }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const times = match.downloads.map(({ at, format }) => `${formatInstant(at, timeZone)} (${format})`)
  return (
    <li>
      <p>
        <strong>{inLocale(traceWayNames[match.way], locale)}</strong>
      </p>
      <p>
        {t('exports.tracedFrom', {
          name: inLocale(match.requestedBy.officer, locale),
          organisation: match.organisation ?? '—',
        })}
      </p>
      <p>
        {t('exports.tracedFor', {
          purpose: `${inLocale(exportPurposeNames[match.purpose], locale)} · ${inLocale(exportSubjectNames[match.subject], locale)}`,
          count: match.rows,
          id: match.exportId,
        })}
      </p>
      <p>{t('exports.tracedAt', { times: times.join(', ') || '—' })}</p>
    </li>
  )
}

/** Says which list pasted rows come from. */
export const Trace = () => {
  const { t } = useTranslation()
  const id = useId()
  const refusalText = useRefusalText()
  const trace = useTrace()
  const [text, setText] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    trace.mutate(text)
  }
  return (
    <section className="card identity-section">
      <h2>{t('exports.trace')}</h2>
      <p className="muted">{t('exports.traceLead')}</p>
      <form className="identity-form" onSubmit={submit}>
        <label htmlFor={id}>{t('exports.traceText')}</label>
        <textarea
          id={id}
          required
          rows={4}
          maxLength={60_000}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" className="primary-button" disabled={trace.isPending}>
          {t('exports.traceSubmit')}
        </button>
      </form>
      <div aria-live="polite">
        {trace.isError ? <p role="alert">{refusalText(trace.error)}</p> : null}
        {trace.data?.matches.length === 0 ? <EmptyState title={t('exports.traceNone')} /> : null}
        <ul className="trace-list">
          {trace.data?.matches.map((match) => (
            <Found key={match.exportId} match={match} />
          ))}
        </ul>
      </div>
    </section>
  )
}
