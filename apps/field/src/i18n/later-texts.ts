import type { i18n } from 'i18next'

/** Chinese texts of screens that no shift begins with: out of the first load, as the screens are. */
export const loadLaterTexts = async (texts: i18n): Promise<void> => {
  if (texts.getResource('zh', 'app', 'settings.title') !== undefined) return
  const { laterTextsZh } = await import('./zh-later.ts')
  texts.addResourceBundle('zh', 'app', laterTextsZh, true)
}
