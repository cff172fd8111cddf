import {
  type CorrectionGround,
  correctionGroundNames,
  correctionGrounds,
} from '@guankou/contract/screening/corrections.ts'
import type { DecisionView, TravellerDecision } from '@guankou/contract/screening/decisions.ts'
import type { CorrectedFindings } from '@guankou/contract/screening/finding-corrections.ts'
import type { Exposure, TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { readCelsius, underMark } from '#src/paper/draft.ts'
import { placeName, readPlace, readStays, stayParts } from '#src/paper/read-places.ts'
import { useCorrectFindings } from '#src/screening/queries.ts'

type Props = { readonly decision: DecisionView; readonly traveller: TravellerDecision }

type Draft = {
  readonly origin: string
  readonly readings: readonly string[]
  readonly symptoms: readonly string[]
  readonly stays: string
  readonly contact: boolean
  readonly ground: CorrectionGround | ''
  readonly words: string
}

const textOf = ({ temperatureCelsius }: TemperatureReading): string =>
  temperatureCelsius === undefined ? underMark : temperatureCelsius.toFixed(1)

/** The reading as it should have been, at the time and by the method it was taken. */
const corrected = (reading: TemperatureReading, text: string): TemperatureReading | undefined => {
  const { temperatureCelsius: _, underThreshold: __, ...how } = reading
  if (text.trim() === underMark) return { ...how, underThreshold: true }
  const temperatureCelsius = readCelsius(text)
  return temperatureCelsius === undefined ? undefined : { ...how, temperatureCelsius }
}

type Stay = Pick<Exposure, 'areaCode' | 'leftOn'>
const stayText = ({ areaCode, leftOn }: Stay, locale: Locale): string =>
  `${placeName(areaCode, locale)} ${leftOn}`

/** Stays as they were typed; those that were left as they stood keep what they rest on. */
const readTyped = (text: string, before: readonly Exposure[], day: string): Exposure[] | undefined => {
  const standing = new Map(
    before.flatMap((stay) =>
      (['zh', 'en'] as const).map((locale) => [stayText(stay, locale), stay] as const),
    ),
  )
  const stays = stayParts(text).map((part) => {
    const stood = standing.get(part)
    if (stood !== undefined) return stood
    const [read] = readStays(part, day) ?? []
    return read === undefined ? undefined : { ...read, evidence: 'declared' as const }
  })
  return stays.every((stay) => stay !== undefined) ? stays : undefined
}

/** What was found as it is known now: as recorded, or as last corrected. */
const present = ({ corrected: now, recorded }: TravellerDecision): CorrectedFindings =>
  now?.findings ?? recorded

/** Only what was changed in the form; `undefined` where something cannot be read. */
const changesOf = (found: CorrectedFindings, draft: Draft, day: string): CorrectedFindings | undefined => {
  const readings = (found.readings ?? []).map((reading, at) => corrected(reading, draft.readings[at] ?? ''))
  const code = readPlace(draft.origin)
  const stays = readTyped(draft.stays, found.exposures ?? [], day)
  if (code === undefined || stays === undefined || readings.some((reading) => reading === undefined))
    return undefined
  const isOther = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other)
  return {
    ...(code === found.origin?.code
      ? {}
      : { origin: { code, evidence: found.origin?.evidence ?? 'declared' } }),
    ...((found.readings ?? []).every((reading, at) => textOf(reading) === draft.readings[at]?.trim())
      ? {}
      : { readings: readings as TemperatureReading[] }),
    ...(isOther([...draft.symptoms].sort(), [...(found.symptoms ?? [])].sort())
      ? { symptoms: [...draft.symptoms] }
      : {}),
    ...(isOther(stays, found.exposures ?? []) ? { exposures: stays } : {}),
    ...(draft.contact === found.contactWithCase ? {} : { contactWithCase: draft.contact }),
  }
}

type FieldsProps = Props & { readonly draft: Draft; readonly onChange: (part: Partial<Draft>) => void }

const Symptoms = ({ decision, draft, onChange }: Omit<FieldsProps, 'traveller'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <fieldset>
      <legend>{t('decisions.symptoms')}</legend>
      <div className="identity-checks">
        {(decision.rules?.symptoms ?? []).map(({ code: symptom, name }) => (
          <label key={symptom}>
            <input
              type="checkbox"
              checked={draft.symptoms.includes(symptom)}
              onChange={({ currentTarget: { checked } }) =>
                onChange({
                  symptoms: checked
                    ? [...draft.symptoms, symptom]
                    : draft.symptoms.filter((each) => each !== symptom),
                })
              }
            />{' '}
            {inLocale(name, locale)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const Readings = ({ draft, onChange }: Pick<FieldsProps, 'draft' | 'onChange'>) => {
  const { t } = useTranslation()
  const id = useId()
  return draft.readings.map((text, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: readings have their place and nothing else
    <span key={at} className="decision-reading">
      <label htmlFor={`${id}-reading-${at}`}>{t('decisions.reading', { number: at + 1 })}</label>
      <input
        id={`${id}-reading-${at}`}
        type="text"
        inputMode="decimal"
        required
        value={text}
        onChange={({ currentTarget }) =>
          onChange({ readings: draft.readings.map((each, n) => (n === at ? currentTarget.value : each)) })
        }
      />
    </span>
  ))
}

const Stays = ({ decision, traveller, draft, onChange }: FieldsProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const read = readTyped(draft.stays, present(traveller).exposures ?? [], decision.day)
  return (
    <>
      <label htmlFor={`${id}-stays`}>{t('decisions.staysTyped')}</label>
      <input
        id={`${id}-stays`}
        type="text"
        autoComplete="off"
        aria-describedby={`${id}-read`}
        value={draft.stays}
        onChange={(event) => onChange({ stays: event.currentTarget.value })}
      />
      <p id={`${id}-read`} className="muted" role="status">
        {read === undefined
          ? t('decisions.staysUnread')
          : read.length === 0
            ? t('decisions.staysHint')
            : `→ ${read.map((stay) => stayText(stay, locale)).join(locale === 'zh' ? '；' : '; ')}`}
      </p>
    </>
  )
}

const Findings = ({ decision, traveller, draft, onChange }: FieldsProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const code = readPlace(draft.origin)
  return (
    <>
      <label htmlFor={`${id}-origin`}>{t('decisions.origin')}</label>
      <input
        id={`${id}-origin`}
        type="text"
        required
        autoComplete="off"
        aria-describedby={`${id}-place`}
        value={draft.origin}
        onChange={(event) => onChange({ origin: event.currentTarget.value })}
      />
      <p id={`${id}-place`} className="muted">
        {code === undefined ? t('paper.unread.place') : `→ ${placeName(code, locale)} ${code}`}
      </p>
      <Readings draft={draft} onChange={onChange} />
      <Symptoms decision={decision} draft={draft} onChange={onChange} />
      <Stays {...{ decision, traveller, draft, onChange }} />
      <label>
        <input
          type="checkbox"
          checked={draft.contact}
          onChange={(event) => onChange({ contact: event.currentTarget.checked })}
        />{' '}
        {t('decisions.contact')}
      </label>
    </>
  )
}

const Why = ({ draft, onChange }: Pick<FieldsProps, 'draft' | 'onChange'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  return (
    <>
      <label htmlFor={`${id}-ground`}>{t('decisions.correctGround')}</label>
      <select
        id={`${id}-ground`}
        required
        value={draft.ground}
        onChange={(event) => onChange({ ground: event.currentTarget.value as CorrectionGround | '' })}
      >
        <option value="" />
        {correctionGrounds.map((each) => (
          <option key={each} value={each}>
            {inLocale(correctionGroundNames[each], locale)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-words`}>{t('decisions.words')}</label>
      <input
        id={`${id}-words`}
        type="text"
        minLength={2}
        maxLength={300}
        autoComplete="off"
        value={draft.words}
        onChange={(event) => onChange({ words: event.currentTarget.value })}
      />
    </>
  )
}

/** Puts right what was found of one person. What was decided stays; that is said, and what the rules would say is shown. */
export const CorrectFindings = ({ decision, traveller }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const correct = useCorrectFindings()
  const found = present(traveller)
  const [draft, setDraft] = useState<Draft>(() => ({
    origin: found.origin === undefined ? '' : placeName(found.origin.code, locale),
    readings: (found.readings ?? []).map(textOf),
    symptoms: found.symptoms ?? [],
    stays: (found.exposures ?? []).map((stay) => stayText(stay, locale)).join('; '),
    contact: found.contactWithCase ?? false,
    ground: '',
    words: '',
  }))
  const findings = changesOf(found, draft, decision.day)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const { ground, words } = draft
    if (ground === '' || findings === undefined) return
    const { screeningId } = decision
    const about = { screeningId, seat: traveller.seat, findings, ground }
    correct.mutate({ ...about, ...(words.trim() === '' ? {} : { words: words.trim() }) })
  }
  return (
    <form
      className="identity-form"
      aria-label={t('decisions.correctSeat', { seat: traveller.seat })}
      onSubmit={submit}
    >
      <Findings {...{ decision, traveller, draft }} onChange={(part) => setDraft({ ...draft, ...part })} />
      <Why draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
      <p className="muted">{t('decisions.correctStays')}</p>
      <button type="submit" className="quiet-button" disabled={correct.isPending || findings === undefined}>
        {t('decisions.correctSubmit')}
      </button>
      <p role="status">
        {correct.isSuccess ? t('decisions.correctDone') : null}
        {correct.isError ? failureText(correct.error).text : null}
      </p>
    </form>
  )
}
