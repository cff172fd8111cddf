import type { PublicNotice } from '@guankou/contract/responses/endpoints.ts'
import { useCallback, useEffect, useState } from 'react'
import { readNotice } from '#src/read-notice.ts'
import { Asked, Posts, Promises, Rules } from '#src/sections.tsx'
import { fill, type Language, languageOf, textsOf } from '#src/texts/text.ts'

type Reading = 'waiting' | 'failed' | PublicNotice

/** The language in the address where it is there, so that a notice can be linked in either. */
const firstLanguage = (): Language => {
  const asked = new URLSearchParams(window.location.search).get('lang')
  return languageOf(asked === null ? navigator.languages : [asked])
}

const useLanguage = (): readonly [Language, () => void] => {
  const [language, setLanguage] = useState(firstLanguage)
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
    document.title = textsOf[language].title
  }, [language])
  const change = () => {
    const next = language === 'zh' ? 'en' : 'zh'
    window.history.replaceState(null, '', `?lang=${next}`)
    setLanguage(next)
  }
  return [language, change]
}

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
      <Posts posts={notice.posts} language={language} />
    </>
  )
}

/** What anyone may know before coming to a checkpoint. */
export const NoticePage = () => {
  const [language, changeLanguage] = useLanguage()
  const [reading, readAgain] = useNotice()
  const texts = textsOf[language]
  const notice = typeof reading === 'string' ? null : reading
  return (
    <>
      <a className="skip" href="#content">
        {texts.skip}
      </a>
      <header className="top">
        <h1>{notice === null ? texts.title : fill(texts.titleOf, { city: notice.city[language] })}</h1>
        <span className="tools">
          <button
            type="button"
            lang={language === 'zh' ? 'en' : 'zh-CN'}
            title={texts.languageHint}
            onClick={changeLanguage}
          >
            {texts.language}
          </button>
          <button type="button" onClick={() => window.print()}>
            {texts.print}
          </button>
        </span>
      </header>
      <main className="page" id="content">
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
      </main>
      <footer className="foot">
        <p>
          {texts.footer} <a href="/api/docs">{texts.apiDocs}</a>
        </p>
      </footer>
    </>
  )
}
