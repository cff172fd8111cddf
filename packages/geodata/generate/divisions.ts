import type { CountryRow, DivisionRow } from '../src/divisions/division.ts'
import { countryAliases, countryNameOverrides, divisionAliases, notCountryOrigins } from './country-names.ts'
import { englishNameOf } from './english-names.ts'
import { readCountries, readCurrentDivisions, readHistoricalDivisions, syllablesOf } from './inputs.ts'
import { provincesToday, reviewedCountySuccessors, reviewedSuccessors } from './successors.ts'

const municipalities = new Set([110000, 120000, 310000, 500000])
const zhuhaiDistricts = new Set([440402, 440403, 440404])
const provinceNames: ReadonlyMap<number, string> = new Map([
  [710000, '台湾省'],
  [810000, '香港特别行政区'],
  [820000, '澳门特别行政区'],
])

const provinceOf = (code: number): number => Math.floor(code / 10_000) * 10_000
const prefixOf = (code: number): number => Math.floor(code / 100) * 100
const isDirectlyRun = (code: number): boolean => Math.floor(code / 100) % 100 === 90

function toRow(code: number, nameZh: string, level: DivisionRow[6]): DivisionRow {
  const syllables = syllablesOf(nameZh)
  const english = englishNameOf(code, nameZh, syllables)
  const shortZh = english.shortZh ?? nameZh.replace(/(市|县|区)$/u, '')
  return [
    code,
    nameZh,
    shortZh,
    english.full,
    english.short,
    provinceOf(code),
    level,
    syllables,
    divisionAliases.get(code) ?? [],
  ]
}

/** Provinces, prefectures, county-level units run by their province, and the districts of the reference city. */
export function divisionRows(): DivisionRow[] {
  const { provinces, prefectures, counties } = readCurrentDivisions()
  const provinceRows = [...provinces.map(({ code, name }) => [Number(code), name] as const), ...provinceNames]
  const prefectureRows = prefectures
    .map(({ code, name }) => [Number(code), name] as const)
    .filter(([code]) => !municipalities.has(provinceOf(code)) && !isDirectlyRun(code))
  const countyRows = counties
    .map(({ code, name }) => [Number(code), name] as const)
    .filter(([code]) => isDirectlyRun(code) || zhuhaiDistricts.has(code))
  return [
    ...provinceRows.map(([code, name]) => toRow(code, name, 'province')),
    ...prefectureRows.map(([code, name]) => toRow(code, name, 'prefecture')),
    ...countyRows.map(([code, name]) => toRow(code, name, 'county')),
  ].sort((a, b) => a[0] - b[0])
}

/** Countries and territories of ISO 3166-1 outside China, as origins 900000 + numeric code. */
export function countryRows(): CountryRow[] {
  return readCountries()
    .filter(({ alpha2 }) => !notCountryOrigins.has(alpha2))
    .map(({ numeric, alpha2, alpha3, zh, en }): CountryRow => {
      const override = countryNameOverrides.get(alpha2)
      const nameZh = override?.zh ?? zh
      const nameEn = override?.en ?? en
      const aliases = [...new Set([...(countryAliases.get(alpha2) ?? []), zh, en])].filter(
        (name) => name !== nameZh && name !== nameEn,
      )
      return [900_000 + Number(numeric), alpha2, alpha3, nameZh, nameEn, syllablesOf(nameZh), aliases]
    })
    .sort((a, b) => a[0] - b[0])
}

/** 和县 tells where it is; 郊区 and 城区 were in many cities. */
const isTelling = (name: string): boolean => (name.endsWith('县') ? name !== '县' : root(name).length >= 2)

const root = (name: string): string => name.replace(/(地区|市|县|区|盟)$/u, '')

/** Name -> origins of today, per province prefix; a name two prefectures share places nothing. */
function originsByName(rows: readonly DivisionRow[]): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>()
  const add = (province: number, name: string, origin: number) => {
    for (const key of new Set([`${province}${name}`, `${province}~${root(name)}`])) {
      found.set(key, (found.get(key) ?? new Set()).add(origin))
    }
  }
  for (const [code, name, , , , , level] of rows)
    if (level !== 'province' && !zhuhaiDistricts.has(code)) add(Math.floor(code / 10_000), name, code)
  for (const { code, name } of readCurrentDivisions().counties) {
    const number = Number(code)
    const province = provinceOf(number)
    const origin = municipalities.has(province) ? province : isDirectlyRun(number) ? number : prefixOf(number)
    add(Math.floor(number / 10_000), name, origin)
  }
  return found
}

/**
 * Where abolished codes lie today: prefecture prefixes, and single codes that went elsewhere than the rest of their prefecture.
 * Codes whose prefecture still exists keep it and need no row.
 */
export function successorRows(rows: readonly DivisionRow[]): {
  prefectures: [number, number][]
  counties: [number, number][]
  unplaced: string[]
} {
  const names = originsByName(rows)
  const current = new Set(rows.map(([code]) => code))
  const historical = readHistoricalDivisions()
  const byName = (code: number, name: string): number | undefined => {
    const province = Math.floor(code / 10_000)
    for (const today of provincesToday.get(province) ?? [province]) {
      for (const key of [`${today}${name}`, `${today}~${root(name)}`]) {
        const origins = names.get(key)
        if (origins?.size === 1 && isTelling(name)) return [...origins][0]
      }
    }
    return undefined
  }
  const prefectures = new Map<number, number>()
  const unplaced: string[] = []
  for (const { code: text, name } of historical.prefectures) {
    const code = Number(text)
    if (current.has(code) || isDirectlyRun(code) || municipalities.has(provinceOf(code))) continue
    const successor = reviewedSuccessors.get(code) ?? byName(code, name)
    if (successor === undefined) unplaced.push(`${code} ${name}`)
    else prefectures.set(code, successor)
  }
  const counties = new Map<number, number>(reviewedCountySuccessors)
  for (const { code: text, name } of historical.counties) {
    const code = Number(text)
    if (
      current.has(code) ||
      counties.has(code) ||
      current.has(prefixOf(code)) ||
      municipalities.has(provinceOf(code))
    )
      continue
    const successor = byName(code, name)
    if (successor !== undefined && successor !== prefectures.get(prefixOf(code)))
      counties.set(code, successor)
    else if (successor === undefined && !prefectures.has(prefixOf(code))) unplaced.push(`${code} ${name}`)
  }
  const sorted = (map: ReadonlyMap<number, number>) => [...map].sort((a, b) => a[0] - b[0])
  return { prefectures: sorted(prefectures), counties: sorted(counties), unplaced }
}

/** Every six-digit code ever issued, grouped by its first four digits: '4404' -> '00010203…'. */
export function knownPrefixRows(rows: readonly DivisionRow[]): [string, string][] {
  const { counties, prefectures } = readHistoricalDivisions()
  const codes = new Set([
    ...counties.map(({ code }) => code),
    ...prefectures.map(({ code }) => code),
    ...readCurrentDivisions().counties.map(({ code }) => code),
    ...rows.map(([code]) => String(code)),
    '830000', // Residence permits of people from Taiwan, issued since 2018
  ])
  const groups = new Map<string, string[]>()
  for (const code of [...codes].sort()) {
    if (!/^\d{6}$/.test(code)) continue
    groups.set(code.slice(0, 4), [...(groups.get(code.slice(0, 4)) ?? []), code.slice(4)])
  }
  return [...groups].map(([prefix, endings]) => [prefix, endings.join('')])
}
