import { findOrigin } from '#src/divisions/origins.ts'

/**
 * Residents at the end of 2019 in millions, rounded: National Bureau of Statistics of China, Statistical Yearbook 2020, table
 * 2-6, for provinces; statistics departments of Hong Kong, Macao and Taiwan.
 */
const provinces: ReadonlyMap<number, number> = new Map([
  [110000, 21.5],
  [120000, 15.6],
  [130000, 75.9],
  [140000, 37.3],
  [150000, 25.4],
  [210000, 43.5],
  [220000, 26.9],
  [230000, 37.5],
  [310000, 24.3],
  [320000, 80.7],
  [330000, 58.5],
  [340000, 63.7],
  [350000, 39.7],
  [360000, 46.7],
  [370000, 100.7],
  [410000, 96.4],
  [420000, 59.3],
  [430000, 69.2],
  [440000, 115.2],
  [450000, 49.6],
  [460000, 9.4],
  [500000, 31.2],
  [510000, 83.8],
  [520000, 36.2],
  [530000, 48.6],
  [540000, 3.5],
  [610000, 38.8],
  [620000, 26.5],
  [630000, 6.1],
  [640000, 6.9],
  [650000, 25.2],
  [710000, 23.6],
  [810000, 7.5],
  [820000, 0.7],
])

/** Large cities, which an even share of their province would misjudge; city bulletins for 2019, rounded. */
const cities: ReadonlyMap<number, number> = new Map([
  [130100, 10.4],
  [210100, 8.3],
  [210200, 7],
  [220100, 7.5],
  [230100, 10.8],
  [320100, 8.5],
  [320500, 10.7],
  [330100, 10.4],
  [330200, 8.5],
  [330300, 9.3],
  [340100, 8.2],
  [350100, 7.8],
  [350200, 4.3],
  [360100, 5.6],
  [370100, 8.9],
  [370200, 9.5],
  [410100, 10.4],
  [420100, 11.2],
  [430100, 8.4],
  [440100, 15.3],
  [440300, 13.4],
  [440400, 2],
  [440600, 8.2],
  [441900, 8.5],
  [442000, 3.4],
  [450100, 7.3],
  [510100, 16.6],
  [520100, 5],
  [530100, 7],
  [610100, 10.2],
  [620100, 3.8],
])

const million = 1_000_000

/** Prefectures of a province without a figure of their own share what is left of it. */
const evenShare = (provinceCode: number, origins: readonly number[]): number | undefined => {
  const whole = provinces.get(provinceCode)
  if (whole === undefined) return undefined
  const named = [...cities].filter(([code]) => Math.floor(code / 10_000) === provinceCode / 10_000)
  const rest = whole - named.reduce((sum, [, people]) => sum + people, 0)
  const sharing = origins.filter((code) => !cities.has(code)).length
  return sharing === 0 ? undefined : rest / sharing
}

/**
 * About how many people live at an origin, or in a province as a whole; a rough figure for rates, not a statistic. A
 * prefecture without a figure of its own has an even share of the rest of its province.
 * @param code  origin or province
 * @param originsOfProvince  origins of a province, by its code
 * @returns people; undefined for countries and for what is not known
 */
export const roughPopulation = (
  code: number,
  originsOfProvince: (provinceCode: number) => readonly number[],
): number | undefined => {
  const known = provinces.get(code) ?? cities.get(code)
  if (known !== undefined) return known * million
  const province = findOrigin(code)?.provinceCode
  if (province === undefined || province === null) return undefined
  const share = evenShare(province, originsOfProvince(province))
  return share === undefined ? undefined : share * million
}
