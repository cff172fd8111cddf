import { originOfDivision } from '@guankou/geodata/divisions/origin-of-division.ts'
import { findOrigin, findOriginOfCountry } from '@guankou/geodata/divisions/origins.ts'

/**
 * The origin that a code of a file stands for: a division of GB/T 2260 in the prefecture it lies in today, a country by two
 * or three letters or as 900000 + ISO 3166-1 numeric.
 * @returns six digits; null for provinces, China as a whole and codes that are no place
 */
export const originCodeOf = (text: string): string | null => {
  const code = /^\d{6}$/.test(text) ? originOfDivision(Number(text)) : findOriginOfCountry(text)?.code
  return code === undefined ? null : String(code)
}

/** What places share before their own cases are known: the province, or for a country its code. */
export const regionOf = (code: string): string => {
  const province = findOrigin(Number(code))?.provinceCode
  return province === null || province === undefined ? code : String(province)
}

/**
 * People at the end of 2018 in thousands, where a place is far from usual: China Statistical Yearbook 2019, the yearbooks of the
 * provinces, and the statistics offices of Hong Kong, Macao and Taiwan.
 */
const largePlaces: ReadonlyMap<string, number> = new Map([
  ['110000', 21_540],
  ['120000', 15_600],
  ['130100', 10_950],
  ['210100', 8_320],
  ['230100', 10_860],
  ['310000', 24_240],
  ['320100', 8_440],
  ['320500', 10_720],
  ['330100', 9_810],
  ['330200', 8_200],
  ['330300', 9_250],
  ['350500', 8_700],
  ['370200', 9_390],
  ['371300', 10_620],
  ['410100', 10_140],
  ['411300', 10_010],
  ['420100', 11_080],
  ['430100', 8_150],
  ['440100', 14_900],
  ['440300', 13_030],
  ['440400', 1_890],
  ['440600', 7_910],
  ['441900', 8_390],
  ['500000', 31_020],
  ['510100', 16_330],
  ['610100', 10_000],
  ['710000', 23_590],
  ['810000', 7_480],
  ['820000', 670],
])

/** 1.4 thousand million people in about 330 prefectures; half of all countries have fewer than nine million. */
const usualPrefecture = 4_200
const usualCountry = 9_000

/** People in a place: as given, as known, or as usual. */
export const populationOf =
  (given: ReadonlyMap<string, number>) =>
  (code: string): number =>
    given.get(code) ??
    1_000 * (largePlaces.get(code) ?? (code.startsWith('9') ? usualCountry : usualPrefecture))
