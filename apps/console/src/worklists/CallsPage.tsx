import type { CallView, QueuedCall } from '@guankou/contract/worklists/follow-up.ts'
import { type CallOutcome, callOutcomeNames, callOutcomes } from '@guankou/contract/worklists/vocabulary.ts'
import { outcomeKeys } from '@guankou/domain/worklists/scripts.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { newCommandId } from '#src/posts/command-id.ts'
import { CallCard } from '#src/worklists/CallCard.tsx'
import { queueQuery, useNextCall, useRecord, useRelease, useTakeBack } from '#src/worklists/queries.ts'
import './worklists.css'

type Recorded = {
  readonly id: string
  readonly listId: string
  readonly row: number
  readonly outcome: CallOutcome
}

/** The call in hand, and what can be done with it. */
const useCalls = () => {
  const [call, setCall] = useState<CallView>()
  const [last, setLast] = useState<Recorded>()
  const [isEmpty, setEmpty] = useState(false)
  const next = useNextCall()
  const recording = useRecord()
  const releasing = useRelease()
  const takingBack = useTakeBack()
  const open = (which: { listId?: string; row?: number } = {}): void =>
    next.mutate(which, {
      onSuccess: (answer) => {
        setCall(answer.call ?? undefined)
        setEmpty(answer.call === null)
      },
    })
  return {
    call,
    last,
    isEmpty,
    isBusy: next.isPending || recording.isPending || takingBack.isPending,
    failed: [next, recording, releasing, takingBack].find(({ isError }) => isError),
    open,
    record: (outcome: CallOutcome, answers: readonly ('yes' | 'no' | 'unknown')[], callAt?: string) => {
      if (call === undefined) return
      const { listId, row } = call
      const id = newCommandId(Date.now())
      const body = {
        id,
        listId,
        row,
        outcome,
        answers: [...answers],
        ...(callAt === undefined ? {} : { callAt }),
      }
      recording.mutate(body, {
        onSuccess: () => {
          setLast({ id, listId, row, outcome })
          setCall(undefined)
          open()
        },
      })
    },
    release: () => {
      if (call === undefined) return
      releasing.mutate({ listId: call.listId, row: call.row }, { onSuccess: () => setCall(undefined) })
    },
    takeBack: () => {
      if (last === undefined) return
      const { listId, row, id } = last
      const back = () =>
        takingBack.mutate(
          { id: newCommandId(Date.now()), listId, row, takesBack: id },
          {
            onSuccess: () => {
              setLast(undefined)
              open({ listId, row })
            },
          },
        )
      // Whom the clerk has opened meanwhile goes back first.
      if (call === undefined) back()
      else releasing.mutate({ listId: call.listId, row: call.row }, { onSuccess: back })
    },
  }
}

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

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLSelectElement ||
  target instanceof HTMLTextAreaElement

/** People are called one by one: name, phone and what to ask; what came of it; then the next one. */
export const CallsPage = () => {
  const { t } = useTranslation()
  useTitle(t('worklists.calls'))
  const locale = useLocale()
  const failureText = useFailureText()
  const queue = useQuery(queueQuery)
  const calls = useCalls()
  const [answers, setAnswers] = useState<readonly ('yes' | 'no' | 'unknown')[]>([])
  const record = (outcome: CallOutcome, callAt?: string): void => {
    calls.record(outcome, answers, callAt)
    setAnswers([])
  }
  useEffect(() => {
    const press = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): void => {
      if (isTyping(target) || ctrlKey || metaKey || altKey || calls.isBusy) return
      const outcome = callOutcomes.find((each) => outcomeKeys[each] === key)
      if (key === 'Enter' && calls.call === undefined && !(target instanceof HTMLButtonElement)) calls.open()
      if (key === 'u') calls.takeBack()
      if (outcome !== undefined && outcome !== 'call-later' && calls.call !== undefined) record(outcome)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
  return (
    <main className="page worklists" id="content">
      <header className="page-head">
        <h1>{t('worklists.calls')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      {calls.call === undefined ? (
        <Card title={t('worklists.next')} note={t('worklists.nextHint')}>
          {calls.isEmpty ? (
            <EmptyState title={t('worklists.nobody')}>{t('worklists.nobodyText')}</EmptyState>
          ) : null}
          <button
            type="button"
            className="primary-button"
            disabled={calls.isBusy}
            onClick={() => calls.open()}
          >
            {t('worklists.openNext')}
          </button>
        </Card>
      ) : (
        <CallCard
          key={`${calls.call.listId}|${calls.call.row}`}
          call={calls.call}
          answers={answers}
          onAnswers={setAnswers}
          isBusy={calls.isBusy}
          onRecord={record}
          onRelease={calls.release}
        />
      )}
      <p role="status">
        {calls.last === undefined ? null : (
          <>
            {t('worklists.recorded', { outcome: inLocale(callOutcomeNames[calls.last.outcome], locale) })}{' '}
            <button type="button" className="quiet-button" disabled={calls.isBusy} onClick={calls.takeBack}>
              {t('worklists.takeBack')}
            </button>
          </>
        )}
        {calls.failed === undefined ? null : failureText(calls.failed.error).text}
      </p>
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
