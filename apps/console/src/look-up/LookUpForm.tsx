import { type SoughtKind, soughtKinds } from '@guankou/contract/identity/look-up.ts'
import {
  type LookUpPurpose,
  leastReasonLetters,
  lookUpPurposeNames,
  lookUpPurposesOf,
  mostReasonLetters,
} from '@guankou/contract/identity/purposes.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { soughtName } from '#src/look-up/names.ts'
import type { LookUpInput } from '#src/look-up/use-look-up.ts'

type Draft = {
  readonly purpose: LookUpPurpose | ''
  readonly kind: SoughtKind
  readonly text: string
  readonly reason: string
}

type PartProps = { readonly draft: Draft; readonly onChange: (part: Partial<Draft>) => void }

const Sought = ({ draft, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  return (
    <>
      <label htmlFor={`${id}-kind`}>{t('lookUp.kind')}</label>
      <select
        id={`${id}-kind`}
        value={draft.kind}
        onChange={(event) => onChange({ kind: event.currentTarget.value as SoughtKind })}
      >
        {soughtKinds.map((kind) => (
          <option key={kind} value={kind}>
            {soughtName(t, locale, kind)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-text`}>{t('lookUp.sought')}</label>
      <input
        id={`${id}-text`}
        type="text"
        required
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        value={draft.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <p id={`${id}-hint`} className="muted">
        {t('lookUp.soughtHint')}
      </p>
    </>
  )
}

const Why = ({ draft, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const id = useId()
  return (
    <>
      <label htmlFor={`${id}-purpose`}>{t('lookUp.purpose')}</label>
      <select
        id={`${id}-purpose`}
        required
        value={draft.purpose}
        onChange={(event) => onChange({ purpose: event.currentTarget.value as LookUpPurpose })}
      >
        <option value="" />
        {(lookUpPurposesOf[role] ?? []).map((purpose) => (
          <option key={purpose} value={purpose}>
            {inLocale(lookUpPurposeNames[purpose], locale)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-reason`}>{t('lookUp.reason')}</label>
      <textarea
        id={`${id}-reason`}
        required
        minLength={leastReasonLetters}
        maxLength={mostReasonLetters}
        rows={2}
        aria-describedby={`${id}-hint`}
        value={draft.reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value.replaceAll('\n', ' ') })}
      />
      <p id={`${id}-hint`} className="muted">
        {t('lookUp.reasonHint', { count: leastReasonLetters })}
      </p>
    </>
  )
}

/** Whom to look up, for what and why. Nothing is chosen beforehand: a purpose has to be meant. */
export const LookUpForm = ({
  busy,
  onSubmit,
}: {
  readonly busy: boolean
  readonly onSubmit: (input: LookUpInput) => void
}) => {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>({ purpose: '', kind: 'plate', text: '', reason: '' })
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const { purpose, kind, text, reason } = draft
    if (purpose !== '') onSubmit({ purpose, reason: reason.trim(), sought: { kind, text: text.trim() } })
  }
  return (
    <form className="identity-form" onSubmit={submit}>
      <Why draft={draft} onChange={change} />
      <Sought draft={draft} onChange={change} />
      <button type="submit" className="primary-button" disabled={busy}>
        {t('lookUp.submit')}
      </button>
    </form>
  )
}
