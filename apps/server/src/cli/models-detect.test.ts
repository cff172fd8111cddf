import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../../tests-support/run-cli.ts'

const data = process.env.GUANKOU_REFERENCE_DATA ?? join(import.meta.dirname, '../../../../../shared/data')
const reference = join(data, 'surveillance-reference')
const isPresent = existsSync(reference)
type Row = Readonly<Record<string, string>>

const parse = (text: string): Row[] => {
  const [header = '', ...lines] = text.trim().split(/\r?\n/)
  const columns = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}

const detect = (series: string, method: string, ...options: string[]) =>
  runCli(['models', 'detect', '--series', series, '--method', method, ...options])

let folder = ''
const file = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guankou-detect-'))
  const week = [2, 3, 1, 2, 4, 1, 1, 9]
  const days = week.map((count, day) => `2020-02-0${day + 1},${count}`).join('\n')
  await writeFile(file('days.csv'), `date,cases\n${days}\n`)
  await writeFile(file('days.csv.gz'), gzipSync(`date,cases\n${days}\n`))
  await writeFile(
    file('bad.csv'),
    'date,cases\n2020-02-01,2\n2020-02-02,two\n2020-02-03,-1\n2020-02-04,1.5\n',
  )
  await writeFile(file('twice.csv'), 'date,cases\n2020-02-01,2\n2020-02-01,3\n')
  await writeFile(file('unknown.csv'), 'when,how_many\n1,2\n')
  await writeFile(file('rates.csv'), `t,fevers,screened\n${'1,1,100\n2,2,110\n3,1,90\n4,2,105\n'}5,20,1000\n`)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('guankou models detect', () => {
  it('prints a row for each time point, with what cannot be said left empty', async () => {
    const { code, stdout, stderr } = await detect(file('days.csv'), 'ears-c1')
    expect([code, stderr]).toEqual([0, ''])
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toBe('t,observed,expected,upperbound,score,alarm')
    expect(lines[1]).toBe('2020-02-01,2,,,,0')
    expect(lines).toHaveLength(9)
    expect(lines[8]).toMatch(/^2020-02-08,9,2,5\.568\d+,6\.06\d+,1$/)
  })

  it('prints the same as JSON, and reads gzip', async () => {
    const { stdout } = await detect(file('days.csv.gz'), 'ears-c1', '--format', 'json')
    const rows = JSON.parse(stdout) as unknown[]
    expect(rows).toHaveLength(8)
    expect(rows[0]).toEqual({
      t: '2020-02-01',
      observed: 2,
      expected: null,
      upperbound: null,
      score: null,
      alarm: 0,
    })
    expect(rows[7]).toMatchObject({ expected: 2, alarm: 1 })
  })

  it('watches rates with a column of exposures', async () => {
    const options = ['--count-column', 'fevers', '--from', '5', '--s', '0']
    const counts = parse((await detect(file('rates.csv'), 'glr-poisson', ...options)).stdout)
    const rates = parse(
      (await detect(file('rates.csv'), 'glr-poisson', ...options, '--population-column', 'screened')).stdout,
    )
    expect(counts[0]).toMatchObject({ t: '5', observed: '20', alarm: '1' })
    expect(rates[0]).toMatchObject({ t: '5', observed: '20', alarm: '0' })
    expect(Number(rates[0]?.expected)).toBeCloseTo((1_000 * 6) / 405, 9)
  })

  it.each([
    [['bad.csv', 'ears-c1'], /row 3, cases: [\s\S]*row 4, cases: [\s\S]*row 5, cases: /],
    [['twice.csv', 'ears-c1'], /row 3, date: .*twice/],
    [['unknown.csv', 'ears-c1'], /row 1: no column is called .*when, how_many.*--time-column/],
    [['days.csv', 'ears-c1', '--count-column', 'fevers'], /no column fevers; found date, cases/],
    [['missing.csv', 'ears-c1'], /missing\.csv was refused[\s\S]*ENOENT/],
    [['days.csv', 'ears-c1', '--theta', '1'], /ears-c1 does not know --theta/],
    [['days.csv', 'ears-c1', '--from', '2021-01-01'], /--from 2021-01-01 is not a time of the series/],
    [['days.csv', 'glr-nb'], /give --from/],
    [['days.csv', 'ears-c1', '--alpha', 'x'], /give a number from/],
    [['days.csv', 'ears-c1', '--alpha', '2'], /was refused[\s\S]*not defined/],
    [['days.csv', 'nonsense'], /Allowed choices are/],
  ])('refuses %j with file, row and column', async ([name = '', method = '', ...options], pattern) => {
    const { code, stdout, stderr } = await detect(file(name), method, ...options)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(pattern)
  })
})

const close = (actual: string | undefined, expected: string | undefined, tolerance: number): boolean =>
  actual === expected ||
  (actual !== '' &&
    expected !== '' &&
    Math.abs(Number(actual) - Number(expected)) <= tolerance * Math.max(1, Math.abs(Number(expected))))

/** Each of them starts the command line several times over. */
const patience = 180_000

describe('the reference series on the command line', { timeout: patience }, () => {
  if (!isPresent) {
    it('reference data not present, 4 checks skipped', () => {
      expect(existsSync(data)).toBe(false)
    })
    return
  }

  const read = (name: string): Row[] => parse(readFileSync(join(reference, name), 'utf8'))
  const golden = read('expected_ears_farrington.csv')

  const compare = async (
    series: string,
    args: readonly string[],
    rows: readonly Row[],
    columns: Readonly<Record<string, string>>,
    tolerance: number,
  ): Promise<void> => {
    const [method = '', ...options] = args
    const { code, stdout } = await detect(join(reference, series), method, ...options)
    expect(code).toBe(0)
    const byTime = new Map(parse(stdout).map((row) => [row.t, row]))
    expect(rows.length).toBeGreaterThan(30)
    const wrong = rows.filter((row) => {
      const own = byTime.get(row.t)
      return Object.entries(columns).some(([ours, theirs]) => !close(own?.[ours], row[theirs], tolerance))
    })
    expect(wrong).toEqual([])
  }

  const rowsOf = (dataset: string, method: string, params: RegExp): Row[] =>
    golden.filter((row) => row.dataset === dataset && row.method === method && params.test(row.params ?? ''))

  const newport = 'series_salmNewport_weekly_DE.csv'
  const agona = 'series_salmonella_agona_weekly_UK.csv'
  const all = { observed: 'observed', upperbound: 'upperbound', alarm: 'alarm' }

  it('agrees with EARS of R', async () => {
    for (const [method, name] of [
      ['ears-c1', 'EARS_C1'],
      ['ears-c2', 'EARS_C2'],
      ['ears-c3-rpkg', 'EARS_C3'],
    ] as const) {
      const rows = (params: RegExp) => rowsOf('salmNewport', name, params)
      await compare(newport, [method], rows(/minSigma=0;alpha=default/), all, 1e-9)
      await compare(newport, [method, '--alpha', '0.05'], rows(/alpha=0\.05/), all, 1e-9)
      await compare(newport, [method, '--min-sigma', '0.5'], rows(/minSigma=0\.5/), all, 1e-9)
    }
  })

  it('agrees with Farrington of R', async () => {
    const improved = ['--no-periods', '10', '--past-weeks-not-included', '26', '--p-threshold-trend', '1']
    const original = ['--weights-threshold', '1']
    for (const threshold of ['delta', 'nbPlugin', 'muan'])
      for (const [options, periods] of [
        [improved, 'noPeriods=10'],
        [original, 'noPeriods=1;'],
      ] as const)
        for (const [dataset, series] of [
          ['salmNewport', newport],
          ['salmonella.agona', agona],
        ] as const)
          await compare(
            series,
            ['farrington-flexible', '--b', '4', '--threshold-method', threshold, ...options],
            rowsOf(dataset, 'farringtonFlexible', new RegExp(`${periods}.*threshold=${threshold}$`)),
            { ...all, expected: 'expected', score: 'score' },
            1e-6,
          )
    await compare(
      agona,
      ['farrington', '--b', '4'],
      rowsOf('salmonella.agona', 'farrington1996', /./),
      all,
      1e-6,
    )
  })

  it('agrees with the likelihood ratios of R, without any option', async () => {
    const series = 'series_shadar_weekly_DE.csv'
    const columns = {
      observed: 'observed',
      upperbound: 'upperbound',
      score: 'upperbound',
      alarm: 'alarm',
      expected: 'mu0',
    }
    for (const [method, name] of [
      ['glr-poisson', 'GLR_Poisson'],
      ['glr-nb', 'GLR_NegBin'],
    ] as const) {
      const rows = read('expected_glr_shadar.csv').filter((row) => row.method === name)
      await compare(series, [method], rows, columns, 1e-6)
    }
  })

  it('agrees on the daily cases of Zhuhai', async () => {
    const name = 'expected_ears_zhuhai_daily_new_cases.csv'
    const expected = read(name)
    for (const [method, column] of [
      ['ears-c1', 'C1'],
      ['ears-c2', 'C2'],
      ['ears-c3-rpkg', 'C3'],
    ] as const) {
      const { stdout } = await detect(join(reference, name), method, '--min-sigma', '0.5')
      const own = parse(stdout)
      const decided = expected.filter((row) => row[`${column}_upper`] !== '')
      expect(decided.length).toBeGreaterThan(80)
      const wrong = decided.filter((row) => {
        const point = own.find((one) => one.t === row.date)
        return (
          point?.alarm !== row[`${column}_alarm`] || !close(point?.upperbound, row[`${column}_upper`], 1e-9)
        )
      })
      expect(wrong).toEqual([])
    }
  })
})
