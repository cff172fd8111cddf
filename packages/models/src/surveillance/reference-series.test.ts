import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectEars, type EarsMethod } from './ears.ts'
import { detectFarrington } from './farrington.ts'
import type { ThresholdMethod } from './farrington-bounds.ts'
import { detectFarringtonFlexible, type FlexibleInput } from './farrington-flexible.ts'
import { calendarOfDates } from './reference-points.ts'
import { detectSeasonalCusum } from './seasonal-cusum.ts'

/** Outputs of the R package surveillance stay outside the repository, by default in `shared/data` beside it. */
const data = process.env.GUANKOU_REFERENCE_DATA ?? join(import.meta.dirname, '../../../../../shared/data')
const folder = join(data, 'surveillance-reference')
const isPresent = existsSync(folder)

type Row = Readonly<Record<string, string>>

const readRows = (name: string): Row[] => {
  if (!isPresent) return []
  const [header = '', ...lines] = readFileSync(join(folder, name), 'utf8').trim().split(/\r?\n/)
  const columns = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}

const countsOf = (rows: readonly Row[]): number[] => rows.map((row) => Number(row.observed))

const newport = readRows('series_salmNewport_weekly_DE.csv')
const agona = readRows('series_salmonella_agona_weekly_UK.csv')
const shadar = countsOf(readRows('series_shadar_weekly_DE.csv'))

const inputs: Readonly<Record<string, FlexibleInput>> = {
  salmNewport: {
    counts: countsOf(newport),
    calendar: calendarOfDates(newport.map((row) => row.date ?? '')) ?? {
      kind: 'numbered',
      pointsPerYear: 52,
    },
  },
  'salmonella.agona': { counts: countsOf(agona), calendar: { kind: 'numbered', pointsPerYear: 52 } },
}

const expectClose = (
  actual: number | null | undefined,
  cell: string | undefined,
  tolerance: number,
): void => {
  if (cell === '' || cell === undefined) expect(actual).toBeNull()
  else
    expect(Math.abs((actual ?? Number.NaN) - Number(cell))).toBeLessThanOrEqual(
      tolerance * Math.abs(Number(cell)),
    )
}

const parametersOf = (text = ''): Row => Object.fromEntries(text.split(';').map((part) => part.split('=')))

const byRun = (rows: readonly Row[], pattern: RegExp) => {
  const chosen = rows.filter((row) => pattern.test(row.method ?? ''))
  return [...Map.groupBy(chosen, (row) => `${row.dataset} ${row.method} ${row.params}`).entries()]
}

const golden = readRows('expected_ears_farrington.csv')
const goldenCusum = readRows('expected_glr_shadar.csv')
const zhuhai = readRows('expected_ears_zhuhai_daily_new_cases.csv')

const earsMethods: Readonly<Record<string, EarsMethod>> = { EARS_C1: 'c1', EARS_C2: 'c2', EARS_C3: 'c3-rpkg' }

/** Nine runs of EARS, twelve and one of Farrington, two of likelihood ratios, three of Zhuhai. */
const runs = 24

describe('the R package on EARS, Farrington and likelihood ratios', () => {
  if (!isPresent)
    it(`reference data not present, ${runs + 4} checks skipped`, () => {
      expect(golden).toEqual([])
    })

  for (const [name, rows] of byRun(golden, /^EARS/))
    it(name, () => {
      const [first = {}] = rows
      const { alpha = '', minSigma = '' } = parametersOf(first.params)
      const points = detectEars(inputs[first.dataset ?? '']?.counts ?? [], {
        method: earsMethods[first.method ?? ''] ?? 'c1',
        minSigma: Number(minSigma),
        ...(alpha === 'default' ? {} : { alpha: Number(alpha) }),
      })
      for (const row of rows) {
        const point = points[Number(row.t) - 1]
        expectClose(point?.upperBound, row.upperbound, 1e-9)
        expect(point?.alarm).toBe(row.alarm === '1')
      }
    })

  for (const [column, method] of [
    ['C1', 'c1'],
    ['C2', 'c2'],
    ['C3', 'c3-rpkg'],
  ] as const)
    if (isPresent)
      it(`${column} of the daily cases of Zhuhai`, () => {
        const counts = zhuhai.map((row) => Number(row.new_confirmed))
        const points = detectEars(counts, { method, minSigma: 0.5 })
        const decided = zhuhai.flatMap((row, at) => (row[`${column}_upper`] === '' ? [] : [at]))
        expect(decided.length).toBeGreaterThan(80)
        for (const at of decided) {
          expectClose(points[at]?.upperBound, zhuhai[at]?.[`${column}_upper`], 1e-9)
          expect(points[at]?.alarm).toBe(zhuhai[at]?.[`${column}_alarm`] === '1')
        }
      })

  for (const [name, rows] of byRun(golden, /^farringtonFlexible$/))
    it(name, () => {
      const [first = {}] = rows
      const parameters = parametersOf(first.params)
      const method = parameters.threshold as ThresholdMethod
      const input = inputs[first.dataset ?? '']
      if (input === undefined) expect.unreachable(`no series ${first.dataset}`)
      const points = detectFarringtonFlexible(input, {
        b: Number(parameters.b),
        w: Number(parameters.w),
        noPeriods: Number(parameters.noPeriods),
        weightsThreshold: Number(parameters.weightsThreshold),
        pastWeeksNotIncluded: Number(parameters.pastWeeksNotIncluded),
        pThresholdTrend: Number(parameters.pThresholdTrend),
        alpha: Number(parameters.alpha),
        thresholdMethod: method,
      })
      for (const row of rows) {
        const point = points[Number(row.t) - 1]
        expectClose(point?.expected, row.expected, 1e-6)
        expectClose(point?.dispersion, row.phiVector, 1e-6)
        expectClose(point?.trend, row.trendVector, 1e-6)
        expectClose(point?.pValue, row.pvalue, 1e-6)
        expectClose(point?.score, row.score, 1e-6)
        if (method === 'nbPlugin') expectClose(point?.mean, row.mu0Vector, 1e-6)
        expectClose(point?.upperBound, row.upperbound, method === 'delta' ? 1e-6 : 0)
        expect(point?.alarm).toBe(row.alarm === '1')
      }
    })

  for (const [name, rows] of byRun(golden, /^farrington1996$/))
    it(name, () => {
      const input = inputs[rows[0]?.dataset ?? '']
      if (input === undefined) expect.unreachable('no series')
      const points = detectFarrington(input, { b: 4, w: 3 })
      for (const row of rows) {
        const point = points[Number(row.t) - 1]
        expectClose(point?.upperBound, row.upperbound, 1e-6)
        expect(point?.alarm).toBe(row.alarm === '1')
      }
    })

  for (const [name, rows] of byRun(goldenCusum, /^GLR/))
    it(name, () => {
      const law = rows[0]?.method === 'GLR_Poisson' ? 'poisson' : 'negative-binomial'
      const points = detectSeasonalCusum(
        shadar,
        undefined,
        { first: Number(rows[0]?.t) - 1, last: Number(rows.at(-1)?.t) - 1 },
        { law, harmonics: 1, trend: false, pointsPerYear: 52, refit: false },
      )
      expect(points).toHaveLength(rows.length)
      for (const [at, row] of rows.entries()) {
        expectClose(points[at]?.expected, row.mu0, 1e-6)
        expect(Math.abs((points[at]?.score ?? Number.NaN) - Number(row.upperbound))).toBeLessThanOrEqual(1e-6)
        expect(points[at]?.alarm).toBe(row.alarm === '1')
      }
    })

  if (isPresent)
    it('finds every run that the reference holds', () => {
      expect(golden).toHaveLength(2557)
      expect(byRun(golden, /./).length + byRun(goldenCusum, /./).length).toBe(runs)
    })
})
