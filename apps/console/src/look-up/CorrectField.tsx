import type { PersonMatch } from '@guankou/contract/identity/look-up.ts'
import { type correctableIdentityFields, identityFieldNames } from '@guankou/contract/identity/purposes.ts'
import {
  type CorrectionGround,
  correctionGroundNames,
  correctionGrounds,
  correctScreening,
} from '@guankou/contract/screening/corrections.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpenTo } from '#src/layout/pages.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useCorrect } from '#src/screening/queries.ts'

type Props = {
  readonly match: PersonMatch
  readonly field: (typeof correctableIdentityFields)[number]
}

type Draft = { readonly value: string; readonly ground: CorrectionGround | '' }

const Fields = ({
  draft: { value, ground },
  onChange,
}: {
  readonly draft: Draft
  readonly onChange: (part: Partial<Draft>) => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  return (
    <>
      <label htmlFor={`${id}-value`}>{t('decisions.correctTo')}</label>
      <input
        id={`${id}-value`}
        type="text"
        required
        maxLength={80}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange({ value: event.currentTarget.value })}
      />
      <label htmlFor={`${id}-ground`}>{t('decisions.correctGround')}</label>
      <select
        id={`${id}-ground`}
        required
        value={ground}
        onChange={(event) => onChange({ ground: event.currentTarget.value as CorrectionGround | '' })}
      >
        <option value="" />
        {correctionGrounds.map((each) => (
          <option key={each} value={each}>
            {inLocale(correctionGroundNames[each], locale)}
          </option>
        ))}
      </select>
    </>
  )
}

const CorrectForm = ({ match, field, onDone }: Props & { readonly onDone: (done: boolean) => void }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const correct = useCorrect()
  const [draft, setDraft] = useState<Draft>({ value: '', ground: '' })
  const name = inLocale(identityFieldNames[field], locale)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const { screeningId, seat } = match
    const { value, ground } = draft
    if (ground === '') return
    correct.mutate(
      { screeningId, seat, field, value: value.trim(), ground },
      { onSuccess: () => onDone(true) },
    )
  }
  return (
    <form
      className="decision-form"
      onSubmit={submit}
      aria-label={t('decisions.correctField', { field: name })}
    >
      <Fields draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
      <span className="plain-buttons">
        <button type="submit" className="primary-button" disabled={correct.isPending}>
          {t('decisions.correctSubmit')}
        </button>
        <button type="button" className="link-button" onClick={() => onDone(false)}>
          {t('decisions.cancel')}
        </button>
      </span>
      {correct.isError ? <p role="alert">{failureText(correct.error).text}</p> : null}
    </form>
  )
}

/** Puts a field right where it was entered wrongly, for who may. */
export const CorrectField = ({ match, field }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const [state, setState] = useState<'closed' | 'open' | 'done'>('closed')
  if (!isOpenTo(role, correctScreening)) return null
  if (state === 'open')
    return <CorrectForm match={match} field={field} onDone={(done) => setState(done ? 'done' : 'closed')} />
  return state === 'done' ? (
    <span role="status" className="muted">
      {t('decisions.correctDone')}
    </span>
  ) : (
    <button
      type="button"
      className="link-button"
      aria-label={t('decisions.correctField', { field: inLocale(identityFieldNames[field], locale) })}
      onClick={() => setState('open')}
    >
      {t('decisions.correct')}
    </button>
  )
}
