import type { QueuedCall } from '@guankou/contract/worklists/follow-up.ts'
import { callOutcomeNames } from '@guankou/contract/worklists/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { CallCard } from '#src/worklists/CallCard.tsx'
import { queueQuery } from '#src/worklists/queries.ts'
import { useCallKeys } from '#src/worklists/use-call-keys.ts'
import { type Calls, useCalls } from '#src/worklists/use-calls.ts'
import './worklists.css'

const Queue = ({
  calls,
  onOpen,
}: {
  readonly calls: readonly QueuedCall[]
  readonly onOpen: (call: QueuedCall) => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  if (calls.length === 0) return <p>{t('worklists.noCallBacks')}</p>
  return (
    <ul className="call-queue">
      {calls.map((call) => (
        <li key={`${call.listId}|${call.row}`}>
          <button type="button" className="quiet-button" onClick={() => onOpen(call)}>
            {formatInstant(call.nextAt, timeZone).slice(5, 16)} · {call.title} · {call.row}
            {call.outcome === null ? '' : ` · ${inLocale(callOutcomeNames[call.outcome], locale)}`}
          </button>
        </li>
      ))}
    </ul>
  )
}

const Next = ({ calls }: { readonly calls: Calls }) => {
  const { t } = useTranslation()
  return (
    <Card title={t('worklists.next')} note={t('worklists.nextHint')}>
      {calls.isEmpty ? (
        <EmptyState title={t('worklists.nobody')}>{t('worklists.nobodyText')}</EmptyState>
      ) : null}
      <button type="button" className="primary-button" disabled={calls.isBusy} onClick={() => calls.open()}>
        {t('worklists.openNext')}
      </button>
    </Card>
  )
}

/** What was recorded last, with the way back, or what went wrong. */
const LastOutcome = ({ calls }: { readonly calls: Calls }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const { last, failed, isBusy, takeBack } = calls
  return (
    <p role="status">
      {last === undefined ? null : (
        <>
          {t('worklists.recorded', { outcome: inLocale(callOutcomeNames[last.outcome], locale) })}{' '}
          <button type="button" className="quiet-button" disabled={isBusy} onClick={takeBack}>
            {t('worklists.takeBack')}
          </button>
        </>
      )}
      {failed === undefined ? null : failureText(failed.error).text}
    </p>
  )
}

/** People are called one by one: name, phone and what to ask; what came of it; then the next one. */
export const CallsPage = () => {
  const { t } = useTranslation()
  useTitle(t('worklists.calls'))
  const queue = useQuery(queueQuery)
  const locale = useLocale()
  const calls = useCalls(queue.data?.last ?? undefined)
  const [spoken, setSpoken] = useState(locale)
  const laterField = useRef<HTMLInputElement>(null)
  const onLanguage = (): void => setSpoken(spoken === 'zh' ? 'en' : 'zh')
  useCallKeys(calls, { onLater: () => laterField.current?.focus(), onLanguage })
  const { call } = calls
  return (
    <main className="page worklists" id="content">
      <header className="page-head">
        <h1>{t('worklists.calls')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      {call === undefined ? (
        <Next calls={calls} />
      ) : (
        <CallCard
          key={`${call.listId}|${call.row}`}
          call={call}
          answers={calls.answers}
          onAnswers={calls.setAnswers}
          spoken={spoken}
          onLanguage={onLanguage}
          laterField={laterField}
          isBusy={calls.isBusy || !calls.isSettled}
          onRecord={calls.record}
          onRelease={() => calls.release()}
        />
      )}
      <LastOutcome calls={calls} />
      <Query query={queue}>
        {(value) => (
          <Card
            title={t('worklists.callBacks')}
            note={t('worklists.queueNote', { ready: value.ready, today: value.callsToday })}
          >
            <Queue calls={value.calls} onOpen={({ listId, row }) => calls.open({ listId, row })} />
          </Card>
        )}
      </Query>
    </main>
  )
}
