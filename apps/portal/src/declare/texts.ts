import { declareTextsEn } from '#src/declare/texts-en.ts'
import { declareTextsZh } from '#src/declare/texts-zh.ts'
import type { Language } from '#src/texts/text.ts'

type Worded<T> = { readonly [K in keyof T]: T[K] extends string ? string : Worded<T[K]> }

export type DeclareTexts = Worded<typeof declareTextsZh>
export const declareTextsOf: Readonly<Record<Language, DeclareTexts>> = {
  zh: declareTextsZh,
  en: declareTextsEn,
}
