import type { PairingFact, PairingView } from '@guankou/contract/pairing/endpoints.ts'
import { subjectKindNames } from '@guankou/contract/pairing/vocabulary.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { QuestionCard } from '#src/pairing/QuestionCard.tsx'
import { minePairingsQuery, pairingQuery, useEnd, useFollowPairing, useJoin } from '#src/pairing/queries.ts'
import '#src/look-up/look-up.css'
import './pairing.css'

const CodeForm = ({ join }: { readonly join: ReturnType<typeof useJoin> }) => {
  const { t } = useTranslation()
  const id = useId()
  const [code, setCode] = useState('')
  return (
    <form
      className="pairing-join"
      onSubmit={(event) => {
        event.preventDefault()
        join.mutate({ code })
      }}
    >
      <label htmlFor={id}>{t('pairing.code')}</label>
      <input
        id={id}
        value={code}
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        onChange={({ currentTarget }) => setCode(currentTarget.value.replace(/\D/g, ''))}
      />
      <button type="submit" className="primary-button" disabled={code.length !== 6 || join.isPending}>
        {t('pairing.joinByCode')}
      </button>
    </form>
  )
}

/** By the code that is told on the phone, or an invitation by name. */
const JoinCard = ({
  waiting,
  last,
}: {
  readonly waiting: readonly PairingView[]
  /** With whom the last one was, since the page was opened. */
  readonly last: Bilingual | undefined
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const join = useJoin()
  return (
    <Card title={t('pairing.join')} note={t('pairing.joinHint')}>
      {last === undefined ? null : (
        <p role="status">{t('pairing.endedWith', { name: inLocale(last, locale) })}</p>
      )}
      <CodeForm join={join} />
      {waiting.length === 0 ? <p>{t('pairing.nobody')}</p> : null}
      {waiting.map(({ pairingId, field }) => (
        <p key={pairingId}>
          {t('pairing.invited', { name: inLocale(field, locale) })}{' '}
          <button
            type="button"
            className="primary-button"
            disabled={join.isPending}
            onClick={() => join.mutate({ pairingId })}
          >
            {t('pairing.accept')}
          </button>
        </p>
      ))}
      {join.isError ? <p role="alert">{failureText(join.error).text}</p> : null}
    </Card>
  )
}

const SubjectCard = ({ fact }: { readonly fact: PairingFact | undefined }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const said = fact?.subject
  return (
    <Card title={t('pairing.subject')}>
      {said === undefined ? (
        <p>{fact?.destroyed === true ? t('pairing.destroyed') : t('pairing.noSubject')}</p>
      ) : (
        <p className="pairing-subject" role="status">
          {inLocale(subjectKindNames[said.kind], locale)} <strong>{said.text}</strong>
        </p>
      )}
    </Card>
  )
}

/** Whom the field has before it, and what it asks, the newest first. */
const Conversation = ({ pairing }: { readonly pairing: PairingView }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const end = useEnd()
  const read = useQuery(pairingQuery(pairing.pairingId))
  return (
    <Query query={read}>
      {({ facts, pairing: now }) => {
        const questions = facts.filter(({ kind }) => kind === 'question').toReversed()
        return (
          <>
            <Card
              title={t('pairing.with', { name: inLocale(now.field, locale) })}
              controls={
                <button
                  type="button"
                  className="quiet-button"
                  disabled={end.isPending || now.state === 'ended'}
                  onClick={() => end.mutate(now.pairingId)}
                >
                  {t('pairing.end')}
                </button>
              }
            >
              {now.state === 'ended' ? <p role="status">{t('pairing.ended')}</p> : null}
            </Card>
            <SubjectCard fact={facts.findLast(({ kind }) => kind === 'subject')} />
            <h2>{t('pairing.questions')}</h2>
            {questions.length === 0 ? (
              <EmptyState title={t('pairing.noQuestions')}>{t('pairing.noQuestionsText')}</EmptyState>
            ) : null}
            {questions.map((question) => (
              <QuestionCard
                key={question.id}
                pairingId={now.pairingId}
                question={question}
                answers={facts.filter(({ kind, to }) => kind === 'answer' && to === question.id)}
                isOver={now.state === 'ended'}
              />
            ))}
          </>
        )
      }}
    </Query>
  )
}

/** The desk’s end of a pairing. */
export const PairingPage = () => {
  const { t } = useTranslation()
  useTitle(t('pairing.title'))
  useFollowPairing()
  const mine = useQuery(minePairingsQuery)
  const [last, setLast] = useState<Bilingual>()
  const field = mine.data?.current?.field
  // It is gone from the answer once it has ended, and whoever is at the desk may be in the middle of a word.
  useEffect(() => {
    if (field !== undefined) setLast(field)
  }, [field])
  return (
    <main className="page pairing" id="content">
      <header className="page-head">
        <h1>{t('pairing.title')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <Query query={mine}>
        {({ current, waiting }) =>
          current === null ? (
            <JoinCard waiting={waiting} last={last} />
          ) : (
            <Conversation key={current.pairingId} pairing={current} />
          )
        }
      </Query>
    </main>
  )
}
