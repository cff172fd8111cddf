import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../../tests-support/run-cli.ts'

let folder = ''
const file = (name: string): string => join(folder, name)

const dayMs = 86_400_000
const dateAt = (n: number): string =>
  new Date(Date.parse('2020-01-01T00:00:00Z') + n * dayMs).toISOString().slice(0, 10)
const days = Array.from({ length: 35 }, (_, at) => at)

/** From Wuhan, Guangzhou and Zhongshan to Zhuhai and Changsha. */
const flows = days.flatMap((day) =>
  [
    ['420100', '440400', 0.02],
    ['440100', '440400', 0.9],
    ['442000', '440400', 2.4],
    ['420100', '430100', 0.8],
  ].map(([origin, destination, value]) => [dateAt(day), origin, destination, value]),
)
const cases = days.flatMap((day) => [
  [dateAt(day), '420100', Math.round(4 * 2 ** (day / 5))],
  [dateAt(day), '440100', Math.max(0, day - 18)],
  [dateAt(day), '430100', Math.max(0, day - 20)],
])
const declared = days
  .filter((day) => day > 12 && day < 27)
  .flatMap((day) => [
    [dateAt(day), '440100', '420100', 12],
    [dateAt(day), '440100', '', 88],
  ])

const csv = (header: string, rows: readonly (readonly unknown[])[]): string =>
  `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guankou-origin-'))
  const flowHeader = 'date,origin_code,destination_code,flow_index'
  await writeFile(file('flows.csv'), csv(flowHeader, flows))
  await writeFile(file('flows.csv.gz'), gzipSync(csv(flowHeader, flows)))
  await writeFile(
    file('known.csv'),
    csv(
      flowHeader,
      flows.filter(([date]) => String(date) <= '2020-01-26'),
    ),
  )
  await writeFile(
    file('to-zhuhai.csv'),
    csv(
      'date,origin_code,flow_index',
      flows.filter(([, , to]) => to === '440400').map(([date, origin, , value]) => [date, origin, value]),
    ),
  )
  await writeFile(file('cases.csv'), csv('date,city_code,confirmed_cum', cases))
  await writeFile(file('declared.csv'), csv('date,origin_code,declared_code,count', declared))
  await writeFile(file('bad-flows.csv'), `${flowHeader}\n2020-01-02,440100,440400,many\n`)
  await writeFile(
    file('bad-cases.csv'),
    'date,city_code,confirmed_cum\n2020-01-02,440100,3\n2020-02-30,440100,4\n',
  )
  await writeFile(file('strange.csv'), 'a,b\n1,2\n')
  await writeFile(
    file('bad-declared.csv'),
    'date,origin_code,declared_code,count\n2020-01-02,440100,999999,3\n',
  )
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const risk = (flowFile: string, ...options: string[]) =>
  runCli([
    ...['models', 'origin-risk', '--flows', file(flowFile), '--cases', file('cases.csv')],
    ...['--as-of', '2020-01-26', '--destination', '440400', ...options],
  ])

type Row = Readonly<Record<string, string>>

const rowsOf = (text: string): Row[] => {
  const [header = '', ...lines] = text.trim().split('\n')
  const columns = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}

const sumOf = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + Number(row.expected), 0)

describe('guankou models origin-risk', () => {
  it('gives a row a day and origin, and one an origin with --summary, that agree', async () => {
    const daily = await risk('flows.csv', '--format', 'csv')
    expect([daily.code, daily.stdout.split('\n')[0]]).toEqual([
      0,
      'date,origin_code,expected,low50,high50,low90,high90,p_at_least_one',
    ])
    const rows = rowsOf(daily.stdout)
    expect(rows).toHaveLength(14 * 3)
    expect([rows[0]?.date, rows.at(-1)?.date]).toEqual(['2020-01-27', '2020-02-09'])
    const summary = rowsOf((await risk('flows.csv', '--format', 'csv', '--summary')).stdout)
    expect(summary.map((row) => row.origin_code).toSorted()).toEqual(['420100', '440100', '442000'])
    expect(sumOf(summary)).toBeCloseTo(sumOf(rows), 6)
    for (const { low90, low50, high50, high90, p_at_least_one } of summary) {
      const bounds = [low90, low50, high50, high90].map(Number)
      expect(bounds).toEqual(bounds.toSorted((a, b) => a - b))
      expect(Number(p_at_least_one)).toBeGreaterThanOrEqual(0)
      expect(Number(p_at_least_one)).toBeLessThanOrEqual(1)
    }
  })

  it('gives the same as JSON, from a packed file, and where the destination is only told', async () => {
    const plain = await risk('flows.csv', '--format', 'json')
    expect(Object.keys((JSON.parse(plain.stdout) as object[])[0] ?? {})).toEqual([
      ...['date', 'origin_code', 'expected', 'low50', 'high50', 'low90', 'high90', 'p_at_least_one'],
    ])
    expect((await risk('flows.csv.gz', '--format', 'json')).stdout).toBe(plain.stdout)
    expect((await risk('to-zhuhai.csv', '--format', 'csv')).code).toBe(0)
  })

  it('reads nothing that is dated after the day', async () => {
    const [whole, known] = [await risk('flows.csv'), await risk('known.csv')]
    expect(whole.stdout).toBe(known.stdout)
  })

  it('adds up destinations, and names them', async () => {
    const all = await runCli([
      ...['models', 'origin-risk', '--flows', file('flows.csv'), '--cases', file('cases.csv')],
      ...['--as-of', '2020-01-26', '--by', 'destination', '--summary', '--format', 'csv'],
    ])
    expect(all.stdout.split('\n')[0]).toBe(
      'date,destination_code,expected,low50,high50,low90,high90,p_at_least_one',
    )
    const zhuhai = rowsOf(all.stdout).filter(({ destination_code }) => destination_code === '440400')
    const byOrigin = rowsOf((await risk('flows.csv', '--summary', '--format', 'csv')).stdout)
    expect(sumOf(zhuhai)).toBeCloseTo(sumOf(byOrigin), 6)
  })

  it('finds by declarations those who came by way of Guangzhou', async () => {
    const wuhanOf = async (...options: string[]) =>
      sumOf(
        rowsOf((await risk('flows.csv', '--summary', '--format', 'csv', ...options)).stdout).filter(
          ({ origin_code }) => origin_code === '420100',
        ),
      )
    expect(await wuhanOf('--declared', file('declared.csv'))).toBeGreaterThan(3 * (await wuhanOf()))
  })

  it.each([
    [
      'a number that is none, with file, row and column',
      ['--flows', 'bad-flows.csv'],
      /bad-flows\.csv.*2.*flow_index/,
    ],
    ['a day that there is not', ['--cases', 'bad-cases.csv'], /bad-cases\.csv.*3.*date/],
    ['columns of something else', ['--flows', 'strange.csv'], /strange\.csv.*origin_code/],
    ['a place that is none', ['--declared', 'bad-declared.csv'], /bad-declared\.csv.*2.*declared_code/],
  ])('refuses %s', async (_, [option = '', name = ''], message) => {
    const bad = await runCli([
      ...['models', 'origin-risk', '--as-of', '2020-01-26', '--destination', '440400'],
      ...['--flows', file(option === '--flows' ? name : 'flows.csv')],
      ...['--cases', file(option === '--cases' ? name : 'cases.csv')],
      ...(option === '--declared' ? ['--declared', file(name)] : []),
    ])
    expect(bad.code).not.toBe(0)
    expect(bad.stdout).toBe('')
    expect(bad.stderr.replaceAll('\n', ' ')).toMatch(message)
  })

  it('says that no flow to a place is known', async () => {
    const none = await risk('flows.csv', '--destination', '110000')
    expect([none.code === 0, none.stderr]).toEqual([false, expect.stringContaining('110000')])
  })
})
