import type { PublicNotice } from '@guankou/contract/responses/endpoints.ts'
import { useCallback, useEffect, useState } from 'react'
import { Frame } from '#src/Frame.tsx'
import { readNotice } from '#src/read-notice.ts'
import { Asked, Posts, Promises, Rights, Rules } from '#src/sections.tsx'
import { fill, type Language, textsOf } from '#src/texts/text.ts'
import { useLanguage } from '#src/use-language.ts'

type Reading = 'waiting' | 'failed' | PublicNotice

const useNotice = (): readonly [Reading, () => void] => {
  const [reading, setReading] = useState<Reading>('waiting')
  const read = useCallback(() => {
    setReading('waiting')
    void readNotice().then((notice) => setReading(notice ?? 'failed'))
  }, [])
  useEffect(read, [read])
  return [reading, read]
}

const Content = ({ notice, language }: { readonly notice: PublicNotice; readonly language: Language }) => {
  const texts = textsOf[language]
  return (
    <>
      {notice.demo ? <p className="demo">{texts.demo}</p> : null}
      {notice.responses.length === 0 ? <p>{texts.none}</p> : null}
      {notice.responses.map((response) => (
        <article key={response.id} aria-label={response.name[language]}>
          <p className="response">{response.name[language]}</p>
          <Asked response={response} language={language} />
          <Rules response={response} language={language} />
          <Promises response={response} language={language} />
        </article>
      ))}
      <Rights language={language} />
      <Posts posts={notice.posts} language={language} />
    </>
  )
}

/** What anyone may know before coming to a checkpoint. */
export const NoticePage = () => {
  const [language, changeLanguage] = useLanguage((each) => textsOf[each].title)
  const [reading, readAgain] = useNotice()
  const texts = textsOf[language]
  const notice = typeof reading === 'string' ? null : reading
  return (
    <Frame
      title={notice === null ? texts.title : fill(texts.titleOf, { city: notice.city[language] })}
      language={language}
      onLanguage={changeLanguage}
      foot={
        <>
          {texts.footer} <a href="/api/docs">{texts.apiDocs}</a>
        </>
      }
    >
      {reading === 'waiting' ? <p aria-busy="true">{texts.loading}</p> : null}
      {reading === 'failed' ? (
        <div role="alert">
          <h2>{texts.failed}</h2>
          <p>{texts.failedText}</p>
          <button type="button" onClick={readAgain}>
            {texts.retry}
          </button>
        </div>
      ) : null}
      {notice === null ? null : <Content notice={notice} language={language} />}
    </Frame>
  )
}
