import type { DeclarationForm } from '@guankou/contract/declarations/endpoints.ts'
import { useCallback, useEffect, useState } from 'react'
import { readForm } from '#src/declare/form-store.ts'
import { declareTextsOf } from '#src/declare/texts.ts'
import { Frame } from '#src/Frame.tsx'
import { PaperForm } from '#src/paper/PaperForm.tsx'
import { paperTexts } from '#src/paper/texts.ts'
import { useLanguage } from '#src/use-language.ts'

/** The form for people without a phone, to be printed in any number; each sheet is in both languages. */
export const PaperPage = () => {
  const [language, changeLanguage] = useLanguage((each) => paperTexts.title[each])
  const [form, setForm] = useState<DeclarationForm | 'waiting' | 'failed'>('waiting')
  const read = useCallback(() => {
    setForm('waiting')
    void readForm().then((found) => setForm(found ?? 'failed'))
  }, [])
  useEffect(read, [read])
  const [response] = typeof form === 'string' ? [] : form.responses
  return (
    <Frame
      title={paperTexts.title[language]}
      language={language}
      onLanguage={changeLanguage}
      foot={<a href={`/portal/declare?lang=${language}`}>{paperTexts.back[language]}</a>}
    >
      {response === undefined ? null : <p className="paper-lead">{paperTexts.lead[language]}</p>}
      {form === 'waiting' ? <p aria-busy="true">{declareTextsOf[language].loading}</p> : null}
      {form === 'failed' ? (
        <div role="alert">
          <p>{paperTexts.failed[language]}</p>
          <button type="button" onClick={read}>
            {declareTextsOf[language].retry}
          </button>
        </div>
      ) : null}
      {typeof form !== 'string' && response === undefined ? <p>{declareTextsOf[language].none}</p> : null}
      {typeof form === 'string' || response === undefined ? null : (
        <PaperForm form={form} response={response} />
      )}
    </Frame>
  )
}
