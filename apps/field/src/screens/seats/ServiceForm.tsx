import { usualSeatsPerRowOf } from '@guankou/domain/handovers/near-seats.ts'
import { canDepartOn, looksLikeService, normaliseServiceNumber } from '@guankou/domain/screening/service.ts'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'

type Props = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly workplace: Workplace
}

type Form = {
  readonly number: string
  readonly departsOn: string
  readonly carriage: string
  readonly seatsPerRow: string
}

const rowChoices = [2, 3, 4, 5, 6, 7, 8, 9, 10]

const begun = ({ service, seatsPerRow, kind }: Draft, day: string): Form => ({
  number: service?.number ?? '',
  departsOn: service?.departsOn ?? day,
  carriage: service?.carriage ?? '',
  seatsPerRow: String(seatsPerRow ?? usualSeatsPerRowOf(kind) ?? ''),
})

/** What was entered, as it is kept; nothing while it cannot be. */
const readForm = ({ number, departsOn, carriage, seatsPerRow }: Form, day: string) => {
  const normal = normaliseServiceNumber(number).toWellFormed()
  const place = carriage.normalize('NFKC').toUpperCase().trim()
  if (!canDepartOn(departsOn, day) || !/^[0-9A-Z]{0,3}$/.test(place)) return undefined
  return {
    service:
      normal === '' ? undefined : { number: normal, departsOn, ...(place === '' ? {} : { carriage: place }) },
    seatsPerRow: seatsPerRow === '' ? undefined : Number(seatsPerRow),
  }
}

type FieldsProps = {
  readonly form: Form
  readonly change: (part: Partial<Form>) => void
  readonly draft: Draft
  readonly day: string
}

const RunFields = ({ form, change, draft, day }: FieldsProps) => {
  const { t } = useTranslation()
  const { kind } = draft
  const isDoubtful = form.number.trim() !== '' && !looksLikeService(kind, form.number)
  const isDay = canDepartOn(form.departsOn, day)
  return (
    <>
      <label className="field">
        <span>{t(`seats.numberOf.${kind === 'train' || kind === 'ferry' ? kind : 'flight'}`)}</span>
        <input
          value={form.number}
          maxLength={20}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-describedby="service-number-hint"
          onChange={(event) => change({ number: event.target.value.toUpperCase() })}
        />
      </label>
      <p id="service-number-hint" className={isDoubtful ? 'hint-line' : 'quiet hint'} role="status">
        {isDoubtful ? t('seats.numberDoubtful') : t('seats.numberHint')}
      </p>
      <label className="field">
        <span>{t('seats.departsOn')}</span>
        <input
          type="date"
          value={form.departsOn}
          aria-invalid={!isDay}
          aria-describedby="service-day-hint"
          onChange={(event) => change({ departsOn: event.target.value })}
        />
      </label>
      <p id="service-day-hint" className="hint-line" role="status">
        {isDay ? '' : t('seats.dayWrong')}
      </p>
    </>
  )
}

const PlaceFields = ({ form, change, draft }: FieldsProps) => {
  const { t } = useTranslation()
  return (
    <div className="service-row">
      {draft.kind === 'flight' ? null : (
        <label className="field">
          <span>{t(draft.kind === 'ferry' ? 'seats.cabin' : 'seats.carriage')}</span>
          <input
            value={form.carriage}
            maxLength={3}
            autoComplete="off"
            autoCapitalize="characters"
            onChange={(event) => change({ carriage: event.target.value.toUpperCase() })}
          />
        </label>
      )}
      <label className="field">
        <span>{t('handovers.seatsPerRow')}</span>
        <select value={form.seatsPerRow} onChange={(event) => change({ seatsPerRow: event.target.value })}>
          <option value="">{t('seats.noRows')}</option>
          {rowChoices.map((n) => (
            <option key={n} value={n}>
              {n}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

/** Which train, ferry or flight: its number and day, and how people sit in it. */
export const ServiceForm = ({ draft, act, workplace }: Props) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { day } = workplace.rules
  const [form, setForm] = useState(() => begun(draft, day))
  const read = readForm(form, day)
  const parts = {
    form,
    change: (part: Partial<Form>) => setForm({ ...form, ...part }),
    draft,
    day,
  }
  const take = (next: 'seats' | 'count'): void => {
    if (read !== undefined) act({ do: 'service', ...read, next })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    take('seats')
  }
  return (
    <form className="person service-form" aria-label={t('seats.serviceTitle')} onSubmit={submit}>
      <RunFields {...parts} />
      <PlaceFields {...parts} />
      <button type="submit" className="button button-main" disabled={read === undefined}>
        {form.number.trim() === '' ? t('seats.goUnknown') : t('seats.go')}
      </button>
      <button
        type="button"
        className="button"
        disabled={read === undefined}
        onClick={() => {
          take('count')
          void navigate({ to: '/manifest' })
        }}
      >
        {t('seats.list')}
      </button>
      <div className="button-row">
        <button type="button" className="button" disabled={read === undefined} onClick={() => take('count')}>
          {t('seats.onlyCount')}
        </button>
        <button type="button" className="button" onClick={() => act({ do: 'panel', panel: 'kind' })}>
          {t('seats.otherKind')}
        </button>
      </div>
    </form>
  )
}
