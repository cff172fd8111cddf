import { useEffect, useState } from 'react'
import { type Language, languageOf } from '#src/texts/text.ts'

/** The language in the address where it is there, so that a page can be linked in either. */
const firstLanguage = (): Language => {
  const asked = new URLSearchParams(window.location.search).get('lang')
  return languageOf(asked === null ? navigator.languages : [asked])
}

/**
 * The language of a page and the way to change it; names the page in the browser's tab.
 * @param titleOf  the title in a language
 */
export const useLanguage = (titleOf: (language: Language) => string): readonly [Language, () => void] => {
  const [language, setLanguage] = useState(firstLanguage)
  const title = titleOf(language)
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
    document.title = title
  }, [language, title])
  const change = () => {
    const next = language === 'zh' ? 'en' : 'zh'
    window.history.replaceState(null, '', `?lang=${next}${window.location.hash}`)
    setLanguage(next)
  }
  return [language, change]
}
