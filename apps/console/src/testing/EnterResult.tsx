import { type TestResultWord, testResultNames, testResults } from '@guankou/contract/testing/results.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { instantOf } from '#src/layout/local-instant.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useEnterResults } from '#src/testing/queries.ts'

type ResultFieldProps = {
  readonly result: TestResultWord
  readonly onResult: (result: TestResultWord) => void
}

const ResultField = ({ result, onResult }: ResultFieldProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t('testing.results.result')}</label>
      <select
        id={id}
        value={result}
        onChange={(event) => onResult(event.currentTarget.value as TestResultWord)}
      >
        {testResults.map((word) => (
          <option key={word} value={word}>
            {inLocale(testResultNames[word], locale)}
          </option>
        ))}
      </select>
    </>
  )
}

/** What became of the result that was entered last. */
const Entered = ({ entering }: { readonly entering: ReturnType<typeof useEnterResults> }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const [row] = entering.data?.rows ?? []
  return (
    <p role="status">
      {row?.outcome === 'recorded' ? t('testing.results.recorded') : null}
      {row?.outcome === 'known' ? t('testing.results.known') : null}
      {row?.outcome === 'refused' && row.text !== undefined ? inLocale(row.text, locale) : null}
      {entering.isError ? failureText(entering.error).text : null}
    </p>
  )
}

/** One result by hand: the code from the tube, the result, and when it came. */
export const EnterResult = ({ timeZone }: { readonly timeZone: string }) => {
  const { t } = useTranslation()
  const id = useId()
  const [sampleCode, setCode] = useState('')
  const [result, setResult] = useState<TestResultWord>('negative')
  const [at, setAt] = useState(() => formatInstant(Date.now(), timeZone).slice(0, 16).replace(' ', 'T'))
  const enter = useEnterResults()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const resultedAt = instantOf(at, timeZone)
    if (resultedAt === undefined) return
    const entry = { sampleCode: sampleCode.trim().toUpperCase(), result, resultedAt }
    enter.mutate({ results: [entry] }, { onSuccess: ({ recorded }) => recorded > 0 && setCode('') })
  }
  return (
    <Card title={t('testing.results.enter')}>
      <form className="testing-form" onSubmit={submit}>
        <label htmlFor={`${id}-code`}>{t('testing.results.sampleCode')}</label>
        <input
          id={`${id}-code`}
          required
          pattern="[A-Za-z0-9][A-Za-z0-9\-]{3,31}"
          autoComplete="off"
          value={sampleCode}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <ResultField result={result} onResult={setResult} />
        <label htmlFor={`${id}-at`}>{t('testing.results.time2')}</label>
        <input
          id={`${id}-at`}
          type="datetime-local"
          required
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <button type="submit" className="quiet-button" disabled={enter.isPending}>
          {t('testing.results.submit')}
        </button>
        <Entered entering={enter} />
      </form>
    </Card>
  )
}
