import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawScreenings } from '#src/arrivals/draw-screenings.ts'
import { zhuhaiScenario } from '#src/cities/zhuhai-2020/scenario.ts'
import { buildZhuhaiCity } from '#src/cities/zhuhai-2020/zhuhai.ts'
import { flowColumns, parseFlows } from '#src/inputs/flows.ts'
import { type CsvRow, requireColumns } from '#src/inputs/input-errors.ts'
import { parseProfile, profileColumns } from '#src/inputs/profile.ts'
import { compareShares, designEffectOf } from '#src/replay/compare-shares.ts'
import { chiSquareUpperTail } from '#src/replay/regularised-gamma.ts'
import { dayWindow, replayScenario } from '#src/replay/replay-scenario.ts'

/** Measured files stay outside the repository, by default in `shared/data` beside it. */
const folder = process.env.GUANKOU_REFERENCE_DATA ?? join(import.meta.dirname, '../../../../../shared/data')
const flowFile = join(folder, 'baidu-qianxi-2020/zhuhai_inflow_by_origin_daily.csv')
const profileFile = join(folder, 'kddcup2017-tollgates/volume_20min.csv')

type Table = { readonly header: readonly string[]; readonly rows: readonly CsvRow[] }

/** These files quote nothing. */
const readTable = (path: string): Table => {
  const [first = '', ...lines] = readFileSync(path, 'utf8')
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split(/\r?\n/)
  const header = first.split(',')
  const rows = lines.map((line, index) => {
    const cells = line.split(',')
    return { row: index + 2, cells: Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])) }
  })
  return { header, rows }
}

const { city, response } = buildZhuhaiCity()

const readShape = () => {
  const { header, rows } = readTable(profileFile)
  expect(requireColumns(header, profileColumns)).toEqual([])
  const parsed = parseProfile(rows)
  if (!parsed.ok) expect.unreachable(JSON.stringify(parsed.errors))
  return parsed.value
}

const readShares = (date: string) => {
  const { header, rows } = readTable(flowFile)
  expect(requireColumns(header, flowColumns)).toEqual([])
  const parsed = parseFlows(rows, date)
  if (!parsed.ok) expect.unreachable(JSON.stringify(parsed.errors))
  return parsed.value
}

const replayDay = (date: string, seed: number) => {
  const flows = readShares(date)
  const { slotShares } = readShape()
  const base = zhuhaiScenario(city.posts)
  const scenario = replayScenario({ base, posts: city.posts, shares: flows.shares, slotShares })
  const window = dayWindow('Asia/Shanghai', date)
  const options = { city, response: response('2020-06-30'), rulesVersion: 1, scenario, seed, ...window }
  const sizes: number[] = []
  const byOrigin = new Map<number, number>()
  const bySlot = Array.from({ length: 72 }, () => 0)
  for (const { travellers, startedAt } of drawScreenings(options)) {
    sizes.push(travellers.length)
    const code = travellers[0]?.origin.code ?? 0
    byOrigin.set(code, (byOrigin.get(code) ?? 0) + travellers.length)
    const slot = Math.floor((Date.parse(startedAt) - window.fromMs) / 1_200_000)
    bySlot[slot] = (bySlot[slot] ?? 0) + 1
  }
  const observed = [...byOrigin].map(([originCode, travellers]) => ({ originCode, travellers }))
  const comparison = compareShares({ expected: flows.shares, observed, designEffect: designEffectOf(sizes) })
  return { flows, slotShares, comparison, bySlot, vehicles: sizes.length }
}

const checks: readonly (readonly [name: string, run: () => void])[] = [
  [
    'the inflow file gives about a hundred origins a day',
    () => {
      const { shares, flowTotal } = readShares('2020-01-18')
      expect(shares.length).toBeGreaterThanOrEqual(95)
      expect(flowTotal).toBeGreaterThan(1.5)
      expect(shares.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(1, 12)
    },
  ],
  [
    'the toll-gate file gives a month of complete days, with more traffic by day than by night',
    () => {
      const shape = readShape()
      expect(shape.daysUsed.length).toBeGreaterThanOrEqual(28)
      expect(shape.daysLeftOut).toContain('2016-10-25')
      expect(shape.slotShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
      expect(shape.slotShares[26] ?? 0).toBeGreaterThan(4 * (shape.slotShares[9] ?? 1))
    },
  ],
  ...['2020-01-18', '2020-01-25', '2020-02-05'].map(
    (date) =>
      [
        `a replay of ${date} has the origin shares of the file within sampling error`,
        () => {
          const { comparison } = replayDay(date, 20200118)
          expect(comparison.isConsistent).toBe(true)
          expect(comparison.travellers).toBeGreaterThan(30_000)
          expect(comparison.origins.length).toBeGreaterThan(25)
          expect(comparison.originsInside / comparison.origins.length).toBeGreaterThan(0.9)
        },
      ] as const,
  ),
  [
    'a replay compared with the shares of another day is found out',
    () => {
      const { comparison } = replayDay('2020-01-18', 1)
      const other = compareShares({
        expected: readShares('2020-01-25').shares,
        observed: comparison.origins,
        designEffect: comparison.designEffect,
      })
      expect(other.isConsistent).toBe(false)
    },
  ],
  [
    'a replay has the day shape of the toll gates',
    () => {
      const { bySlot, slotShares, vehicles } = replayDay('2020-01-18', 4)
      const chiSquare = bySlot.reduce((sum, count, slot) => {
        const mean = vehicles * (slotShares[slot] ?? 0)
        return sum + (count - mean) ** 2 / mean
      }, 0)
      expect(chiSquareUpperTail(chiSquare, 71)).toBeGreaterThan(0.001)
    },
  ],
]

const isPresent = existsSync(flowFile) && existsSync(profileFile)

describe('replay of measured files', () => {
  if (isPresent) for (const [name, run] of checks) it(name, run)
  else
    it(`reference data not present, ${checks.length} checks skipped`, () => {
      expect(isPresent).toBe(false)
    })
})
