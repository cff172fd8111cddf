import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../../tests-support/run-cli.ts'

let folder = ''
const file = (name: string): string => join(folder, name)

const forecast = (series: string, horizon: string, ...options: string[]) =>
  runCli(['models', 'forecast', '--series', file(series), '--horizon', horizon, ...options])

const dayMs = 86_400_000
const minuteMs = 60_000
const firstMs = Date.parse('2020-01-06T00:00:00Z')
const timeAt = (ms: number): string => new Date(ms).toISOString().slice(0, 16)

/** Three weeks of hours with a morning and an evening peak, the last week at a third. */
const hours = Array.from({ length: 21 * 24 }, (_, at) => {
  const level = at >= 14 * 24 ? 100 : 300
  const peak = Math.exp(-(((at % 24) - 9) ** 2) / 8) + Math.exp(-(((at % 24) - 18) ** 2) / 8)
  return { time: timeAt(firstMs + at * 60 * minuteMs), value: Math.round(level * (0.1 + peak)) + (at % 3) }
})

const longRows = hours.map(({ time, value }) => `Hengqin,${time},${value}`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guankou-forecast-'))
  const header = 'series,window_start,value'
  await writeFile(file('hours.csv'), `${header}\n${longRows.join('\n')}\n`)
  await writeFile(file('known.csv'), `${header}\n${longRows.slice(0, 15 * 24).join('\n')}\n`)
  await writeFile(file('known.csv.gz'), gzipSync(`${header}\n${longRows.slice(0, 15 * 24).join('\n')}\n`))
  await writeFile(
    file('bad.csv'),
    `${header}\nA,2020-01-06T00:00,5\nA,2020-01-06T01:00,many\nA,6 January,3\nA,2020-01-06T00:00,-1\n`,
  )
  await writeFile(file('unknown.csv'), 'when,how_many\n1,2\n')
  await writeFile(file('one.csv'), `${header}\nA,2020-01-06T00:00,5\n`)
  const amounts = Array.from({ length: 10 }, (_, at) => `Zhuhai,2020-01-${10 + at},${1.7 + 0.1 * (at % 2)}`)
  await writeFile(file('amounts.csv'), `${header}\n${amounts.join('\n')}\n`)
  const tolls = hours.map(({ time, value }) => `${time.replace(' ', 'T')},1,entry,${value},phase1_training`)
  await writeFile(file('kdd.csv'), `window_start,tollgate_id,direction,volume,source\n${tolls.join('\n')}\n`)
  const lanes = hours.map(
    ({ time, value }) => `${time.slice(0, 10)},${Number(time.slice(11, 13))},SEA,SEA North,${value}`,
  )
  await writeFile(file('tsa.csv'), `date,hour,airport,checkpoint,passengers\n${lanes.join('\n')}\n`)
  const days = Array.from(
    { length: 12 },
    (_, at) => `${timeAt(firstMs + at * dayMs).slice(0, 10)},Bridge,1,2,3,${900 + at},1,2,3,${500 + at}`,
  )
  await writeFile(
    file('hk.csv'),
    `date,control_point,arrive_resident,arrive_mainland,arrive_others,arrive_total,departure_resident,departure_mainland,departure_others,departure_total\n${days.join('\n')}\n`,
  )
  await writeFile(
    file('events.csv'),
    'series,kind,start,end,effect\nHengqin,closure,2020-01-27T06:00,2020-01-27T08:00,\n*,restriction,2020-01-27T12:00,2020-01-27,0.5\n',
  )
  await writeFile(file('bad-events.csv'), 'series,kind,start,end,effect\nA,party,2020-01-27,2020-01-26,-2\n')
  await writeFile(
    file('holidays.csv'),
    'date,kind,name,ordinal\n2020-01-27,holiday,Spring Festival,4\n2020-01-28,holiday,Spring Festival,5\n',
  )
})

afterAll(() => rm(folder, { recursive: true, force: true }))

type Row = Readonly<Record<string, string>>

const rowsOf = (csv: string): Row[] => {
  const [header = '', ...lines] = csv.trim().split('\n')
  const columns = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}

describe('guankou models forecast', () => {
  it('prints a row for each series and window, from the end of the series on', async () => {
    const { code, stdout, stderr } = await forecast('hours.csv', '24')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.split('\n')[0]).toBe('series,window_start,mean,q05,q50,q95')
    const rows = rowsOf(stdout)
    expect(rows).toHaveLength(24)
    expect(rows[0]).toMatchObject({ series: 'Hengqin', window_start: '2020-01-27T00:00' })
    expect(rows[23]).toMatchObject({ window_start: '2020-01-27T23:00' })
    const nine = rows[9]
    expect(Number(nine?.mean)).toBeGreaterThan(85)
    expect(Number(nine?.mean)).toBeLessThan(140)
    expect(Number(nine?.q05)).toBeLessThan(Number(nine?.q50))
    expect(Number(nine?.q50)).toBeLessThan(Number(nine?.q95))
  })

  it('uses nothing later than --as-of', async () => {
    const options = ['12h', '--as-of', '2020-01-21T00:00'] as const
    const later = await forecast('hours.csv', ...options)
    const known = await forecast('known.csv', ...options)
    expect(rowsOf(later.stdout)).toHaveLength(12)
    expect(later.stdout).toBe(known.stdout)
    expect((await forecast('known.csv.gz', '12')).stdout).toBe(known.stdout)
  })

  it('leaves a window out that is not over at --as-of', async () => {
    const { stdout } = await forecast('hours.csv', '1', '--as-of', '2020-01-21T00:59')
    expect(rowsOf(stdout)).toHaveLength(1)
    expect(stdout).toBe((await forecast('known.csv', '1')).stdout)
  })

  it('prints JSON with the same keys', async () => {
    const { stdout } = await forecast('hours.csv', '120min', '--format', 'json')
    const rows = JSON.parse(stdout) as Record<string, unknown>[]
    expect(rows).toHaveLength(2)
    expect(Object.keys(rows[0] ?? {})).toEqual(['series', 'window_start', 'mean', 'q05', 'q50', 'q95'])
  })

  it.each([
    ['kdd.csv', '1-entry', '2020-01-27T00:00'],
    ['tsa.csv', 'SEA North', '2020-01-27T00:00'],
    ['hk.csv', 'Bridge arrive', '2020-01-18'],
  ])('reads the columns of %s', async (name, series, start) => {
    const { code, stdout } = await forecast(name, '1', '--as-of', start)
    expect(code).toBe(0)
    expect(rowsOf(stdout)[0]).toMatchObject({ series, window_start: start })
  })

  it('takes values that are not whole as amounts, and writes days as days', async () => {
    const [row] = rowsOf((await forecast('amounts.csv', '1')).stdout)
    expect(row).toMatchObject({ series: 'Zhuhai', window_start: '2020-01-20' })
    expect(Math.abs(Number(row?.q50) - 1.75)).toBeLessThan(0.15)
  })

  it('knows closures, restrictions and holidays', async () => {
    const plain = rowsOf((await forecast('hours.csv', '24')).stdout)
    const told = rowsOf((await forecast('hours.csv', '24', '--events', file('events.csv'))).stdout)
    expect(told[6]).toMatchObject({ mean: '0', q05: '0', q50: '0', q95: '0' })
    expect(told[5]).toEqual(plain[5])
    expect(Number(told[9]?.mean) / Number(plain[9]?.mean)).toBeGreaterThan(0.9)
    expect(Number(told[18]?.q50) / Number(plain[18]?.q50)).toBeCloseTo(0.5, 1)
    const festive = await forecast('hours.csv', '24', '--holidays', file('holidays.csv'))
    expect(festive.code).toBe(0)
    expect(festive.stdout).not.toBe((await forecast('hours.csv', '24')).stdout)
  })

  it('refuses bad rows with file, row and column', async () => {
    const { code, stdout, stderr } = await forecast('bad.csv', '1')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('bad.csv was refused')
    expect(stderr).toContain('row 3, value: “many” is not a number here')
    expect(stderr).toContain('row 4, window_start: “6 January” is not a time')
    expect(stderr).toContain('row 5, window_start: A has this window twice')
    expect(stderr).toContain('row 5, value')
  })

  it.each([
    ['an unknown header', ['unknown.csv', '1'], 'the column is missing'],
    ['one window alone', ['one.csv', '1'], 'give --window'],
    [
      'a window that does not fit',
      ['hours.csv', '1', '--window', '120'],
      'row 3, window_start: no window of 120',
    ],
    ['a time before the series', ['hours.csv', '1', '--as-of', '2019-01-01'], 'no window is before it'],
    ['a horizon of nothing', ['hours.csv', 'soon'], 'give a number of windows'],
  ] as const)('refuses %s', async (_, [name, horizon, ...options], reason) => {
    const { code, stderr } = await forecast(name, horizon, ...options)
    expect(code).toBe(2)
    expect(stderr).toContain(reason)
  })

  it('refuses bad events with row and column', async () => {
    const { code, stderr } = await forecast('hours.csv', '1', '--events', file('bad-events.csv'))
    expect(code).toBe(2)
    expect(stderr).toContain('row 2, kind: “party” is none of closure, opening, restriction')
    expect(stderr).toContain('row 2, end: the end is not after the start')
    expect(stderr).toContain('row 2, effect')
  })
})
