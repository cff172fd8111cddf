import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { answerRequest, type RequestFile } from '@guankou/contract/subject-access/desk-endpoints.ts'
import {
  mostRequestLetters,
  type RequestOutcome,
  requestOutcomeNames,
  requestOutcomes,
} from '@guankou/contract/subject-access/requests.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, orThrow } from '#src/api/client.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { inboxQuery } from '#src/requests/queries.ts'

const useAnswer = (onDone: () => void) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (body: BodyOf<typeof answerRequest>) =>
      orThrow(await client.call(answerRequest, { body })),
    onSuccess: onDone,
    onSettled: () => queryClient.invalidateQueries({ queryKey: inboxQuery.queryKey }),
    gcTime: 0,
  })
}

const CorrectedTo = ({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
}) => {
  const { t } = useTranslation()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t('requests.correctedTo')}</label>
      <input
        id={id}
        type="text"
        required
        maxLength={400}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p id={`${id}-hint`} className="muted">
        {t('requests.correctedHint')}
      </p>
    </>
  )
}

const Outcome = ({
  value,
  onChange,
}: {
  readonly value: RequestOutcome
  readonly onChange: (value: RequestOutcome) => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t('requests.outcome')}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value as RequestOutcome)}
      >
        {requestOutcomes.map((each) => (
          <option key={each} value={each}>
            {inLocale(requestOutcomeNames[each], locale)}
          </option>
        ))}
      </select>
    </>
  )
}

/** Answers a request; of a correction that is granted, with what the field reads from now on. */
export const AnswerForm = ({ file, onDone }: { readonly file: RequestFile; readonly onDone: () => void }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const id = useId()
  const [outcome, setOutcome] = useState<RequestOutcome>('granted')
  const [text, setText] = useState('')
  const [correctedTo, setCorrectedTo] = useState('')
  const answer = useAnswer(onDone)
  const corrects = file.line.kind === 'correction' && outcome !== 'refused'
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    answer.mutate({ id: file.line.id, outcome, text, ...(corrects ? { correctedTo } : {}) })
  }
  return (
    <form className="identity-form" onSubmit={submit}>
      <h3>{t('requests.answer')}</h3>
      <Outcome value={outcome} onChange={setOutcome} />
      {corrects ? <CorrectedTo value={correctedTo} onChange={setCorrectedTo} /> : null}
      <label htmlFor={`${id}-text`}>{t('requests.text')}</label>
      <textarea
        id={`${id}-text`}
        required
        minLength={2}
        maxLength={mostRequestLetters}
        rows={3}
        value={text}
        onChange={(event) => setText(event.currentTarget.value.replaceAll('\n', ' '))}
      />
      <button type="submit" className="primary-button" disabled={answer.isPending}>
        {t('requests.submit')}
      </button>
      {answer.isError ? (
        <p role="alert" className="identity-refusal">
          {failureText(answer.error).text}
        </p>
      ) : null}
    </form>
  )
}
