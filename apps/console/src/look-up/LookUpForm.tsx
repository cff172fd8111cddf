import { type SoughtKind, soughtKinds } from '@guankou/contract/identity/look-up.ts'
import {
  type LookUpPurpose,
  leastReasonLetters,
  lookUpPurposeNames,
  lookUpPurposesOf,
  mostReasonLetters,
} from '@guankou/contract/identity/purposes.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { soughtName } from '#src/look-up/names.ts'
import type { LookUpInput } from '#src/look-up/use-look-up.ts'
import type { LookUpView } from '#src/path-builder.ts'

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
        // biome-ignore lint/a11y/noAutofocus: this page has one purpose, and who comes by keyboard comes to type a number
        autoFocus
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

/** Among which screenings; what is chosen stands in the address. */
const Among = ({ view, onView }: Pick<FormProps, 'view' | 'onView'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const posts = useQuery(placesQuery).data?.posts ?? []
  const day = (key: 'from' | 'until') => (
    <div>
      <label htmlFor={`${id}-${key}`}>{t(`lookUp.${key}`)}</label>
      <input
        id={`${id}-${key}`}
        type="date"
        value={view[key] ?? ''}
        onChange={(event) => onView({ [key]: event.currentTarget.value || undefined })}
      />
    </div>
  )
  return (
    <>
      <div className="identity-pair">
        {day('from')}
        {day('until')}
      </div>
      <label htmlFor={`${id}-post`}>{t('lookUp.post')}</label>
      <select
        id={`${id}-post`}
        value={view.post ?? ''}
        onChange={(event) => onView({ post: Number(event.currentTarget.value) || undefined })}
      >
        <option value="">{t('lookUp.allPosts')}</option>
        {posts.map((post) => (
          <option key={post.id} value={post.id}>
            {inLocale(post.name, locale)}
          </option>
        ))}
      </select>
    </>
  )
}

type FormProps = {
  readonly busy: boolean
  /** What of the form stands in the address. */
  readonly view: LookUpView
  readonly onView: (part: { readonly [K in keyof LookUpView]?: LookUpView[K] | undefined }) => void
  readonly onSubmit: (input: LookUpInput) => void
}

const amongOf = ({ from, until, post }: LookUpView): Pick<LookUpInput, 'among'> =>
  from === undefined && until === undefined && post === undefined
    ? {}
    : {
        among: {
          ...(from === undefined ? {} : { fromDay: from }),
          ...(until === undefined ? {} : { untilDay: until }),
          ...(post === undefined ? {} : { postId: post }),
        },
      }

/**
 * Whom to look up, for what and why. No purpose is chosen beforehand: it has to be meant. Whom one looks for never stands in
 * the address.
 */
export const LookUpForm = ({ busy, view, onView, onSubmit }: FormProps) => {
  const { t } = useTranslation()
  const [written, setWritten] = useState<Omit<Draft, 'kind'>>({ purpose: '', text: '', reason: '' })
  const draft: Draft = { ...written, kind: view.kind ?? 'plate' }
  const change = ({ kind, ...part }: Partial<Draft>): void => {
    if (kind !== undefined) onView({ kind })
    setWritten({ ...written, ...part })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const { purpose, kind, text, reason } = draft
    if (purpose === '') return
    onSubmit({ purpose, reason: reason.trim(), sought: { kind, text: text.trim() }, ...amongOf(view) })
  }
  return (
    <form className="identity-form" onSubmit={submit}>
      <Sought draft={draft} onChange={change} />
      <Why draft={draft} onChange={change} />
      <Among view={view} onView={onView} />
      <button type="submit" className="primary-button" disabled={busy}>
        {t('lookUp.submit')}
      </button>
    </form>
  )
}
