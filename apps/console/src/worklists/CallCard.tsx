import type { CallView } from '@guankou/contract/worklists/follow-up.ts'
import {
  type CallOutcome,
  callOutcomeNames,
  callOutcomes,
  worklistKindNames,
} from '@guankou/contract/worklists/vocabulary.ts'
import { callScripts, outcomeKeys } from '@guankou/domain/worklists/scripts.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import { type RefObject, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { instantOf, localText } from '#src/layout/local-instant.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import type { CallAnswer, CallAnswers } from '#src/worklists/use-calls.ts'

/** After so long somebody is called again where no time was said. */
const usualCallBackMs = 3_600_000

const answerKeys = { yes: 'worklists.yes', no: 'worklists.no', unknown: 'worklists.unknown' } as const

type Props = {
  readonly call: CallView
  readonly answers: CallAnswers
  readonly onAnswers: (answers: CallAnswers) => void
  /** The language of the script: that of whoever is called, not of the page. */
  readonly spoken: Locale
  readonly onLanguage: () => void
  readonly laterField: RefObject<HTMLInputElement | null>
  readonly isBusy: boolean
  readonly onRecord: (outcome: CallOutcome, callAt?: string) => void
  readonly onRelease: () => void
}

type ScriptProps = Pick<Props, 'call' | 'answers' | 'onAnswers' | 'spoken' | 'onLanguage'>

const Script = ({ call, answers, onAnswers, spoken: locale, onLanguage }: ScriptProps) => {
  const { t } = useTranslation()
  const id = useId()
  const script = callScripts[call.kind]
  const answer = (at: number, said: CallAnswer): void =>
    onAnswers(script.questions.map((_, other) => (other === at ? said : answers[other])))
  const asked = script.questions.findIndex((_, at) => answers[at] === undefined)
  return (
    <div className="call-script" lang={locale === 'zh' ? 'zh-CN' : 'en'}>
      <button type="button" className="quiet-button" aria-keyshortcuts="e" onClick={onLanguage}>
        <kbd>e</kbd> {locale === 'zh' ? 'Read in English' : '用中文念'}
      </button>
      <p>{inLocale(script.greeting, locale)}</p>
      <ol>
        {script.questions.map((question, at) => (
          <li key={question.en} className={at === asked ? 'call-asked' : undefined}>
            <fieldset>
              <legend>{inLocale(question, locale)}</legend>
              {(['yes', 'no', 'unknown'] as const).map((said) => (
                <label key={said}>
                  <input
                    type="radio"
                    name={`${id}-${at}`}
                    checked={answers[at] === said}
                    onChange={() => answer(at, said)}
                  />{' '}
                  {t(answerKeys[said])}
                </label>
              ))}
            </fieldset>
          </li>
        ))}
      </ol>
      <p>{inLocale(script.end, locale)}</p>
    </div>
  )
}

const Known = ({ known }: { readonly known: CallView['known'] }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (known.screenings === 0 && known.rows === 0 && !known.quarantined) return null
  return (
    <p className="call-known">
      {known.quarantined ? <strong>{t('worklists.knownQuarantined')} </strong> : null}
      {known.screenings === 0
        ? null
        : t('worklists.knownScreened', { count: known.screenings, day: known.lastScreenedOn ?? '—' })}{' '}
      {known.rows === 0 ? null : t('worklists.knownRows', { count: known.rows })}
      {known.outcome === null ? null : ` ${inLocale(callOutcomeNames[known.outcome], locale)}`}
    </p>
  )
}

type OutcomesProps = Pick<Props, 'isBusy' | 'onRecord' | 'laterField'>

/** When to call again: in an hour where nothing else was said. */
const CallLater = ({ isBusy, onRecord, laterField }: OutcomesProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const id = useId()
  const [at, setAt] = useState('')
  const callAt = instantOf(at, timeZone)
  const record = (): void => {
    if (callAt !== undefined && !isBusy) onRecord('call-later', callAt)
  }
  return (
    <span className="call-later">
      <label htmlFor={id}>
        <kbd>{outcomeKeys['call-later']}</kbd> {t('worklists.callAt')}
      </label>
      <input
        id={id}
        ref={laterField}
        type="datetime-local"
        aria-keyshortcuts={outcomeKeys['call-later']}
        value={at}
        onFocus={() => {
          if (at === '') setAt(localText(Date.now() + usualCallBackMs, timeZone))
        }}
        onChange={({ currentTarget }) => setAt(currentTarget.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') record()
          if (key === 'Escape') currentTarget.blur()
        }}
      />
      <button
        type="button"
        className="quiet-button"
        disabled={isBusy || callAt === undefined}
        onClick={record}
      >
        {inLocale(callOutcomeNames['call-later'], locale)}
      </button>
    </span>
  )
}

const Outcomes = ({ isBusy, onRecord, laterField }: OutcomesProps) => {
  const locale = useLocale()
  return (
    <div className="call-outcomes">
      {callOutcomes
        .filter((outcome) => outcome !== 'call-later')
        .map((outcome) => (
          <button
            key={outcome}
            type="button"
            className="quiet-button"
            disabled={isBusy}
            aria-keyshortcuts={outcomeKeys[outcome]}
            onClick={() => onRecord(outcome)}
          >
            <kbd>{outcomeKeys[outcome]}</kbd> {inLocale(callOutcomeNames[outcome], locale)}
          </button>
        ))}
      <CallLater isBusy={isBusy} onRecord={onRecord} laterField={laterField} />
    </div>
  )
}

/** The person to be called, as far as the call needs it. */
export const CallCard = ({ call, isBusy, onRecord, onRelease, laterField, ...script }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  return (
    <Card
      title={`${inLocale(worklistKindNames[call.kind], locale)} · ${call.title} · ${call.row}`}
      controls={
        <button type="button" className="quiet-button" disabled={isBusy} onClick={onRelease}>
          {t('worklists.release')}
        </button>
      }
    >
      <p className="call-person">
        <strong>{call.name ?? t('worklists.noName')}</strong> <a href={`tel:${call.phone}`}>{call.phone}</a>
        <span> {t('worklists.attempt', { attempt: call.attempts + 1 })}</span>
        {call.last === null ? null : <span> · {inLocale(callOutcomeNames[call.last.outcome], locale)}</span>}
      </p>
      {call.dueAt === null ? null : (
        <p>
          {t('worklists.due')} {formatInstant(call.dueAt, timeZone).slice(0, 16)}
        </p>
      )}
      <Known known={call.known} />
      <Script call={call} {...script} />
      <Outcomes isBusy={isBusy} onRecord={onRecord} laterField={laterField} />
    </Card>
  )
}
