import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@guankou/db/database.ts'
import { aScreening } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runCli } from '../../tests-support/run-cli.ts'
import { demoCityTemplate, startTestServer } from '../../tests-support/test-server.ts'

const [server] = inject('databaseServers')
const masterKey = Buffer.alloc(32, 7)
const keys = { GUANKOU_MASTER_KEY: masterKey.toString('base64') }

type Verified = { readonly findings: number; readonly found: readonly object[]; readonly links: number }

describe('guankou audit', () => {
  let folder: string
  let database: TestDatabase
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-audit-'))
    database = await createTestDatabase(server?.url ?? '', demoCityTemplate)
    const own = await startTestServer({
      databaseUrl: database.url,
      keySettings: { keyFolder: join(folder, 'keys'), env: keys },
    })
    const session = await own.signIn('service-account', 440400)
    for (let day = 0; day < 3; day += 1) {
      for (let serial = 0; serial < 4; serial += 1)
        await own.context.recorder.record(session.actor, aScreening({}, day * 10 + serial))
      own.clock.now += 86_400_000
    }
    await own.close()
  })
  afterAll(async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const run = (...args: string[]) =>
    runCli(['audit', ...args, '--database-url', database.url, '--data-folder', folder], keys)
  const change = async (sql: string): Promise<void> => {
    const db = openDatabase({ url: database.url, maxConnections: 1 })
    await db.pool.query(sql)
    await db.close()
  }

  it('signs past days, prints them, and proves the chain by them', async () => {
    const printed = await run('heads', '--from', '2020-02-10', '--to', '2020-02-12')
    expect(printed.code).toBe(0)
    const { publicKey, heads } = JSON.parse(printed.stdout) as {
      publicKey: string
      heads: { jurisdiction: number; day: string; publicKey: string }[]
    }
    const ofDistrict = heads.filter(({ jurisdiction }) => jurisdiction === 440402)
    expect(ofDistrict.map(({ day }) => day)).toEqual(['2020-02-10', '2020-02-11', '2020-02-12'])
    expect(new Set(heads.map((head) => head.publicKey))).toEqual(new Set([publicKey]))
    const file = join(folder, 'heads.json')
    await writeFile(file, printed.stdout)
    const [whole, day, json] = await Promise.all([
      run('verify', '--heads', file),
      run('verify', '--jurisdiction', '440402', '--from', '2020-02-11', '--to', '2020-02-11'),
      run('verify', '--json'),
    ])
    expect([whole.code, day.code, json.code]).toEqual([0, 0, 0])
    expect(whole.stdout).toContain('everything fits')
    expect(whole.stderr).toBe('')
    expect(JSON.parse(json.stdout)).toMatchObject({ findings: 0, found: [] } satisfies Partial<Verified>)
  })

  it('ends with 1 and the place where something does not fit', async () => {
    await change("update audit_entries set outcome = 'x' where jurisdiction = 440402 and seq = 3")
    const { code, stdout } = await run('verify')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^440402 link 3: an entry of this link was changed or moved · 条目被改动或调换$/m)
    expect((await run('verify', '--jurisdiction', '440400')).code).toBe(0)
  })

  it('does not believe heads of another key, and refuses what is no file of heads', async () => {
    const other = { GUANKOU_MASTER_KEY: Buffer.alloc(32, 8).toString('base64') }
    const args = ['audit', 'verify', '--database-url', database.url, '--data-folder', folder]
    const { code, stdout } = await runCli(args, other)
    expect(code).toBe(1)
    expect(stdout).toContain('signed with a key that is not ours')
    await writeFile(join(folder, 'no-heads.json'), '{"heads":[{"day":"2020-02-10"}]}')
    const refused = await Promise.all([
      run('verify', '--heads', join(folder, 'no-heads.json')),
      run('verify', '--heads', join(folder, 'nowhere.json')),
      run('verify', '--from', '2020-02-30'),
      run('verify', '--public-key', 'abc'),
    ])
    expect(refused.map((each) => each.code)).toEqual([2, 2, 2, 2])
  })
})
