import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runCli } from '../../tests-support/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'guankou-allocate-'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, ...lines: string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const epochs = Array.from({ length: 6 }, (_, at) => at + 1)
const rates = { AA: 0.002, BB: 0.01, CC: 0.05 }

/** Two entries, three origins, counts doubled as in the public file. */
const replayLines = [
  'epoch,date_start,date_end,point_entry,origin_iso2,sched_arrivals_x2,tests_alloc_x2,tests_performed_x2,positives_x2',
  ...epochs.flatMap((epoch) =>
    ['Entry_1', 'Entry_2'].flatMap((entry) =>
      Object.entries(rates).map(
        ([origin, rate]) =>
          `${epoch},2020-08-0${epoch},2020-08-0${epoch},${entry},${origin},2000,300,240,${2 * Math.round(120 * rate)}`,
      ),
    ),
  ),
]

const replayFile = write('replay.csv', ...replayLines)

type Replayed = {
  policy: string
  seeds: number
  epochs: number
  expectedPositives: Record<'policy' | 'random' | 'oracle' | 'actual', number>
  shareOfOracleGain: { mean: number; low95: number; high95: number }
}

const replayed = async (...options: string[]): Promise<Replayed> => {
  const { code, stdout, stderr } = await runCli(['models', 'allocate-replay', ...options])
  expect([code, stderr.includes('refused')]).toEqual([0, false])
  return JSON.parse(stdout) as Replayed
}

describe('guankou models allocate-replay', () => {
  it('prints one object with exactly the agreed keys, the same for the same seed', async () => {
    const options = ['--data', replayFile, '--seed', '3', '--seeds', '4']
    const [one, again] = await Promise.all([replayed(...options), replayed(...options)])
    expect(again).toEqual(one)
    expect(Object.keys(one)).toEqual(['policy', 'seeds', 'epochs', 'expectedPositives', 'shareOfOracleGain'])
    expect(Object.keys(one.expectedPositives)).toEqual(['policy', 'random', 'oracle', 'actual'])
    expect(Object.keys(one.shareOfOracleGain)).toEqual(['mean', 'low95', 'high95'])
    expect([one.policy, one.seeds, one.epochs]).toEqual(['pooled', 4, 6])
    expect(one.expectedPositives.oracle).toBeGreaterThan(one.expectedPositives.policy)
    expect(one.expectedPositives.policy).toBeGreaterThan(one.expectedPositives.random)
  })

  it('replays only the epochs and entries that it is asked for', async () => {
    const { epochs: count, expectedPositives } = await replayed(
      '--data',
      replayFile,
      ...['--seeds', '2', '--epochs', '3-4', '--entries', 'Entry_2', '--policy', 'uniform'],
    )
    expect(count).toBe(2)
    const all = await replayed('--data', replayFile, '--seeds', '2', '--policy', 'uniform')
    expect(expectedPositives.random / all.expectedPositives.random).toBeCloseTo(1 / 6, 1)
  })

  it('refuses an odd count in a doubled column with row and column, and epochs that are not there', async () => {
    const [header = '', first = '', ...rest] = replayLines
    const odd = write('odd.csv', header, first.replace(',240,', ',241,'), ...rest)
    const refused = await runCli(['models', 'allocate-replay', '--data', odd])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain(`${odd} was refused`)
    expect(refused.stderr).toContain('row 2, tests_performed_x2: 241 is odd')
    const none = await runCli(['models', 'allocate-replay', '--data', replayFile, '--epochs', '40-44'])
    expect(none).toMatchObject({ code: 2, stdout: '' })
  })

  const real = join(
    process.env.GUANKOU_REFERENCE_DATA ?? join(import.meta.dirname, '../../../../../shared/data'),
    'eva-greece-2020/eva_public_by_epoch_port_origin.csv',
  )

  if (existsSync(real))
    it('finds more of what can be found than Eva did and than types that stand alone, on the real arrivals', async () => {
      const of = (...options: string[]) =>
        replayed('--data', real, '--seed', '500', '--seeds', '12', ...options)
      const [pooled, unaided, gittins] = await Promise.all([
        of(),
        of('--no-metrics'),
        of('--policy', 'gittins'),
      ])
      const { random, oracle, actual } = pooled.expectedPositives
      const actualShare = (actual - random) / (oracle - random)
      expect(actualShare).toBeGreaterThan(0.3)
      expect(actualShare).toBeLessThan(0.55)
      expect(pooled.shareOfOracleGain.mean).toBeGreaterThan(0.66)
      expect(unaided.shareOfOracleGain.mean).toBeGreaterThan(0.6)
      expect(pooled.shareOfOracleGain.mean).toBeGreaterThan(gittins.shareOfOracleGain.high95)
      expect(gittins.shareOfOracleGain.mean).toBeGreaterThan(actualShare)
    })
  else
    it('reference data not present, 1 check skipped', () => {
      expect(existsSync(real)).toBe(false)
      console.log('reference data not present, 1 check skipped')
    })
})

const arrivals = write(
  'arrivals.csv',
  'post,origin_code,arrivals',
  'P1,420100,40',
  'P1,440100,500',
  'P2,440100,9',
)
const results = write(
  'results.csv',
  'date,origin_code,tests,positives,pending',
  '2020-01-20,420100,100,6,',
  '2020-01-20,440100,400,0,',
  '2020-01-21,440100,0,0,60',
)
const budgets = write('budgets.csv', 'post,tests,no_show_share', 'P1,50,', 'P2,20,0.1')
const files = ['--arrivals', arrivals, '--results', results, '--budgets', budgets]

describe('guankou models allocate', () => {
  it('gives each post its tests with a reason for each origin', async () => {
    const { code, stdout } = await runCli([
      'models',
      'allocate',
      ...files,
      '--floor',
      '0.1',
      '--format',
      'json',
    ])
    expect(code).toBe(0)
    const rows = JSON.parse(stdout) as Record<string, string | number>[]
    expect(rows.map(({ post, origin_code, tests, reason }) => [post, origin_code, tests, reason])).toEqual([
      ['P1', '420100', 40, 'high-prevalence'],
      ['P1', '440100', 10, 'best-here'],
      ['P2', '440100', 9, 'everyone'],
    ])
    for (const row of rows) {
      expect(row.date).toBe('2020-01-22')
      expect(row.posterior_mean).toBeGreaterThan(Number(row.low90))
      expect(row.posterior_mean).toBeLessThan(Number(row.high90))
    }
  })

  it('refuses results that are not from before the day, and more positives than tests', async () => {
    const late = await runCli(['models', 'allocate', ...files, '--date', '2020-01-21'])
    expect(late).toMatchObject({ code: 2, stdout: '' })
    const wrong = write('wrong.csv', 'date,origin_code,tests,positives', '2020-01-20,420100,3,4')
    const refused = await runCli([
      ...['models', 'allocate', '--arrivals', arrivals, '--results', wrong, '--budgets', budgets],
    ])
    expect(refused.stderr).toContain('row 2, positives: more positives than tests')
  })
})

describe('guankou models fairness and yield', () => {
  it('warns of a rule without evidence', async () => {
    const file = write('f.csv', 'origin_code,screened,findings,singled_out', 'A,9000,9,0', 'B,4000,3,1')
    const { stdout } = await runCli(['models', 'fairness', '--screenings', file])
    expect(stdout.split('\n')[2]).toMatch(/^B,4000,3,0\.00075,.*,no-evidence,1$/)
  })

  it('says when a post costs more than it finds', async () => {
    const file = write('y.csv', 'post,method,screened,findings,officer_minutes', 'A,forehead,90000,3,30000')
    const { stdout } = await runCli(['models', 'yield', '--screenings', file, '--worth-minutes', '2000'])
    expect(stdout).toMatch(/^A,forehead,90000,3,30000,.*,costs-more$/m)
  })
})
