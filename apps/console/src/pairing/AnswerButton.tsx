import { type Prepared, preparedAnswerText } from '@guankou/domain/pairing/prepared-answer.ts'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSay } from '#src/pairing/queries.ts'
import { newCommandId } from '#src/posts/command-id.ts'

/** Which question of which pairing is answered. */
export type AnswerTo = { readonly pairingId: string; readonly questionId: string }

/** One press that answers with what was found, in the words that will stand on the phone. */
export const AnswerButton = ({ to, prepared }: { readonly to: AnswerTo; readonly prepared: Prepared }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const say = useSay()
  const { answer, told } = prepared
  return (
    <>
      <button
        type="button"
        className="primary-button"
        disabled={say.isPending}
        onClick={() =>
          say.mutate({
            pairingId: to.pairingId,
            id: newCommandId(Date.now()),
            said: { kind: 'answer', to: to.questionId, answer, told },
          })
        }
      >
        {t('pairing.answerWith', { answer: preparedAnswerText(locale, answer, told) })}
      </button>
      {say.isError ? <span role="alert"> {failureText(say.error).text}</span> : null}
    </>
  )
}
