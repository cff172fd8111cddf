import { textsEn } from '#src/texts/en.ts'
import { textsZh } from '#src/texts/zh.ts'

export type Language = 'zh' | 'en'

/** The shape of the Chinese texts with any wording: the other language must have the same keys to compile. */
type Worded<T> = { readonly [K in keyof T]: T[K] extends string ? string : Worded<T[K]> }
export type Texts = Worded<typeof textsZh>

export const textsOf: Readonly<Record<Language, Texts>> = { zh: textsZh, en: textsEn }

/** Puts values into the places of a text. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))

/** The language of a browser: Chinese where it asks for neither. */
export const languageOf = (asked: readonly string[]): Language => {
  const known = asked.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'zh' || tag === 'en')
  return known === 'en' ? 'en' : 'zh'
}
