import { useTranslation } from 'react-i18next'
import { roundTextsEn } from './texts-en.ts'
import { roundTextsZh } from './texts-zh.ts'

/** Texts of a round are no part of the first load, in either language: most phones stand at a post. */
export const useRoundTexts = (): void => {
  const { i18n } = useTranslation()
  if (i18n.getResource('zh', 'app', 'round.title') !== undefined) return
  i18n.addResourceBundle('zh', 'app', { round: roundTextsZh }, true)
  i18n.addResourceBundle('en', 'app', { round: roundTextsEn }, true)
}
