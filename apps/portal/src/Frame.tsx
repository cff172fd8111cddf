import type { ReactNode } from 'react'
import { type Language, textsOf } from '#src/texts/text.ts'

/** Head, tools and foot of every page of the portal. */
export const Frame = ({
  title,
  language,
  onLanguage,
  foot,
  children,
}: {
  readonly title: string
  readonly language: Language
  readonly onLanguage: () => void
  readonly foot: ReactNode
  readonly children: ReactNode
}) => {
  const texts = textsOf[language]
  return (
    <>
      <a className="skip" href="#content">
        {texts.skip}
      </a>
      <header className="top">
        <h1>{title}</h1>
        <span className="tools">
          <button
            type="button"
            lang={language === 'zh' ? 'en' : 'zh-CN'}
            title={texts.languageHint}
            onClick={onLanguage}
          >
            {texts.language}
          </button>
          <button type="button" onClick={() => window.print()}>
            {texts.print}
          </button>
        </span>
      </header>
      <main className="page" id="content">
        {children}
      </main>
      <footer className="foot">
        <p>{foot}</p>
      </footer>
    </>
  )
}
