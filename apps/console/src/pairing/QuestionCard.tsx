import type { PairingFact } from '@guankou/contract/pairing/endpoints.ts'
import {
  askedKindNames,
  type PreparedAnswer,
  plainAnswers,
  preparedAnswerNames,
} from '@guankou/contract/pairing/vocabulary.ts'
import { preparedAnswerText } from '@guankou/domain/pairing/prepared-answer.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { LookUpQuestion } from '#src/pairing/LookUpQuestion.tsx'
import { useSay } from '#src/pairing/queries.ts'
import { newCommandId } from '#src/posts/command-id.ts'

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
        {plainAnswers.map((each) => (
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
      {answers.map(({ id, answer, told, words: more }) => (
        <p key={id}>
          {answer === undefined
            ? null
            : t('pairing.answered', { answer: preparedAnswerText(locale, answer, told) })}{' '}
          {more}
        </p>
      ))}
      {isOver ? null : (
        <>
          <LookUpQuestion pairingId={pairingId} question={question} />
          <Answers pairingId={pairingId} question={question} />
        </>
      )}
    </Card>
  )
}
