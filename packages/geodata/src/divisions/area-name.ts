import type { NameLanguage } from '#src/divisions/division.ts'
import { findDivision } from '#src/divisions/divisions.ts'
import { originName } from '#src/divisions/origins.ts'

const lastOfSixDigits = 999_999

const known = (code: number, language: NameLanguage): string | undefined => {
  const division = findDivision(code)
  return originName(code, language) ?? (language === 'zh' ? division?.nameZh : division?.nameEn)
}

/** The narrowest area around a code that has a name here: the county of a street, the prefecture of a county. */
const around = (code: number, language: NameLanguage): string | undefined => {
  const six = code > lastOfSixDigits ? Math.floor(code / 1_000) : code
  for (const size of [1, 100, 10_000]) {
    const name = known(Math.floor(six / size) * size, language)
    if (name !== undefined) return name
  }
  return undefined
}

/**
 * What an area is called: a division or a country by its name; one that has none here, as streets and towns have not, by
 * that of the area around it and its code.
 * @example areaName(420000, 'zh') // '湖北省'
 */
export const areaName = (code: number, language: NameLanguage): string => {
  const name = known(code, language)
  if (name !== undefined) return name
  const wider = around(code, language)
  return wider === undefined ? String(code) : `${wider} ${code}`
}

/** The same in both languages. */
export const areaNames = (code: number): { readonly zh: string; readonly en: string } => ({
  zh: areaName(code, 'zh'),
  en: areaName(code, 'en'),
})
