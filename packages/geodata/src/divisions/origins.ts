import { countryRows } from '#src/divisions/countries.generated.ts'
import type { CountryRow, Division, NameLanguage, Origin, OriginKind } from '#src/divisions/division.ts'
import { allDivisions, findDivision } from '#src/divisions/divisions.ts'

const provinceOrigins: ReadonlyMap<number, { kind: OriginKind; alpha3: string | null }> = new Map([
  [110000, { kind: 'municipality', alpha3: null }],
  [120000, { kind: 'municipality', alpha3: null }],
  [310000, { kind: 'municipality', alpha3: null }],
  [500000, { kind: 'municipality', alpha3: null }],
  [710000, { kind: 'region', alpha3: 'TWN' }],
  [810000, { kind: 'region', alpha3: 'HKG' }],
  [820000, { kind: 'region', alpha3: 'MAC' }],
])

/** A county-level code is an origin only when its prefecture digits are 90: run directly by the province. */
function kindOf(division: Division): OriginKind | undefined {
  if (division.level === 'prefecture') return 'prefecture'
  if (division.level === 'province') return provinceOrigins.get(division.code)?.kind
  return Math.floor(division.code / 100) % 100 === 90 ? 'county' : undefined
}

function fromDivision(division: Division): readonly Origin[] {
  const kind = kindOf(division)
  if (kind === undefined) return []
  const { code, nameZh, shortNameZh, nameEn, shortNameEn, provinceCode, syllables, aliases } = division
  const countryAlpha3 = provinceOrigins.get(code)?.alpha3 ?? null
  return [
    { code, kind, nameZh, shortNameZh, nameEn, shortNameEn, provinceCode, countryAlpha3, syllables, aliases },
  ]
}

function fromCountry([code, , alpha3, nameZh, nameEn, syllables, aliases]: CountryRow): Origin {
  return {
    code,
    kind: 'country',
    nameZh,
    shortNameZh: nameZh,
    nameEn,
    shortNameEn: nameEn,
    provinceCode: null,
    countryAlpha3: alpha3,
    syllables,
    aliases,
  }
}

const origins: readonly Origin[] = [...allDivisions().flatMap(fromDivision), ...countryRows.map(fromCountry)]
const byCode: ReadonlyMap<number, Origin> = new Map(origins.map((origin) => [origin.code, origin]))
const byAlpha3: ReadonlyMap<string, Origin> = new Map(
  origins.flatMap((origin) => (origin.countryAlpha3 === null ? [] : [[origin.countryAlpha3, origin]])),
)
const alpha3ByAlpha2: ReadonlyMap<string, string> = new Map([
  ...countryRows.map(([, alpha2, alpha3]) => [alpha2, alpha3] as const),
  ['TW', 'TWN'],
  ['HK', 'HKG'],
  ['MO', 'MAC'],
])

/** Every origin by ascending code: those of China first, then countries. */
export function allOrigins(): readonly Origin[] {
  return origins
}

/** The origin with exactly this code; undefined for provinces, districts and unknown codes (see `originOfDivision`). */
export function findOrigin(code: number): Origin | undefined {
  return byCode.get(code)
}

/**
 * The origin of an ISO 3166-1 alpha-2 or alpha-3 code, in any case: 'GBR' -> 900826, 'HKG' -> 810000.
 * China itself gives undefined, because an origin there is a prefecture.
 */
export function findOriginOfCountry(alphaCode: string): Origin | undefined {
  const upper = alphaCode.toUpperCase()
  return byAlpha3.get(alpha3ByAlpha2.get(upper) ?? upper)
}

/**
 * The origin that a division of today lies in, by its code alone: 440402 -> 440400, 110101 -> 110000. Streets and towns lie in
 * the county of their first six digits. For codes that were abolished see `originOfDivision`.
 */
export function originAround(code: number): number | undefined {
  if (byCode.has(code)) return code
  if (code >= 100_000_000 && code <= 999_999_999) return originAround(Math.floor(code / 1_000))
  if (!Number.isInteger(code) || code < 110_000 || code > 839_999) return undefined
  const wider = [Math.floor(code / 100) * 100, Math.floor(code / 10_000) * 10_000]
  return wider.find((each) => byCode.has(each))
}

/** Full name of an origin or of any named division (a province, a district of Zhuhai); undefined for an unknown code. */
export function originName(code: number, language: NameLanguage): string | undefined {
  const named = byCode.get(code) ?? findDivision(code)
  return language === 'zh' ? named?.nameZh : named?.nameEn
}

/** Short name for labels on maps and charts; undefined for an unknown code. */
export function shortOriginName(code: number, language: NameLanguage): string | undefined {
  const named = byCode.get(code) ?? findDivision(code)
  return language === 'zh' ? named?.shortNameZh : named?.shortNameEn
}
