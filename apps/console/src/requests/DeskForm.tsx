import { type SoughtKind, soughtKinds } from '@guankou/contract/identity/look-up.ts'
import { leastReasonLetters, mostReasonLetters } from '@guankou/contract/identity/purposes.ts'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { soughtName } from '#src/look-up/names.ts'
import type { DeskInput, DeskSearch } from '#src/requests/use-desk-page.ts'

type Draft = {
  readonly way: 'slip' | 'document'
  readonly code: string
  readonly tail: string
  readonly kind: SoughtKind
  readonly sought: string
  readonly reason: string
}

type PartProps = { readonly draft: Draft; readonly onChange: (part: Partial<Draft>) => void }

const Typed = ({
  label,
  hint,
  value,
  required,
  most,
  onChange,
}: {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly required: boolean
  readonly most: number
  readonly onChange: (text: string) => void
}) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        required={required}
        maxLength={most}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="muted">
          {hint}
        </p>
      )}
    </>
  )
}

const Found = ({ draft, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  if (draft.way === 'slip')
    return (
      <>
        <Typed
          label={t('requests.print.code')}
          value={draft.code}
          required
          most={40}
          onChange={(code) => onChange({ code })}
        />
        <Typed
          label={t('requests.print.tail')}
          hint={t('requests.print.tailHint')}
          value={draft.tail}
          required={false}
          most={32}
          onChange={(tail) => onChange({ tail })}
        />
      </>
    )
  return (
    <>
      <label htmlFor={`${id}-kind`}>{t('requests.print.kind')}</label>
      <select
        id={`${id}-kind`}
        value={draft.kind}
        onChange={(event) => onChange({ kind: event.currentTarget.value as SoughtKind })}
      >
        {soughtKinds
          .filter((kind) => kind !== 'plate' && kind !== 'service')
          .map((kind) => (
            <option key={kind} value={kind}>
              {soughtName(t, locale, kind)}
            </option>
          ))}
      </select>
      <Typed
        label={t('requests.print.sought')}
        value={draft.sought}
        required
        most={40}
        onChange={(sought) => onChange({ sought })}
      />
    </>
  )
}

const Recognised = ({
  reason,
  onChange,
}: {
  readonly reason: string
  readonly onChange: (reason: string) => void
}) => {
  const { t } = useTranslation()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t('requests.print.reason')}</label>
      <textarea
        id={id}
        required
        minLength={leastReasonLetters}
        maxLength={mostReasonLetters}
        rows={2}
        aria-describedby={`${id}-hint`}
        value={reason}
        onChange={(event) => onChange(event.currentTarget.value.replaceAll('\n', ' '))}
      />
      <p id={`${id}-hint`} className="muted">
        {t('requests.print.reasonHint', { count: leastReasonLetters })}
      </p>
    </>
  )
}

/** By what the person in front of the desk is found, and how they were recognised. */
export const DeskForm = ({
  busy,
  onOpen,
  onSearch,
}: {
  readonly busy: boolean
  readonly onOpen: (input: DeskInput) => void
  readonly onSearch: (search: DeskSearch) => void
}) => {
  const { t } = useTranslation()
  const id = useId()
  const [draft, setDraft] = useState<Draft>({
    way: 'slip',
    code: '',
    tail: '',
    kind: 'resident-id',
    sought: '',
    reason: '',
  })
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const { way, code, tail, kind, sought } = draft
    const reason = draft.reason.trim()
    if (way === 'document') onSearch({ reason, sought: { kind, text: sought.trim() } })
    else onOpen({ reason, by: { code, ...(tail.trim() === '' ? {} : { tail: tail.trim() }) } })
  }
  return (
    <form className="identity-form" onSubmit={submit}>
      <label htmlFor={`${id}-way`}>{t('requests.print.way')}</label>
      <select
        id={`${id}-way`}
        value={draft.way}
        onChange={(event) => change({ way: event.currentTarget.value as Draft['way'] })}
      >
        <option value="slip">{t('requests.print.bySlip')}</option>
        <option value="document">{t('requests.print.byDocument')}</option>
      </select>
      <Found draft={draft} onChange={change} />
      <Recognised reason={draft.reason} onChange={(reason) => change({ reason })} />
      <button type="submit" className="primary-button" disabled={busy}>
        {draft.way === 'slip' ? t('requests.print.open') : t('requests.print.find')}
      </button>
    </form>
  )
}
