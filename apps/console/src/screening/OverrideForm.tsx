import type { TravellerDecision } from '@guankou/contract/screening/decisions.ts'
import { type Disposition, dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import {
  groundsInWords,
  mostOverrideLetters,
  type OverrideGround,
  overrideGroundNames,
  overrideGrounds,
} from '@guankou/contract/screening/override.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useOverride } from '#src/screening/queries.ts'

type Draft = {
  readonly disposition: Disposition | ''
  readonly ground: OverrideGround | ''
  readonly words: string
}

type FieldsProps = {
  readonly draft: Draft
  readonly to: readonly Disposition[]
  readonly onChange: (part: Partial<Draft>) => void
}

const Words = ({ draft, onChange }: Pick<FieldsProps, 'draft' | 'onChange'>) => {
  const { t } = useTranslation()
  const id = useId()
  return (
    <>
      <label htmlFor={`${id}-words`}>{t('decisions.words')}</label>
      <textarea
        id={`${id}-words`}
        rows={2}
        minLength={2}
        maxLength={mostOverrideLetters}
        required={draft.ground !== '' && groundsInWords.has(draft.ground)}
        aria-describedby={`${id}-hint`}
        value={draft.words}
        onChange={(event) => onChange({ words: event.currentTarget.value.replaceAll('\n', ' ') })}
      />
      <p id={`${id}-hint`} className="muted">
        {t('decisions.wordsHint')}
      </p>
    </>
  )
}

const Fields = ({ draft, to, onChange }: FieldsProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  return (
    <>
      <label htmlFor={`${id}-to`}>{t('decisions.choose')}</label>
      <select
        id={`${id}-to`}
        required
        value={draft.disposition}
        onChange={(event) => onChange({ disposition: event.currentTarget.value as Disposition | '' })}
      >
        <option value="" />
        {to.map((disposition) => (
          <option key={disposition} value={disposition}>
            {inLocale(dispositionNames[disposition], locale)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-ground`}>{t('decisions.ground')}</label>
      <select
        id={`${id}-ground`}
        required
        value={draft.ground}
        onChange={(event) => onChange({ ground: event.currentTarget.value as OverrideGround | '' })}
      >
        <option value="" />
        {overrideGrounds.map((ground) => (
          <option key={ground} value={ground}>
            {inLocale(overrideGroundNames[ground], locale)}
          </option>
        ))}
      </select>
      <Words draft={draft} onChange={onChange} />
    </>
  )
}

const nothing: Draft = { disposition: '', ground: '', words: '' }

type Props = {
  readonly screeningId: string
  readonly traveller: TravellerDecision
  readonly to: readonly Disposition[]
}

/** A lead decides otherwise on one person, with a ground; what is milder than the bound says that it will wait. */
export const OverrideForm = ({ screeningId, traveller, to }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const override = useOverride()
  const [draft, setDraft] = useState(nothing)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const { disposition, ground } = draft
    const words = draft.words.trim()
    if (disposition === '' || ground === '') return
    const about = { screeningId, seat: traveller.seat }
    override.mutate(
      { ...about, disposition, ground, ...(words === '' ? {} : { words }) },
      { onSuccess: () => setDraft(nothing) },
    )
  }
  return (
    <form
      className="decision-form"
      onSubmit={submit}
      aria-label={t('decisions.overrideSeat', { seat: traveller.seat })}
    >
      <Fields
        draft={draft}
        to={to.filter((disposition) => disposition !== traveller.standing)}
        onChange={(part) => setDraft({ ...draft, ...part })}
      />
      <p className="muted">
        {t('decisions.bound', { disposition: inLocale(dispositionNames[traveller.bound], locale) })}
      </p>
      <button type="submit" className="primary-button" disabled={override.isPending}>
        {t('decisions.submit')}
      </button>
      <p role="status">
        {override.isSuccess
          ? t(override.data.needsSecond ? 'decisions.recordedWaits' : 'decisions.recorded')
          : null}
        {override.isError ? failureText(override.error).text : null}
      </p>
    </form>
  )
}
