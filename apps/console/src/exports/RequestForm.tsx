import {
  type ExportPurpose,
  type ExportSubject,
  exportColumnNames,
  exportPurposeNames,
  exportSubjectNames,
  exportSubjects,
} from '@guankou/contract/exports/columns.ts'
import { exportRuleOf, purposesFor } from '@guankou/contract/exports/rules.ts'
import { leastReasonLetters, mostReasonLetters } from '@guankou/contract/identity/purposes.ts'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { civilDateOf } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Checks, toggled } from '#src/exports/Checks.tsx'
import { Filters } from '#src/exports/Filters.tsx'
import { useRequest } from '#src/exports/queries.ts'
import { type Draft, emptyDraft, type PartProps, requestOf } from '#src/exports/request-draft.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useRefusalText } from '#src/look-up/use-look-up.ts'

/** Of what, and for which of the purposes that the role may have for it. */
const OfWhat = ({ draft, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const id = useId()
  const subjects = exportSubjects.filter((subject) => purposesFor(subject, role).length > 0)
  const open = purposesFor(draft.subject, role)
  const choose = (purpose: ExportPurpose | ''): void => onChange({ purpose, columns: [] })
  return (
    <>
      <label htmlFor={`${id}-subject`}>{t('exports.subject')}</label>
      <select
        id={`${id}-subject`}
        value={draft.subject}
        onChange={(event) =>
          onChange({ subject: event.currentTarget.value as ExportSubject, purpose: '', columns: [] })
        }
      >
        {subjects.map((subject) => (
          <option key={subject} value={subject}>
            {inLocale(exportSubjectNames[subject], locale)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-purpose`}>{t('exports.purpose')}</label>
      <select
        id={`${id}-purpose`}
        required
        value={draft.purpose}
        onChange={(event) => choose(event.currentTarget.value as ExportPurpose | '')}
      >
        <option value="" />
        {open.map((purpose) => (
          <option key={purpose} value={purpose}>
            {inLocale(exportPurposeNames[purpose], locale)}
          </option>
        ))}
      </select>
    </>
  )
}

const Why = ({ draft, onChange }: PartProps) => {
  const { t } = useTranslation()
  const id = useId()
  return (
    <>
      <OfWhat draft={draft} onChange={onChange} />
      <label htmlFor={`${id}-reason`}>{t('exports.reason')}</label>
      <textarea
        id={`${id}-reason`}
        required
        rows={2}
        minLength={leastReasonLetters}
        maxLength={mostReasonLetters}
        aria-describedby={`${id}-hint`}
        value={draft.reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value.replaceAll('\n', ' ') })}
      />
      <p id={`${id}-hint`} className="muted">
        {t('exports.reasonHint', { count: leastReasonLetters })}
      </p>
      <label htmlFor={`${id}-organisation`}>{t('exports.organisation')}</label>
      <input
        id={`${id}-organisation`}
        type="text"
        required
        minLength={2}
        maxLength={80}
        value={draft.organisation}
        onChange={(event) => onChange({ organisation: event.currentTarget.value })}
      />
    </>
  )
}

const Columns = ({ draft, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (draft.purpose === '') return null
  const { columns, mostRows, validDays } = exportRuleOf(draft.subject, draft.purpose)
  return (
    <>
      <Checks
        legend={t('exports.columns')}
        hint={t('exports.columnsHint')}
        all={columns}
        names={exportColumnNames}
        chosen={draft.columns}
        onToggle={(value) =>
          onChange({ columns: columns.filter((one) => toggled(draft.columns, value).includes(one)) })
        }
      />
      <p className="muted">
        {t('exports.limits', { rows: formatNumber(locale, mostRows), days: validDays })}
      </p>
    </>
  )
}

/** Asks for a list: purpose, reason, and the smallest set of columns, days, posts and dispositions. */
export const RequestForm = () => {
  const { t } = useTranslation()
  const locale = useLocale()
  const today = civilDateOf(Date.now(), useTimeZone())
  const refusalText = useRefusalText()
  const request = useRequest()
  // The day of the city is known a moment after the page: what nobody has entered yet follows it.
  const [entered, setEntered] = useState<Draft>()
  const draft = entered ?? emptyDraft(today)
  const part = { draft, onChange: (change: Partial<Draft>) => setEntered({ ...draft, ...change }) }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const body = requestOf(draft, locale)
    if (body !== undefined) request.mutate(body)
  }
  return (
    <section className="card identity-section">
      <h2>{t('exports.ask')}</h2>
      <form className="identity-form" onSubmit={submit}>
        <Why {...part} />
        <Columns {...part} />
        <Filters {...part} />
        <button
          type="submit"
          className="primary-button"
          disabled={request.isPending || draft.columns.length === 0}
        >
          {t('exports.submit')}
        </button>
        <p role="status">
          {request.isSuccess ? t('exports.asked', { count: request.data.rowTotal }) : null}
          {request.isError ? refusalText(request.error) : null}
        </p>
      </form>
    </section>
  )
}
