import { meTextsEn } from '#src/me/texts-en.ts'
import { meTextsZh } from '#src/me/texts-zh.ts'
import type { Language } from '#src/texts/text.ts'

type Worded<T> = { readonly [K in keyof T]: T[K] extends string ? string : Worded<T[K]> }

export const meTextsOf: Readonly<Record<Language, Worded<typeof meTextsZh>>> = {
  zh: meTextsZh,
  en: meTextsEn,
}
