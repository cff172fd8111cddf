import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isConnectionLost, openDatabase } from '@guankou/db/database.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Finished, runCli, startCli } from '../../tests-support/run-cli.ts'
import { demoCityTemplate } from '../../tests-support/test-server.ts'
import { createIdentitySealer, type IdentitySealer } from '../identity/identity-sealer.ts'
import { openKeyCustody } from '../identity/key-custody.ts'

const [server] = inject('databaseServers')
const days = 300
const msPerDay = 86_400_000
const firstMs = Date.UTC(2020, 0, 1)
const dayOf = (index: number): string => new Date(firstMs + index * msPerDay).toISOString().slice(0, 10)

describe('guankou keys and retention', () => {
  let folder: string
  let database: TestDatabase
  const sealed: Buffer[] = []
  const withSealer = async <T>(work: (sealer: IdentitySealer) => Promise<T>): Promise<T> => {
    const db = openDatabase({ url: database.url })
    try {
      const keys = await openKeyCustody({ keyFolder: join(folder, 'keys'), env: {} })
      return await work(createIdentitySealer(db, keys, () => firstMs))
    } finally {
      await db.close()
    }
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-retention-'))
    database = await createTestDatabase(server?.url ?? '', demoCityTemplate)
    await withSealer(async (sealer) => {
      for (let index = 0; index < days; index += 1)
        sealed.push(
          await sealer.sealText({ jurisdiction: 440402, day: dayOf(index) }, 'here', `text ${index}`),
        )
    })
  })
  afterAll(async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const args = (...own: string[]) => [...own, '--database-url', database.url, '--data-folder', folder]
  const run = (...own: string[]): Promise<Finished> => runCli(args(...own))
  /** One after the other, so that none gives up waiting for a connection: that would count as one that cannot be read. */
  const readable = (): Promise<number> =>
    withSealer(async (sealer) => {
      let opened = 0
      for (const [index, envelope] of sealed.entries()) {
        const text = await sealer
          .open({ jurisdiction: 440402, day: dayOf(index) }, 'here', envelope)
          .catch((error: unknown) => {
            if (isConnectionLost(error)) throw error
            return undefined
          })
        if (text === `text ${index}`) opened += 1
      }
      return opened
    })
  const query = async <Row>(sql: string): Promise<Row[]> => {
    const db = openDatabase({ url: database.url, maxConnections: 1 })
    const { rows } = await db.pool.query(sql)
    await db.close()
    return rows as Row[]
  }
  /** Ends a command as a power cut would, once it has said so much. */
  const killAt = async (pattern: RegExp, ...own: string[]): Promise<void> => {
    const cli = startCli(args(...own))
    await cli.until(pattern)
    cli.process.kill('SIGKILL')
    expect((await cli.finished).code).toBeNull()
  }

  it('re-wrap every key, killed in the middle and started again, and end the old generation', async () => {
    expect((await run('keys', 'rotate')).stdout).toContain('local:2')
    await killAt(/100 keys/, 'keys', 'rewrap')
    const byGeneration = await query<{ generation: string }>(
      'select distinct generation from identity_keys order by 1',
    )
    expect(byGeneration).toEqual([{ generation: 'local:1' }, { generation: 'local:2' }])
    expect(await readable()).toBe(days)
    const refused = await run('keys', 'retire', 'local:1')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('data keys need it')
    expect((await run('keys', 'rewrap')).code).toBe(0)
    expect((await run('keys', 'retire', 'local:1')).code).toBe(0)
    expect(await readdir(join(folder, 'keys'))).not.toContain('master.key')
    expect(await readable()).toBe(days)
    const status = JSON.parse((await run('keys', 'status', '--json')).stdout)
    expect(status).toMatchObject({
      current: 'local:2',
      generations: ['local:2'],
      wrappedBy: [{ generation: 'local:2', keys: days }],
      dayKeys: { live: days, destroyed: 0 },
      rootKey: 'local:2',
    })
  })

  it('destroy what is due, killed in the middle and started again, with one line for each day', async () => {
    const plan = JSON.parse((await run('retention', 'run', '--dry-run', '--json')).stdout)
    expect(plan.days).toHaveLength(days)
    expect(await readable()).toBe(days)
    await killAt(/ 80\/300 /, 'retention', 'run')
    const left = await readable()
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(days - 80)
    const done = await run('retention', 'run', '--by', 'A. Officer', '--json')
    expect(done.code).toBe(0)
    expect(JSON.parse(done.stdout).destroyed).toBeGreaterThanOrEqual(left)
    expect(await readable()).toBe(0)
    expect(
      (await readdir(join(folder, 'keys', 'days', '440402'))).filter((name) => name.endsWith('.key')),
    ).toEqual([])
    const certified = await query<{ days: number; open: number }>(
      'select count(*) as days, count(*) filter (where certificate_id is null) as open from retention_days',
    )
    expect(certified).toEqual([{ days, open: 0 }])
  })

  it('certify it in a file that anyone can check', async () => {
    const [line = ''] = (await run('retention', 'certificates')).stdout.split('\n')
    const [id = ''] = line.split(' ')
    const { stdout: file } = await run('retention', 'certificates', id)
    const { stdout: key } = await run('retention', 'certificates', '--public-key')
    const path = join(folder, 'certificate.json')
    await writeFile(path, file)
    const verify = (...own: string[]) => runCli(['retention', 'verify-certificate', path, ...own])
    const checked = await verify('--public-key', key.trim())
    expect(checked.code).toBe(0)
    expect(checked.stdout).toContain('A. Officer')
    expect(checked.stdout).toContain(`${days} 日 days`)
    expect((await verify('--public-key', Buffer.alloc(32).toString('base64'))).code).toBe(1)
    await writeFile(path, file.replace('A. Officer', 'B. Officer'))
    expect((await verify()).code).toBe(1)
    await writeFile(path, 'no certificate')
    expect((await verify()).code).toBe(2)
  })

  it('take decisions on how long is kept, one version after the other', async () => {
    const [response] = await query<{ id: string }>('select id from responses')
    const decide = (identity: string, health: string) =>
      run(
        'retention',
        'policy',
        response?.id ?? '',
        '--identity-days',
        identity,
        '--health-days',
        health,
        '--by',
        'A. Officer',
      )
    expect((await decide('14', '90')).stdout).toContain('Version 1')
    expect((await decide('21', '90')).stdout).toContain('Version 2')
    expect((await decide('91', '90')).code).toBe(2)
    expect((await run('retention', 'policy', 'none', '--by', 'A. Officer')).code).toBe(2)
  })
})
