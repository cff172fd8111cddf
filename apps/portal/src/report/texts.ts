import { reportTextsEn } from '#src/report/texts-en.ts'
import { reportTextsZh } from '#src/report/texts-zh.ts'
import type { Language } from '#src/texts/text.ts'

type Worded<T> = { readonly [K in keyof T]: T[K] extends string ? string : Worded<T[K]> }
export type ReportTexts = Worded<typeof reportTextsZh>

export const reportTextsOf: Readonly<Record<Language, ReportTexts>> = {
  zh: reportTextsZh,
  en: reportTextsEn,
}
