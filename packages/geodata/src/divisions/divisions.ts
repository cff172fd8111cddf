import type { Division, DivisionRow } from '#src/divisions/division.ts'
import { divisionRows } from '#src/divisions/divisions.generated.ts'

function toDivision(row: DivisionRow): Division {
  const [code, nameZh, shortNameZh, nameEn, shortNameEn, provinceCode, level, syllables, aliases] = row
  return { code, nameZh, shortNameZh, nameEn, shortNameEn, provinceCode, level, syllables, aliases }
}

const divisions: readonly Division[] = divisionRows.map(toDivision)
const byCode: ReadonlyMap<number, Division> = new Map(divisions.map((division) => [division.code, division]))

/** All named divisions by ascending code: provinces, prefectures, directly run counties, the districts of Zhuhai. */
export function allDivisions(): readonly Division[] {
  return divisions
}

/** The division with exactly this code (GB/T 2260, six digits); undefined when the pack does not name it. */
export function findDivision(code: number): Division | undefined {
  return byCode.get(code)
}

/** The 34 province-level divisions by ascending code. */
export function allProvinces(): readonly Division[] {
  return divisions.filter((division) => division.level === 'province')
}

/** The province a six-digit code lies in, by its first two digits; undefined when there is no such province. */
export function findProvinceOf(code: number): Division | undefined {
  return byCode.get(Math.floor(code / 10_000) * 10_000)
}
