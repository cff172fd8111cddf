import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { originPoint } from '#src/boundaries/origin-points.ts'
import { findDivision } from '#src/divisions/divisions.ts'
import { originOfDivision } from '#src/divisions/origin-of-division.ts'
import { allOrigins, findOrigin } from '#src/divisions/origins.ts'
import { isKnownDivisionPrefix } from '#src/identity-numbers/division-prefix.ts'

const referenceFolder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))
const isPresent = existsSync(referenceFolder)
const checks = 5
if (!isPresent) console.log(`reference data not present, ${checks} checks skipped`)

/** Rows of a comma-separated file without quoted fields, as objects by the names of its first line. */
function rowsOf(path: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = readFileSync(referenceFolder + path, 'utf8')
    .trim()
    .split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}

const areas = isPresent ? rowsOf('gbt2260-areas-2019/areas.csv') : []
const inflow = isPresent ? rowsOf('baidu-qianxi-2020/zhuhai_inflow_by_origin_daily.csv') : []
const areasAt = (...levels: string[]) => areas.filter(({ level }) => levels.includes(level ?? ''))

/** Without the folder these lists are empty and each check is vacuous; the printed line above says so. */
describe('against the list of divisions of 2019', () => {
  it('knows every province, prefecture and directly run county by the same name', () => {
    for (const { code, name_zh, province_code } of areasAt('province', 'prefecture', 'county_direct')) {
      expect(findDivision(Number(code)), code).toMatchObject({
        nameZh: name_zh,
        provinceCode: Number(province_code),
      })
    }
  })

  it('has no prefecture the list does not have', () => {
    const listed = new Set(areasAt('prefecture').map(({ code }) => Number(code)))
    const unlisted = allOrigins().filter(
      ({ kind, code }) => isPresent && kind === 'prefecture' && !listed.has(code),
    )
    expect(unlisted).toEqual([])
  })

  it('knows every county code as a prefix and places it in its own province', () => {
    for (const { code = '', province_code } of areasAt('county', 'county_direct')) {
      expect(isKnownDivisionPrefix(code), code).toBe(true)
      expect(findOrigin(originOfDivision(Number(code)) ?? 0)?.provinceCode, code).toBe(Number(province_code))
    }
  })
})

describe('against the flows into Zhuhai of 2020', () => {
  const flows = new Map(inflow.map(({ origin_code, origin_zh }) => [Number(origin_code), origin_zh]))

  it('knows every origin by the same name', () => {
    for (const [code, name] of flows) expect(findOrigin(code)?.nameZh, `${code}`).toBe(name)
    expect(flows.size).toBe(isPresent ? 205 : 0)
  })

  it('can draw a line from every origin', () => {
    expect([...flows.keys()].filter((code) => originPoint(code) === undefined)).toEqual([])
  })
})
