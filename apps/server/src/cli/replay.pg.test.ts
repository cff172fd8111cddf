import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@guankou/db/database.ts'
import { migratedTemplate } from '@guankou/testkit/postgres/migrated-template.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Finished, runCli } from '../../tests-support/run-cli.ts'

/** Measured files stay outside the repository, by default in `shared/data` beside it. */
const reference =
  process.env.GUANKOU_REFERENCE_DATA ?? join(import.meta.dirname, '../../../../../shared/data')
const measuredFlows = join(reference, 'baidu-qianxi-2020/zhuhai_inflow_by_origin_daily.csv')
const measuredProfile = join(reference, 'kddcup2017-tollgates/volume_20min.csv')
const isPresent = existsSync(measuredFlows) && existsSync(measuredProfile)

const date = '2020-01-20'
/** Invented shares of a day. */
const shares = { 442000: 0.5, 440100: 0.2, 420100: 0.15, 430100: 0.1, 440300: 0.05 }

const flowsOf = (rows: readonly string[]): string => ['date,origin_code,flow_index', ...rows, ''].join('\n')
const goodFlows = flowsOf(Object.entries(shares).map(([code, share]) => `${date},${code},${share * 8}`))

const windows = Array.from({ length: 72 }, (_, slot) => {
  const clock = `${String(Math.floor(slot / 3)).padStart(2, '0')}:${String((slot % 3) * 20).padStart(2, '0')}`
  return `2020-01-01T${clock},1,entry,${10 + (slot % 7)}`
})
const profileOf = (rows: readonly string[]): string =>
  ['window_start,tollgate_id,direction,volume', ...rows, ''].join('\n')
const goodProfile = profileOf(windows)

type Report = {
  readonly recorded: number
  readonly duplicates: number
  readonly refused: object
  readonly comparison: { readonly isConsistent: boolean; readonly travellers: number }
}

const [server] = inject('databaseServers')

describe('guankou replay', () => {
  let database: TestDatabase
  let folder: string
  let flows: string
  let profile: string
  beforeAll(async () => {
    database = await createTestDatabase(server?.url ?? '', migratedTemplate)
    folder = await mkdtemp(join(tmpdir(), 'guankou-replay-'))
    flows = await write('flows.csv', goodFlows)
    profile = await write('profile.csv', goodProfile)
  })
  afterAll(async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    const file = join(folder, name)
    await writeFile(file, content)
    return file
  }
  const replay = (
    files: { flows?: string; profile?: string },
    more: readonly string[] = [],
  ): Promise<Finished> =>
    runCli([
      ...['replay', '--flows', files.flows ?? flows, '--profile', files.profile ?? profile],
      ...['--date', date, '--speed', 'max', '--json', '--vehicles', '600'],
      ...['--database-url', database.url, '--data-folder', folder, ...more],
    ])
  const reportOf = ({ stdout }: Finished): Report => JSON.parse(stdout) as Report
  const query = async <Row>(sql: string): Promise<Row[]> => {
    const db = openDatabase({ url: database.url, maxConnections: 1 })
    try {
      return (await db.pool.query(sql)).rows as Row[]
    } finally {
      await db.close()
    }
  }

  it('refuses bad files with row, column and reason, before it needs a database', async () => {
    const nowhere = ['--database-url', 'postgres://127.0.0.1:1/none']
    const bad = await write('bad.csv', flowsOf([`${date},442000,1`, `${date},440100,-0.1`]))
    const badProfile = await write(
      'bad-profile.csv',
      profileOf([...windows.slice(1), '2020-01-01T00:00,1,entry,-5']),
    )
    const [flow, shape, good] = await Promise.all([
      replay({ flows: bad }, nowhere),
      replay({ profile: badProfile }, nowhere),
      replay({}, nowhere),
    ])
    expect(flow).toMatchObject({ code: 2, stdout: '' })
    expect(flow.stderr).toMatch(/bad\.csv was refused[\s\S]*row 3, flow_index: /)
    expect(shape).toMatchObject({ code: 2, stdout: '' })
    expect(shape.stderr).toMatch(/bad-profile\.csv was refused[\s\S]*row 73, volume: /)
    expect(good.code).toBe(3)
    expect(good.stderr).toMatch(/^guankou: The database does not answer .*\n$/)
  })

  it('refuses a wrong date, speed, seed or number of vehicles as an option', async () => {
    const wrong = [
      ['--date', '2020-02-30'],
      ['--speed', '0'],
      ['--speed', 'fast'],
      ['--seed', '-1'],
      ['--vehicles', '0'],
      ['--direction', 'up'],
    ]
    for (const { code, stderr } of await Promise.all(wrong.map((more) => replay({}, more)))) {
      expect(code).toBe(2)
      expect(stderr).toMatch(/^error: option /)
    }
  })

  it('records a day whose origins are those of the file within sampling error, once', async () => {
    const first = await replay({})
    expect(first.stderr).toBe('')
    const { recorded, duplicates, refused, comparison } = reportOf(first)
    expect(recorded).toBeGreaterThan(400)
    expect({ duplicates, refused, isConsistent: comparison.isConsistent }).toEqual({
      duplicates: 0,
      refused: {},
      isConsistent: true,
    })
    expect(first.code).toBe(0)
    const rows = await query<{ code: number; travellers: number }>(
      `select origin_code as code, sum(travellers)::integer as travellers from rollup_origin_days where day = '${date}' group by 1`,
    )
    const total = rows.reduce((sum, { travellers }) => sum + travellers, 0)
    expect(total).toBe(comparison.travellers)
    expect(new Set(rows.map(({ code }) => String(code)))).toEqual(new Set(Object.keys(shares)))
    // A party shares one origin, so the spread is that of fewer, larger draws: the vehicles.
    for (const { code, travellers } of rows) {
      const share = shares[code as keyof typeof shares]
      expect(Math.abs(travellers / total - share)).toBeLessThan(
        6 * Math.sqrt((share * (1 - share)) / recorded),
      )
    }
    const again = reportOf(await replay({}))
    expect(again).toMatchObject({ recorded: 0, duplicates: recorded, comparison: { isConsistent: true } })
    expect(await query('select count(*) as n from screenings')).toEqual([{ n: recorded }])
  })

  it('ends with 1 where the shares of the day are not those of the file', async () => {
    await query(`insert into rollup_origin_days select 440402, '${date}', 650100, 5000, 0`)
    // The same seed and files again: all are duplicates, so the whole day is compared, with what was put in.
    const end = await replay({})
    expect(end.code).toBe(1)
    expect(reportOf(end).comparison.isConsistent).toBe(false)
  })

  const checks: readonly (readonly [string, () => Promise<void>])[] = [
    [
      'replays a measured day: its roll-ups have the shares of the file',
      async () => {
        const own = await createTestDatabase(server?.url ?? '', migratedTemplate)
        const end = await replay({ flows: measuredFlows, profile: measuredProfile }, [
          '--database-url',
          own.url,
          '--date',
          '2020-01-18',
          '--vehicles',
          '2500',
        ])
        await own.drop()
        expect(end.stderr).toBe('')
        expect(reportOf(end).comparison.isConsistent).toBe(true)
        expect(end.code).toBe(0)
      },
    ],
    [
      'refuses a day that the measured file does not have',
      async () => {
        const end = await replay({ flows: measuredFlows, profile: measuredProfile }, ['--date', '2021-01-18'])
        expect(end.code).toBe(2)
        expect(end.stderr).toMatch(/no row for .*2021-01-18.* the file runs from 2020-/)
      },
    ],
  ]
  if (isPresent) for (const [name, run] of checks) it(name, run)
  else
    it(`reference data not present, ${checks.length} checks skipped`, () => {
      expect(isPresent).toBe(false)
    })
})
