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

type CallAnswer = 'yes' | 'no' | 'unknown'
type Calls = ReturnType<typeof useCalls>

type Recorded = {
  readonly id: string
  readonly listId: string
  readonly row: number
  readonly outcome: CallOutcome
}

/** The call in hand: opened, recorded, given back. */
const useCallInHand = () => {
  const [call, setCall] = useState<CallView>()
  const [last, setLast] = useState<Recorded>()
  const [isEmpty, setEmpty] = useState(false)
  const next = useNextCall()
  const recording = useRecord()
  const releasing = useRelease()
  const open = (which: { listId?: string; row?: number } = {}): void =>
    next.mutate(which, {
      onSuccess: (answer) => {
        setCall(answer.call ?? undefined)
        setEmpty(answer.call === null)
      },
    })
  const record = (outcome: CallOutcome, answers: readonly CallAnswer[], callAt?: string): void => {
    if (call === undefined) return
    const { listId, row } = call
    const id = newCommandId(Date.now())
    const agreed = callAt === undefined ? {} : { callAt }
    recording.mutate(
      { id, listId, row, outcome, answers: [...answers], ...agreed },
      {
        onSuccess: () => {
          setLast({ id, listId, row, outcome })
          setCall(undefined)
          open()
        },
      },
    )
  }
  const release = (then = () => setCall(undefined)): void => {
    if (call === undefined) then()
    else releasing.mutate({ listId: call.listId, row: call.row }, { onSuccess: then })
  }
  const acts = [next, recording, releasing] as const
  return { call, last, setLast, isEmpty, acts, open, record, release }
}

/** The same, with the last outcome taken back; whom the clerk has opened meanwhile goes back first. */
const useCalls = () => {
  const { setLast, acts, ...inHand } = useCallInHand()
  const takingBack = useTakeBack()
  const takeBack = (): void => {
    const { last, release, open } = inHand
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
    release(back)
  }
  const all = [...acts, takingBack]
  return {
    ...inHand,
    takeBack,
    isBusy: all.some(({ isPending }) => isPending),
    failed: all.find(({ isError }) => isError),
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

/** One key for each outcome, Enter for the next person, u to take the last outcome back. */
const useCallKeys = (calls: Calls, record: (outcome: CallOutcome) => void): void => {
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
  const calls = useCalls()
  const [answers, setAnswers] = useState<readonly CallAnswer[]>([])
  const record = (outcome: CallOutcome, callAt?: string): void => {
    calls.record(outcome, answers, callAt)
    setAnswers([])
  }
  useCallKeys(calls, record)
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
          answers={answers}
          onAnswers={setAnswers}
          isBusy={calls.isBusy}
          onRecord={record}
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
