import type { CountryRow, DivisionRow } from '../src/divisions/division.ts'
import { readMap } from './echarts-maps.ts'
import { type Ring, ringArea } from './topology.ts'

export type PointRow = readonly [code: number, longitude: number, latitude: number]

/** Chinese places the map does not have: cities founded since, and Sansha. Approximate, from general knowledge. */
const placesNotOnTheMap: readonly PointRow[] = [
  [460300, 112.34, 16.83],
  [659008, 80.63, 43.94],
  [659009, 79.28, 37.21],
  [659010, 84.83, 44.69],
  [659011, 93.74, 42.8],
  [659012, 83.63, 46.52],
]

/** Names of the world map that no name or alias of a country matches. */
const worldNames: ReadonlyMap<string, string> = new Map([
  ['Aland', 'AX'],
  ['Antigua and Barb.', 'AG'],
  ['Bosnia and Herz.', 'BA'],
  ['Br. Indian Ocean Ter.', 'IO'],
  ['Cayman Is.', 'KY'],
  ['Central African Rep.', 'CF'],
  ['Congo', 'CG'],
  ['Czech Rep.', 'CZ'],
  ['Dem. Rep. Congo', 'CD'],
  ['Dem. Rep. Korea', 'KP'],
  ['Dominican Rep.', 'DO'],
  ['Eq. Guinea', 'GQ'],
  ['Faeroe Is.', 'FO'],
  ['Falkland Is.', 'FK'],
  ['Fr. Polynesia', 'PF'],
  ['Fr. S. Antarctic Lands', 'TF'],
  ['Heard I. and McDonald Is.', 'HM'],
  ['Lao PDR', 'LA'],
  ['Macedonia', 'MK'],
  ['N. Mariana Is.', 'MP'],
  ['S. Geo. and S. Sandw. Is.', 'GS'],
  ['S. Sudan', 'SS'],
  ['Solomon Is.', 'SB'],
  ['St. Pierre and Miquelon', 'PM'],
  ['St. Vin. and Gren.', 'VC'],
  ['São Tomé and Principe', 'ST'],
  ['Turks and Caicos Is.', 'TC'],
  ['U.S. Virgin Is.', 'VI'],
  ['W. Sahara', 'EH'],
])

/** Small states and territories the world map leaves out. Approximate, from general knowledge. */
const smallPlaces: readonly (readonly [alpha2: string, longitude: number, latitude: number])[] = [
  ['AI', -63.1, 18.2],
  ['AQ', 0, -80],
  ['AW', -70, 12.5],
  ['BL', -62.8, 17.9],
  ['BQ', -68.3, 12.2],
  ['BV', 3.4, -54.4],
  ['CC', 96.9, -12.2],
  ['CK', -159.8, -21.2],
  ['CX', 105.6, -10.5],
  ['GF', -53.1, 4],
  ['GG', -2.6, 49.5],
  ['GI', -5.4, 36.1],
  ['GP', -61.6, 16.2],
  ['KN', -62.7, 17.3],
  ['MC', 7.4, 43.7],
  ['MF', -63.1, 18.1],
  ['MH', 171.2, 7.1],
  ['MQ', -61, 14.6],
  ['MV', 73.5, 4.2],
  ['NF', 168, -29],
  ['NR', 166.9, -0.5],
  ['PN', -130.1, -25.1],
  ['RE', 55.5, -21.1],
  ['SJ', 17, 78.5],
  ['SM', 12.5, 43.9],
  ['SX', -63.1, 18],
  ['TK', -171.8, -9.2],
  ['TV', 179.2, -8.5],
  ['UM', -162.1, 5.9],
  ['VA', 12.5, 41.9],
  ['VG', -64.6, 18.4],
  ['WF', -178.1, -14.3],
  ['YT', 45.2, -12.8],
]

const round = (degrees: number, decimals: number): number => Number(degrees.toFixed(decimals))

/** Prefectures and provinces at the seat of government; old codes of the map are brought to those of today. */
function chinesePoints(
  divisions: readonly DivisionRow[],
  successors: ReadonlyMap<number, number>,
): PointRow[] {
  const points = new Map<number, PointRow>()
  const add = (code: number, point: readonly [number, number] | undefined) => {
    if (point !== undefined && !points.has(code))
      points.set(code, [code, round(point[0], 2), round(point[1], 2)])
  }
  const cities = readMap('china-cities')
  const current = new Set(divisions.map(([code]) => code))
  for (const { code, point } of cities) if (current.has(code)) add(code, point)
  for (const { code, point } of cities) add(successors.get(code) ?? code, point)
  for (const { code, point } of readMap('china')) add(code, point)
  for (const row of placesNotOnTheMap) points.set(row[0], row)
  return [...points.values()].filter(([code]) => current.has(code))
}

/** Centre of gravity of the ring with the largest area. */
function centreOfLargest(rings: readonly Ring[]): readonly [number, number] {
  const largest = rings.reduce((best, ring) =>
    Math.abs(ringArea(ring)) > Math.abs(ringArea(best)) ? ring : best,
  )
  let [sumX, sumY] = [0, 0]
  for (const [index, [x, y]] of largest.entries()) {
    const [nextX, nextY] = largest[(index + 1) % largest.length] ?? [x, y]
    const cross = x * nextY - nextX * y
    sumX += (x + nextX) * cross
    sumY += (y + nextY) * cross
  }
  const sixAreas = 6 * ringArea(largest)
  return [sumX / sixAreas, sumY / sixAreas]
}

function countryPoints(countries: readonly CountryRow[]): PointRow[] {
  const codeOfAlpha2 = new Map(countries.map(([code, alpha2]) => [alpha2, code]))
  const codeOfName = new Map(
    countries.flatMap(([code, , , , nameEn, , aliases]) => [nameEn, ...aliases].map((name) => [name, code])),
  )
  const points = new Map<number, PointRow>()
  for (const { name, polygons } of readMap('world')) {
    const code = codeOfAlpha2.get(worldNames.get(name) ?? '') ?? codeOfName.get(name)
    const centre = centreOfLargest(polygons.flatMap((polygon) => polygon.slice(0, 1)))
    if (code === undefined) console.log(`world map: ${name || '(no name)'} is no origin`)
    else points.set(code, [code, round(centre[0], 1), round(centre[1], 1)])
  }
  for (const [alpha2, longitude, latitude] of smallPlaces) {
    const code = codeOfAlpha2.get(alpha2)
    if (code !== undefined && !points.has(code)) points.set(code, [code, longitude, latitude])
  }
  for (const [code, alpha2] of countries) if (!points.has(code)) console.log(`no point for ${alpha2}`)
  return [...points.values()]
}

/**
 * A point for every province, every Chinese origin and every country.
 * @param successors abolished code -> the origin it lies in today
 */
export function originPointRows(
  divisions: readonly DivisionRow[],
  countries: readonly CountryRow[],
  successors: ReadonlyMap<number, number>,
): PointRow[] {
  return [...chinesePoints(divisions, successors), ...countryPoints(countries)].sort((a, b) => a[0] - b[0])
}
