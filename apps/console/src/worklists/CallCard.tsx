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
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

type Answer = 'yes' | 'no' | 'unknown'
const answerKeys = { yes: 'worklists.yes', no: 'worklists.no', unknown: 'worklists.unknown' } as const

type Props = {
  readonly call: CallView
  readonly answers: readonly Answer[]
  readonly onAnswers: (answers: readonly Answer[]) => void
  readonly isBusy: boolean
  readonly onRecord: (outcome: CallOutcome, callAt?: string) => void
  readonly onRelease: () => void
}

const Script = ({ call, answers, onAnswers }: Pick<Props, 'call' | 'answers' | 'onAnswers'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const script = callScripts[call.kind]
  const answer = (at: number, said: Answer): void =>
    onAnswers(script.questions.map((_, other) => (other === at ? said : (answers[other] ?? 'unknown'))))
  return (
    <div className="call-script">
      <p>{inLocale(script.greeting, locale)}</p>
      <ol>
        {script.questions.map((question, at) => (
          <li key={question.en}>
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
  if (known.screenings === 0 && known.rows === 0) return null
  return (
    <p className="call-known">
      {known.screenings === 0
        ? null
        : t('worklists.knownScreened', { count: known.screenings, day: known.lastScreenedOn ?? '—' })}{' '}
      {known.rows === 0 ? null : t('worklists.knownRows', { count: known.rows })}
      {known.outcome === null ? null : ` ${inLocale(callOutcomeNames[known.outcome], locale)}`}
    </p>
  )
}

const Outcomes = ({ isBusy, onRecord }: Pick<Props, 'isBusy' | 'onRecord'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const [at, setAt] = useState('')
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
      <span className="call-later">
        <label htmlFor={id}>{t('worklists.callAt')}</label>
        <input
          id={id}
          type="datetime-local"
          value={at}
          onChange={({ currentTarget }) => setAt(currentTarget.value)}
        />
        <button
          type="button"
          className="quiet-button"
          disabled={isBusy || at === ''}
          onClick={() => onRecord('call-later', new Date(at).toISOString())}
        >
          {inLocale(callOutcomeNames['call-later'], locale)}
        </button>
      </span>
    </div>
  )
}

/** The person to be called, as far as the call needs it. */
export const CallCard = ({ call, answers, onAnswers, isBusy, onRecord, onRelease }: Props) => {
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
      <Script call={call} answers={answers} onAnswers={onAnswers} />
      <Outcomes isBusy={isBusy} onRecord={onRecord} />
    </Card>
  )
}
