/** A unit of the administrative division of China (GB/T 2260) that the platform names. */
export interface Division {
  /** Six digits, e.g. 440400 for Zhuhai. */
  readonly code: number
  readonly nameZh: string
  /** For labels: 珠海 for 珠海市. */
  readonly shortNameZh: string
  readonly nameEn: string
  readonly shortNameEn: string
  /** The province it belongs to; a province belongs to itself. */
  readonly provinceCode: number
  readonly level: DivisionLevel
  /** Toneless pinyin of `nameZh`, one space between syllables, ü written v. */
  readonly syllables: string
  /** Former and foreign names that people still type. */
  readonly aliases: readonly string[]
}

export type DivisionLevel = 'province' | 'prefecture' | 'county'

/** `region` is Hong Kong, Macao or Taiwan; `county` a county-level unit run directly by its province. */
export type OriginKind = 'prefecture' | 'municipality' | 'county' | 'region' | 'country'

/**
 * Where a person was before arriving, as finely as the platform records it: a prefecture-level city of China, a
 * municipality, a directly run county-level unit, Hong Kong, Macao, Taiwan, or a country. Never a place of birth or of
 * household registration.
 */
export interface Origin {
  /** GB/T 2260 code, or 900000 + the ISO 3166-1 numeric code of a country (900826 is the United Kingdom). */
  readonly code: number
  readonly kind: OriginKind
  readonly nameZh: string
  readonly shortNameZh: string
  readonly nameEn: string
  readonly shortNameEn: string
  /** Null for a country. */
  readonly provinceCode: number | null
  /** ISO 3166-1 alpha-3; null inside mainland China. */
  readonly countryAlpha3: string | null
  readonly syllables: string
  readonly aliases: readonly string[]
}

export type DivisionRow = readonly [
  code: number,
  nameZh: string,
  shortNameZh: string,
  nameEn: string,
  shortNameEn: string,
  provinceCode: number,
  level: DivisionLevel,
  syllables: string,
  aliases: readonly string[],
]

export type CountryRow = readonly [
  code: number,
  alpha2: string,
  alpha3: string,
  nameZh: string,
  nameEn: string,
  syllables: string,
  aliases: readonly string[],
]

export type NameLanguage = 'zh' | 'en'
