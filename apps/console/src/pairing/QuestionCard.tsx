import type { LookUpAnswer } from '@guankou/contract/identity/look-up.ts'
import {
  type LookUpPurpose,
  lookUpPurposeNames,
  lookUpPurposesOf,
} from '@guankou/contract/identity/purposes.ts'
import type { PairingFact } from '@guankou/contract/pairing/endpoints.ts'
import {
  askedKindNames,
  type PreparedAnswer,
  preparedAnswerNames,
  preparedAnswers,
} from '@guankou/contract/pairing/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { Match } from '#src/look-up/Match.tsx'
import { useLookUp, useSay } from '#src/pairing/queries.ts'
import { newCommandId } from '#src/posts/command-id.ts'

/** Questions that are about screenings; what else is asked lies on pages of its own. */
const onScreenings = ['history', 'vehicle', 'other'] as const

const Found = ({ answer }: { readonly answer: LookUpAnswer }) => {
  const { t } = useTranslation()
  if (answer.matches.length === 0) return <p role="status">{t('pairing.foundNone')}</p>
  return (
    <>
      <p role="status">
        {t('pairing.found', { count: answer.matches.length })} {answer.more ? t('pairing.more') : null}
      </p>
      {answer.matches.map((match) => (
        <Match key={`${match.screeningId}|${match.seat}`} match={match} />
      ))}
    </>
  )
}

const LookUp = ({ pairingId, question }: Pick<Props, 'pairingId' | 'question'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const failureText = useFailureText()
  const lookUp = useLookUp()
  const purposes = lookUpPurposesOf[role] ?? []
  const [purpose, setPurpose] = useState<LookUpPurpose>(purposes[0] ?? 'follow-up')
  return (
    <div>
      <label>
        {t('pairing.lookUpFor')}{' '}
        <select
          value={purpose}
          onChange={({ currentTarget }) =>
            setPurpose(purposes.find((each) => each === currentTarget.value) ?? purpose)
          }
        >
          {purposes.map((each) => (
            <option key={each} value={each}>
              {inLocale(lookUpPurposeNames[each], locale)}
            </option>
          ))}
        </select>
      </label>{' '}
      <button
        type="button"
        className="quiet-button"
        disabled={lookUp.isPending}
        onClick={() =>
          lookUp.mutate({ pairingId, id: newCommandId(Date.now()), questionId: question.id, purpose })
        }
      >
        {t('pairing.lookUp')}
      </button>
      {lookUp.isError ? <p role="alert">{failureText(lookUp.error).text}</p> : null}
      {lookUp.data === undefined ? null : <Found answer={lookUp.data} />}
    </div>
  )
}

const Answers = ({ pairingId, question }: Pick<Props, 'pairingId' | 'question'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const say = useSay()
  const [words, setWords] = useState('')
  const answer = (which: PreparedAnswer): void => {
    const more = words.trim() === '' ? {} : { words: words.trim() }
    const said = { kind: 'answer', to: question.id, answer: which, ...more } as const
    say.mutate({ pairingId, id: newCommandId(Date.now()), said }, { onSuccess: () => setWords('') })
  }
  return (
    <div className="pairing-answers">
      <label>
        {t('pairing.words')}{' '}
        <input
          value={words}
          maxLength={300}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
      </label>
      <div className="plain-buttons">
        {preparedAnswers.map((each) => (
          <button
            key={each}
            type="button"
            className="quiet-button"
            disabled={say.isPending || (each === 'see-words' && words.trim() === '')}
            onClick={() => answer(each)}
          >
            {inLocale(preparedAnswerNames[each], locale)}
          </button>
        ))}
      </div>
      {say.isError ? <p role="alert">{failureText(say.error).text}</p> : null}
    </div>
  )
}

type Props = {
  readonly pairingId: string
  readonly question: PairingFact
  readonly answers: readonly PairingFact[]
  readonly isOver: boolean
}

/** One question with its prepared look-up and the answers that one press gives. */
export const QuestionCard = ({ pairingId, question, answers, isOver }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { asked, words } = question
  if (asked === undefined) return null
  return (
    <Card title={inLocale(askedKindNames[asked], locale)} {...(words === undefined ? {} : { note: words })}>
      {answers.map(({ id, answer, words: more }) => (
        <p key={id}>
          {answer === undefined
            ? null
            : t('pairing.answered', { answer: inLocale(preparedAnswerNames[answer], locale) })}{' '}
          {more}
        </p>
      ))}
      {isOver ? null : (
        <>
          {onScreenings.some((each) => each === asked) ? (
            <LookUp pairingId={pairingId} question={question} />
          ) : (
            <p>{t('pairing.elsewhere')}</p>
          )}
          <Answers pairingId={pairingId} question={question} />
        </>
      )}
    </Card>
  )
}
