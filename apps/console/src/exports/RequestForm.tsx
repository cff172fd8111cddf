import {
  type ExportColumn,
  type ExportPurpose,
  exportColumnNames,
  exportPurposeNames,
  exportPurposes,
  exportRules,
} from '@guankou/contract/exports/columns.ts'
import { leastReasonLetters, mostReasonLetters } from '@guankou/contract/identity/purposes.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import { type Disposition, dispositionNames, dispositions } from '@guankou/contract/screening/dispositions.ts'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { civilDateOf } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { type ExportRequest, useRequest } from '#src/exports/queries.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useRefusalText } from '#src/look-up/use-look-up.ts'

type Draft = {
  readonly purpose: ExportPurpose | ''
  readonly reason: string
  readonly organisation: string
  readonly columns: readonly ExportColumn[]
  readonly fromDay: string
  readonly toDay: string
  readonly post: string
  readonly dispositions: readonly Disposition[]
}

type PartProps = { readonly draft: Draft; readonly onChange: (part: Partial<Draft>) => void }

const toggled = <T,>(values: readonly T[], value: T): readonly T[] =>
  values.includes(value) ? values.filter((one) => one !== value) : [...values, value]

const Checks = <T extends string>(props: {
  readonly legend: string
  readonly hint: string
  readonly all: readonly T[]
  readonly names: Readonly<Record<T, Bilingual>>
  readonly chosen: readonly T[]
  readonly onToggle: (value: T) => void
}) => {
  const locale = useLocale()
  return (
    <fieldset>
      <legend>
        {props.legend} <span className="muted">{props.hint}</span>
      </legend>
      <div className="identity-checks">
        {props.all.map((value) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={props.chosen.includes(value)}
              onChange={() => props.onToggle(value)}
            />
            {inLocale(props.names[value], locale)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const Why = ({ draft, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const id = useId()
  const open = exportPurposes.filter((purpose) => exportRules[purpose].requesters.includes(role))
  const choose = (purpose: ExportPurpose | ''): void => onChange({ purpose, columns: [] })
  return (
    <>
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

const Which = ({ draft, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const posts = useQuery(placesQuery).data?.posts ?? []
  const day = (key: 'fromDay' | 'toDay', label: string) => (
    <div>
      <label htmlFor={`${id}-${key}`}>{label}</label>
      <input
        id={`${id}-${key}`}
        type="date"
        required
        value={draft[key]}
        onChange={(event) => onChange({ [key]: event.currentTarget.value })}
      />
    </div>
  )
  return (
    <>
      <div className="identity-pair">
        {day('fromDay', t('exports.fromDay'))}
        {day('toDay', t('exports.toDay'))}
      </div>
      <label htmlFor={`${id}-post`}>{t('exports.posts')}</label>
      <select
        id={`${id}-post`}
        value={draft.post}
        onChange={(event) => onChange({ post: event.currentTarget.value })}
      >
        <option value="">{t('exports.allPosts')}</option>
        {posts.map((post) => (
          <option key={post.id} value={post.id}>
            {inLocale(post.name, locale)}
          </option>
        ))}
      </select>
      <Checks
        legend={t('exports.dispositions')}
        hint={t('exports.allDispositions')}
        all={dispositions}
        names={dispositionNames}
        chosen={draft.dispositions}
        onToggle={(value) => onChange({ dispositions: toggled(draft.dispositions, value) })}
      />
    </>
  )
}

const Columns = ({ draft, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (draft.purpose === '') return null
  const { columns, mostRows, validDays } = exportRules[draft.purpose]
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

const emptyDraft = (today: string): Draft => ({
  purpose: '',
  reason: '',
  organisation: '',
  columns: [],
  fromDay: today,
  toDay: today,
  post: '',
  dispositions: [],
})

/** What is sent of a draft; nothing before a purpose was chosen. */
const requestOf = ({ purpose, post, ...draft }: Draft, language: Locale): ExportRequest | undefined =>
  purpose === ''
    ? undefined
    : {
        ...draft,
        purpose,
        reason: draft.reason.trim(),
        organisation: draft.organisation.trim(),
        columns: [...draft.columns],
        dispositions: [...draft.dispositions],
        postIds: post === '' ? [] : [Number(post)],
        language,
      }

/** Asks for a list: purpose, reason, and the smallest set of columns, days, posts and dispositions. */
export const RequestForm = () => {
  const { t } = useTranslation()
  const locale = useLocale()
  const today = civilDateOf(Date.now(), useTimeZone())
  const refusalText = useRefusalText()
  const request = useRequest()
  const [draft, setDraft] = useState<Draft>(emptyDraft(today))
  const part = { draft, onChange: (change: Partial<Draft>) => setDraft({ ...draft, ...change }) }
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
        <Which {...part} />
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
